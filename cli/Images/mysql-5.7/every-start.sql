SET SESSION sql_log_bin = 0;
-- super_read_only binds SUPER too, but MariaDB's read_only lets READ ONLY ADMIN (bit 33 of the known 0 to 38) through, and ALL PRIVILEGES
-- includes it. So on a read-only server nobody with SUPER (bit 15) keeps it; on any other they have it, or they could not grant ALL PRIVILEGES.
SET @known = (1 << 39) - 1;
UPDATE mysql.global_priv SET Priv = JSON_SET(Priv, '$.access', JSON_VALUE(Priv, '$.access') & @known & ~(1 << 33), '$.version_id', 101100) WHERE @@GLOBAL.read_only AND JSON_VALUE(Priv, '$.access') & (1 << 15) AND JSON_VALUE(Priv, '$.access') & (1 << 33);
UPDATE mysql.global_priv SET Priv = JSON_SET(Priv, '$.access', JSON_VALUE(Priv, '$.access') & @known | (1 << 33), '$.version_id', 101100) WHERE NOT @@GLOBAL.read_only AND JSON_VALUE(Priv, '$.access') & (1 << 15) AND NOT JSON_VALUE(Priv, '$.access') & (1 << 33);
FLUSH LOCAL PRIVILEGES;

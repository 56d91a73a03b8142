# shellcheck shell=bash
# Sourced after lib.sh: scheduled events. They run on the primary alone, as replicas have no scheduler. On a replica every event that came by replication is
# disabled, so that nothing there tells which ones a person had disabled on the primary; therefore the primary notes those that do not run on it, whatever
# their word for it, where replication carries it.

DISABLED_EVENTS='CREATE TABLE IF NOT EXISTS mysql.disabled_events (database_name VARCHAR(64) NOT NULL, name VARCHAR(64) NOT NULL, PRIMARY KEY (database_name, name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;'
NOT_RUNNING="EVENT_SCHEMA, EVENT_NAME FROM information_schema.EVENTS WHERE STATUS <> 'ENABLED';"
DISABLED_BY_REPLICATION="FROM information_schema.EVENTS e WHERE STATUS NOT IN ('ENABLED', 'DISABLED')"

# note_disabled_events: on the primary. Written only where something differs, so that the binary log holds no noise.
note_disabled_events() {
    local disabled noted
    disabled=$(admin <<<"SELECT $NOT_RUNNING") || return 1
    noted=$(admin <<<'SELECT database_name, name FROM mysql.disabled_events;' 2>/dev/null) || noted=""
    [[ $(LC_ALL=C sort <<<"$disabled") != "$(LC_ALL=C sort <<<"$noted")" ]] || return 0
    admin <<SQL
$DISABLED_EVENTS
START TRANSACTION;
DELETE FROM mysql.disabled_events;
INSERT INTO mysql.disabled_events SELECT $NOT_RUNNING
COMMIT;
SQL
    disabled=${disabled//$'\t'/.}
    log "noted which scheduled events do not run here: ${disabled//$'\n'/, }"
}

# enabling_statements: for each event that replication disabled; what a person had disabled becomes that again. ALTER EVENT would make its caller the
# definer, and take over the caller's modes, time zone and character sets.
enabling_statements() {
    scratch_client --batch --raw --skip-column-names <<SQL
SELECT CONCAT('SET SESSION sql_log_bin = 0, sql_mode = ', QUOTE(SQL_MODE), ', time_zone = ', QUOTE(TIME_ZONE), ', character_set_client = ', CHARACTER_SET_CLIENT,
    ', collation_connection = ', COLLATION_CONNECTION, '; ALTER DEFINER = ', QUOTE(LEFT(DEFINER, CHAR_LENGTH(DEFINER) - CHAR_LENGTH(SUBSTRING_INDEX(DEFINER, '@', -1)) - 1)),
    '@', QUOTE(SUBSTRING_INDEX(DEFINER, '@', -1)), ' EVENT \`', REPLACE(EVENT_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(EVENT_NAME, '\`', '\`\`'), '\` ',
    IF(EXISTS (SELECT 1 FROM mysql.disabled_events d WHERE CAST(d.database_name AS BINARY) = CAST(e.EVENT_SCHEMA AS BINARY)
        AND CAST(d.name AS BINARY) = CAST(e.EVENT_NAME AS BINARY)), 'DISABLE', 'ENABLE'), ';')
$DISABLED_BY_REPLICATION;
SQL
}

# enable_events: a replica's data becomes the primary's. What cannot be enabled, such as an event whose only time has passed, is named and left.
enable_events() {
    local statements left
    scratch_client <<<"SET SESSION sql_log_bin = 0; $DISABLED_EVENTS" && statements=$(enabling_statements) || return 1
    [[ -n $statements ]] || return 0
    scratch_client --force <<<"$statements" || true
    left=$(scratch_client --batch --skip-column-names <<<"SELECT CONCAT(EVENT_SCHEMA, '.', EVENT_NAME) $DISABLED_BY_REPLICATION;") || return 1
    log "scheduled events run here from now on${left:+, but for these, which could not be enabled: ${left//$'\n'/, }}"
}

# shellcheck shell=bash
# Sourced after lib.sh by the primary's sidecar: the cluster's own users and root's password. Replicas receive them by replication.

USERS=(replication health backup)
ROOT_AT_START=$CONFIGURATION/root-password.sql

# Only replication logs in over the network.
user_host() {
    case $1 in
        replication) printf '%%' ;;
        *) printf '127.0.0.1' ;;
    esac
}

# MariaDB splits REPLICATION CLIENT in two; MySQL skips the comment.
user_grants() {
    local monitor='REPLICATION CLIENT/*M!100509 , SLAVE MONITOR */'
    case $1 in
        replication) printf 'REPLICATION SLAVE, %s' "$monitor" ;;
        health) printf '%s' "$monitor" ;;
        backup) printf 'RELOAD, PROCESS, LOCK TABLES, %s' "$monitor" ;;
    esac
}

# The same as the columns of mysql.user show it, in the order of users_as_they_are.
user_columns() {
    case $1 in
        replication) printf 'YYNNNN' ;;
        health) printf 'NYNNNN' ;;
        backup) printf 'NYYYYN' ;;
    esac
}

users_as_they_should_be() {
    local user
    for user in "${USERS[@]}"; do
        printf '%s %s 1 %s\n' "$user" "$(user_host "$user")" "$(user_columns "$user")"
    done
    printf 'identity 1\n'
}

users_as_they_are() {
    local user
    for user in "${USERS[@]}"; do
        # mysql_native_password's digest, so that right and wrong passwords are told apart without a login.
        printf "SELECT CONCAT_WS(' ', User, Host, authentication_string = CONCAT('*', UPPER(SHA1(UNHEX(SHA1('%s'))))), CONCAT(Repl_slave_priv, Repl_client_priv, Reload_priv, Process_priv, Lock_tables_priv, Super_priv)) FROM mysql.user WHERE User = '%s' AND Host = '%s';\n" \
            "$(secret "$user")" "$user" "$(user_host "$user")"
    done
    printf "SELECT CONCAT('identity ', COUNT(*)) FROM mysql.tables_priv WHERE User = 'replication' AND Db = 'mysql' AND Table_name = 'cluster_identity';\n"
}

user_statements() {
    local user name
    # Only a cluster adopted from other scripts has none yet.
    printf 'CREATE TABLE IF NOT EXISTS mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;\n'
    printf "INSERT INTO mysql.cluster_identity SELECT '%s', UTC_TIMESTAMP() FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM mysql.cluster_identity);\n" \
        "$(</proc/sys/kernel/random/uuid)"
    for user in "${USERS[@]}"; do
        name="'$user'@'$(user_host "$user")'"
        printf "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';\n" "$name" "$(secret "$user")"
        printf "ALTER USER %s IDENTIFIED BY '%s';\n" "$name" "$(secret "$user")"
        printf 'REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s;\n' "$name"
        printf 'GRANT %s ON *.* TO %s;\n' "$(user_grants "$user")" "$name"
    done
    # What a replica compares before it follows.
    printf "GRANT SELECT ON mysql.cluster_identity TO 'replication'@'%%';\n"
}

root_sql() {
    mysql --defaults-file=<(client_options root 127.0.0.1 "$1") --connect-timeout=3 --batch --skip-column-names
}

# The password that the server was started with: the way in after the Secret was rotated.
root_password_at_start() {
    local text
    text=$(<"$ROOT_AT_START")
    [[ $text =~ IDENTIFIED\ BY\ \'([A-Za-z0-9]+)\' ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# The statements of the next start follow the Secret, too. Owner and mode stay: the server must be able to read them.
root_statements() {
    printf "ALTER USER 'root'@'localhost' IDENTIFIED BY '%s';\nALTER USER 'root'@'%%' IDENTIFIED BY '%s';\n" "$1" "$1"
}

remember_root_password() {
    local temporary=$ROOT_AT_START.new
    rm -f "$temporary"
    (umask 077 && root_statements "$1" >"$temporary")
    chown --reference="$ROOT_AT_START" "$temporary"
    mv -T "$temporary" "$ROOT_AT_START"
}

# reconcile_users: false while the server does not let root in.
reconcile_users() {
    local found old new
    new=$(secret root)
    if ! found=$(users_as_they_are | root_sql "$new" 2>&1); then
        [[ $found == *"ERROR 1045"* ]] || return 1
        old=$(root_password_at_start) || return 1
        [[ $old != "$new" ]] || return 1
        root_statements "$new" | root_sql "$old" 2>/dev/null || return 1
        log "root has the Secret's new password"
        return 0
    fi
    [[ ! -e $ROOT_AT_START || $(root_password_at_start) == "$new" ]] || remember_root_password "$new"
    [[ $(sort <<<"$found") != "$(users_as_they_should_be | sort)" ]] || return 0
    user_statements | root_sql "$new" || return 1
    log "users written: ${USERS[*]}"
}

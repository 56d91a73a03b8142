# shellcheck shell=bash
# Sourced by users.sh: the cluster's users on MySQL 8.4 and later, their rights, and how the server shows both.

USERS=(replication health backup)
# Whether they can log in is tried at first, and again in every so many rounds.
LOGIN_ROUNDS=15
# The passwords that the last trial was made with, in memory only.
TRIED=""
ROUNDS_TO_LOGIN=0

# Replicas follow and clone over the network, always over TLS.
user_host() {
    case $1 in
        health | metrics) printf '127.0.0.1' ;;
        *) printf '%%' ;;
    esac
}

user_grants() {
    case $1 in
        replication) printf 'REPLICATION SLAVE, REPLICATION CLIENT' ;;
        health) printf 'REPLICATION CLIENT, SERVICE_CONNECTION_ADMIN' ;;
        backup) printf 'REPLICATION CLIENT, BACKUP_ADMIN' ;;
        metrics) printf 'PROCESS, REPLICATION CLIENT, SERVICE_CONNECTION_ADMIN' ;;
    esac
}

# user_tables <user>: what it may read: the identity, which tells this cluster's data from every other, and what a donor received.
user_tables() {
    case $1 in
        replication) printf 'mysql.cluster_identity' ;;
        backup) printf 'mysql.cluster_identity performance_schema.replication_connection_status' ;;
        metrics) printf 'mysql.own_transactions mysql.gtid_executed performance_schema.global_variables' ;;
    esac
}

# user_view <user>: the view that is made for it: how many transactions began on the server that is asked. On a replica each of them is errant. The exporter
# has no queries of its own; it reads a heartbeat of this shape, a time and a number, and gives the time out in seconds.
user_view() {
    [[ $1 == metrics ]] || return 0
    cat <<'SQL'
CREATE OR REPLACE SQL SECURITY INVOKER VIEW mysql.own_transactions AS SELECT FROM_UNIXTIME(LEAST(COALESCE(SUM(interval_end - interval_start + 1), 0), 1000000)) AS ts, 1 AS server_id FROM mysql.gtid_executed WHERE source_uuid = (SELECT VARIABLE_VALUE FROM performance_schema.global_variables WHERE VARIABLE_NAME = 'server_uuid');
SQL
}

# user_options <user>: what ALTER USER says of it besides the password. An earlier version noted a digest of the password there; null takes it away.
user_options() {
    local tls=SSL limit=""
    [[ $(user_host "$1") == % ]] || tls=NONE
    [[ $1 != metrics ]] || limit=" WITH MAX_USER_CONNECTIONS 3"
    printf " REQUIRE %s%s ATTRIBUTE '{\"password\": null}'" "$tls" "$limit"
}

# The columns Repl_slave_priv, Repl_client_priv and Super_priv, what its logins require, its dynamic privileges, and how many tables it may read.
user_columns() {
    case $1 in
        replication) printf 'YYN ANY - 1' ;;
        health) printf 'NYN - SERVICE_CONNECTION_ADMIN 0' ;;
        backup) printf 'NYN ANY BACKUP_ADMIN 2' ;;
        metrics) printf 'NYN - SERVICE_CONNECTION_ADMIN 3' ;;
    esac
}

users_as_they_should_be() {
    local user
    for user in "${USERS[@]}"; do
        printf '%s %s - %s\n' "$user" "$(user_host "$user")" "$(user_columns "$user")"
    done
}

users_as_they_are() {
    cat <<'SQL'
SELECT CONCAT_WS(' ', u.User, u.Host, COALESCE(a.ATTRIBUTE->>'$.password', '-'), CONCAT(u.Repl_slave_priv, u.Repl_client_priv, u.Super_priv),
    IF(u.ssl_type = '', '-', u.ssl_type),
    (SELECT COALESCE(GROUP_CONCAT(g.PRIV ORDER BY g.PRIV), '-') FROM mysql.global_grants g WHERE g.USER = u.User AND g.HOST = u.Host),
    (SELECT COUNT(*) FROM mysql.tables_priv t WHERE t.User = u.User AND t.Host = u.Host))
FROM mysql.user u LEFT JOIN information_schema.USER_ATTRIBUTES a ON a.USER = u.User AND a.HOST = u.Host
WHERE u.User IN ('replication', 'health', 'backup')
SQL
    # Others may call a user of theirs so, with another host.
    [[ -z ${METRICS_PORT:-} ]] || printf "OR u.User = 'metrics' AND u.Host = '127.0.0.1'\n"
    printf ';\n'
}

# users_can_log_in: the stored passwords are salted and cannot be compared, so that they are tried.
users_can_log_in() {
    local user said now=""
    for user in "${USERS[@]}"; do
        now+="${PASSWORD[$user]} "
    done
    [[ $now == "$TRIED" ]] || ROUNDS_TO_LOGIN=0
    ((--ROUNDS_TO_LOGIN <= 0)) || return 0
    for user in "${USERS[@]}"; do
        said=$(sql "$user" 127.0.0.1 <<<'SELECT 1;' 2>&1) && continue
        if [[ $said == *"ERROR 1045"* ]]; then
            log "the server refuses the password of the user $user"
            return 1
        fi
    done
    TRIED=$now
    ROUNDS_TO_LOGIN=$LOGIN_ROUNDS
}

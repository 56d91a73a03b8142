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

# users_can_log_in <users as they are>: the stored passwords are salted and cannot be compared, so that they are tried. WRONG becomes those that are refused.
users_can_log_in() {
    local user said now=""
    WRONG=""
    for user in "${USERS[@]}"; do
        now+="${PASSWORD[$user]} "
    done
    [[ $now == "$TRIED" ]] || ROUNDS_TO_LOGIN=0
    ((--ROUNDS_TO_LOGIN <= 0)) || return 0
    for user in "${USERS[@]}"; do
        # One that is not there yet is made with the right one.
        [[ -z ${1+known} || $'\n'"$1" == *$'\n'"$user $(user_host "$user") "* ]] || continue
        said=$(sql "$user" 127.0.0.1 <<<'SELECT 1;' 2>&1) && continue
        if [[ $said == *"ERROR 1045"* ]]; then
            log "the server refuses the password of the user $user"
            WRONG+=" $user"
        fi
    done
    [[ -z $WRONG ]] || return 1
    TRIED=$now
    ROUNDS_TO_LOGIN=$LOGIN_ROUNDS
}

# Beside a new password the one before goes on to be taken; here for how long. Every member has the new one when its kubelet has brought it the Secret,
# within two minutes as kubelets are set up by default; one that was away for longer, or is made anew, reads the Secret before it logs in anywhere. So
# nobody has to be waited for, and a time that is some times as long does.
OLD_PASSWORD_SECONDS=${OLD_PASSWORD_SECONDS:-600}

# Users that cannot keep the one before.
NOT_RETAINED=""

# retain <user>
retain() {
    is_among "$1" "$NOT_RETAINED" || printf ' RETAIN CURRENT PASSWORD'
}

# new_password <user>: only one that was refused is written: written once more, it would take the place of the one before.
new_password() {
    ! is_among "$1" "$WRONG" || printf " IDENTIFIED BY '%s'%s" "${PASSWORD[$1]}" "$(retain "$1")"
}

# cannot_retain <user> <error>: an account without a password, or of another plugin than the new one's, cannot keep it beside the new one.
cannot_retain() {
    [[ $2 != *"ERROR 3878"* && $2 != *"ERROR 3894"* ]] || NOT_RETAINED+=" $1"
}

# old_passwords: the accounts that have one whose time has passed, as the server itself knows when the new one came.
old_passwords() {
    local user users="('root', '%'), ('root', 'localhost'), ('root', '127.0.0.1')"
    for user in "${USERS[@]}"; do
        users+=", ('$user', '$(user_host "$user")')"
    done
    sql root 127.0.0.1 <<SQL
SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user
WHERE User_attributes->>'$.additional_password' IS NOT NULL AND password_last_changed < NOW() - INTERVAL $OLD_PASSWORD_SECONDS SECOND
AND (User, Host) IN ($users);
SQL
}

# discard_old_passwords: what the Secret has now becomes the one that stays. It may be the old one again, where somebody took a rotation back.
discard_old_passwords() {
    local accounts account user
    accounts=$(old_passwords) || return 1
    for account in $accounts; do
        user=${account%%@*}
        user=${user//\'/}
        ! is_among "$user" "$REFUSED" || continue
        sql root 127.0.0.1 <<<"ALTER USER $account IDENTIFIED BY '${PASSWORD[$user]}'; ALTER USER $account DISCARD OLD PASSWORD;" || return 1
        log "$account: the password of before is no longer taken"
    done
}

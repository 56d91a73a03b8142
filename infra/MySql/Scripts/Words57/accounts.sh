# shellcheck shell=bash
# Sourced by users.sh: the cluster's users on MySQL 5.7, their rights, and how the server shows both.

USERS=(replication health backup)

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
        metrics) printf 'PROCESS, %s' "$monitor" ;;
    esac
}

# user_options <user>: what ALTER USER says of it besides the password.
user_options() {
    [[ $1 != metrics ]] || printf ' WITH MAX_USER_CONNECTIONS 3'
}

# user_view <user>: the view that is made for it. There are no identifiers of transactions to look at.
user_view() {
    :
}

# user_tables <user>: what it may read. The identity is what a replica compares before it follows.
user_tables() {
    [[ $1 != replication ]] || printf 'mysql.cluster_identity'
}

# The same as the columns of mysql.user show it, in the order of users_as_they_are.
user_columns() {
    case $1 in
        replication) printf 'YYNNNN' ;;
        health) printf 'NYNNNN' ;;
        backup) printf 'NYYYYN' ;;
        metrics) printf 'NYNYNN' ;;
    esac
}

users_as_they_should_be() {
    local user
    for user in "${USERS[@]}"; do
        printf '%s %s 1 %s\n' "$user" "$(user_host "$user")" "$(user_columns "$user")"
    done
    printf 'identity 1\n'
}

# The passwords are compared as mysql_native_password stores them, so that a wrong one is found without a failed login.
users_as_they_are() {
    local user stored="CONCAT('*', UPPER(SHA1(UNHEX(SHA1('%s')))))"
    for user in "${USERS[@]}"; do
        # shellcheck disable=SC2059 # the format is put together here
        printf "SELECT CONCAT_WS(' ', User, Host, authentication_string = $stored, CONCAT(Repl_slave_priv, Repl_client_priv, Reload_priv, Process_priv, Lock_tables_priv, Super_priv)) FROM mysql.user WHERE User = '%s' AND Host = '%s';\n" \
            "${PASSWORD[$user]}" "$user" "$(user_host "$user")"
    done
    printf "SELECT CONCAT('identity ', COUNT(*)) FROM mysql.tables_priv WHERE User = 'replication' AND Db = 'mysql' AND Table_name = 'cluster_identity';\n"
}

# users_can_log_in: the comparison above says so.
users_can_log_in() {
    :
}

# new_password <user>: the same one is no change.
new_password() {
    printf " IDENTIFIED BY '%s'" "${PASSWORD[$1]}"
}

# retain <user>: there is one password at a time.
retain() {
    :
}

cannot_retain() {
    :
}

discard_old_passwords() {
    :
}

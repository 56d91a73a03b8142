# shellcheck shell=bash
# Sourced after lib.sh: what a receiver is told of its source.

# host_clause <host>
host_clause() {
    printf "SOURCE_HOST='%s', SOURCE_PORT=%s, " "$1" "${MYSQL_PORT:-3306}"
}

# source_clause <host>
source_clause() {
    printf '%s%s' "$(host_clause "$1")" "$(login_clause)"
}

# How to log in and to stay connected; the heartbeat must come more often than replica-net-timeout.
login_clause() {
    printf "SOURCE_USER='replication', SOURCE_PASSWORD='%s', SOURCE_CONNECT_RETRY=5, SOURCE_HEARTBEAT_PERIOD=5%s%s" "${PASSWORD[replication]}" "$SOURCE_OPTIONS" "$(source_verification)"
}

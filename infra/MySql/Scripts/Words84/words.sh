# shellcheck shell=bash
# Sourced by lib.sh: the words of MySQL 8.4 and later, which are those of the other scripts. See the file of the same name for 5.7.

PRIMARY_CONFIG=primary.cnf
REPLICA_CONFIG=replica.cnf
HOLD_OPTION=skip-replica-start

# The event scheduler cannot be started then, whoever may try.
NO_EVENTS=event-scheduler=DISABLED

# Where root and health ask their own server: the default of admin_port, which takes no connection from clients. Needs SERVICE_CONNECTION_ADMIN.
LOCAL_PORT=33062

# Over TLS, as the replication user must; and without giving up on a primary that is away (the default ends after ten attempts; 0 does
# not mean for ever in every place).
SOURCE_OPTIONS=", SOURCE_SSL=1, SOURCE_RETRY_COUNT=1000000000"

SHOW_REPLICA_STATUS='SHOW REPLICA STATUS;'
# Two lines: how many replicas acknowledge, and whether the primary waits for one. None where it is not semi-synchronous.
SHOW_SEMI_SYNC="SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME IN ('Rpl_semi_sync_source_clients', 'Rpl_semi_sync_source_status') ORDER BY VARIABLE_NAME;"
START_REPLICA='START REPLICA;'
START_APPLIER='START REPLICA SQL_THREAD;'
STOP_REPLICA='STOP REPLICA;'
STOP_RECEIVER='STOP REPLICA IO_THREAD;'
FORGET_SOURCE='RESET REPLICA ALL;'
# What ALTER USER says of the password that goes on to be taken beside a new one.
END_OLD_PASSWORD='DISCARD OLD PASSWORD'

change_source() {
    printf 'CHANGE REPLICATION SOURCE TO %s;' "$1"
}

# has_received: the statement that asks a server whether it has applied all that the replica of FIELD received to its end. Its answer is 1 then.
has_received() {
    printf "SELECT GTID_SUBSET('%s', @@global.gtid_executed);" "${FIELD[Retrieved_Gtid_Set]:-}"
}

# source_verification: what the receiver asks of its source's certificate besides, and no more where it asked that before.
source_verification() {
    if verifies; then
        printf ", SOURCE_SSL_CA='%s', SOURCE_SSL_VERIFY_SERVER_CERT=1" "$CERTIFICATE/ca.crt"
    elif [[ -n ${FIELD[Source_SSL_CA_File]:-} ]]; then
        printf ", SOURCE_SSL_CA='', SOURCE_SSL_VERIFY_SERVER_CERT=0"
    fi
}

# own_namespace: where there are certificates the pod is told it; its resolver always knows.
own_namespace() {
    local resolver
    resolver=$(cat "${RESOLVER:-/etc/resolv.conf}" 2>/dev/null) || resolver=""
    [[ ! $resolver =~ search[[:space:]]+([^.[:space:]]+)\.svc ]] || printf '%s' "${BASH_REMATCH[1]}"
}

# same_peer <host> <host>: one server, called by its short or by its full name, which has this pod's namespace in it.
same_peer() {
    local namespace short
    [[ $1 != "$2" ]] || return 0
    namespace=${NAMESPACE:-$(own_namespace)}
    short=${2%%".$namespace.svc"*}
    [[ -n $namespace && ${1%%".$namespace.svc"*} == "$short" && $short == *.* && $short != *.*.* ]]
}

current_name() {
    REPLY=$1
}

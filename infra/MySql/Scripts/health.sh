# shellcheck shell=bash
# Sourced after lib.sh by ready.sh and status.sh: asks the server once, and judges. One client run, some hundredths of a second.
require_environment PRIMARY_HOST MAX_LAG_SECONDS

declare -A SERVER=()
REASON=""

# MySQL skips comments meant for MariaDB, and MariaDB those meant for MySQL 5.7 and later.
ask_server() {
    local output
    if ! output=$(sql health 127.0.0.1 --vertical 2>&1 <<'SQL'
SELECT @@global.server_id AS server_id, @@global.read_only AS read_only /*!50700 , @@global.super_read_only AS super_read_only */;
SHOW SLAVE STATUS;
SQL
    ); then
        REASON="the server does not answer: ${output##*$'\n'}"
        return 1
    fi
    read_fields SERVER <<<"$output"
}

# sidecar_word: what replication.sh said in the last fifteen seconds; sidecar_sentence likewise.
read_sidecar() {
    local now at
    SIDECAR_WORD=""
    SIDECAR_SENTENCE=""
    [[ -r $CONFIGURATION/replication.state ]] || return 0
    read -r at SIDECAR_WORD SIDECAR_SENTENCE <"$CONFIGURATION/replication.state" || true
    printf -v now '%(%s)T' -1
    ((now - at <= 15)) || { SIDECAR_WORD=""; SIDECAR_SENTENCE=""; }
}

judge_primary() {
    [[ ${SERVER[read_only]} == 0 ]] || { REASON="the primary is read-only"; return 1; }
}

caught_up_with_received() {
    [[ ${SERVER[Relay_Master_Log_File]} == "${SERVER[Master_Log_File]}" && ${SERVER[Exec_Master_Log_Pos]} == "${SERVER[Read_Master_Log_Pos]}" ]]
}

# The receiver's error numbers that mean "the primary cannot be reached", which makes the data old, not wrong: no connection (2002, 2003), no
# such host (2005), connection lost (2006, 2013), going down (1053), too many connections (1040, 1203), network errors (1158 to 1161), general
# reconnects of the receiver (1593 stands for anything fatal and is not among them).
primary_is_away() {
    case ${SERVER[Last_IO_Errno]} in
        0 | 2002 | 2003 | 2005 | 2006 | 2013 | 1053 | 1040 | 1203 | 1158 | 1159 | 1160 | 1161) return 0 ;;
        *) return 1 ;;
    esac
}

judge_replica() {
    local error=${SERVER[Last_IO_Error]:-}
    if [[ ${SERVER[read_only]} != 1 || ${SERVER[super_read_only]:-1} != 1 ]]; then
        REASON="this replica is not read-only"
    elif [[ -z ${SERVER[Master_Host]:-} ]]; then
        REASON=${SIDECAR_SENTENCE:-"replication is not configured"}
    elif [[ ${SERVER[Master_Host]} != "$PRIMARY_HOST" ]]; then
        REASON="it follows ${SERVER[Master_Host]}, not $PRIMARY_HOST"
    elif [[ ${SERVER[Slave_SQL_Running]} != Yes ]]; then
        REASON="the applier is stopped"
        [[ ${SERVER[Last_SQL_Errno]} == 0 ]] || REASON="the applier failed: error ${SERVER[Last_SQL_Errno]}: ${SERVER[Last_SQL_Error]:0:300}"
    elif [[ ${SERVER[Slave_IO_Running]} == Yes ]]; then
        if [[ ! ${SERVER[Seconds_Behind_Master]} =~ ^[0-9]+$ ]]; then
            REASON="the lag is not known yet"
        elif ((SERVER[Seconds_Behind_Master] > MAX_LAG_SECONDS)); then
            REASON="it lags ${SERVER[Seconds_Behind_Master]} s behind the primary, the limit is $MAX_LAG_SECONDS s"
        fi
    elif [[ ${SERVER[Last_IO_Errno]} == 1236 ]]; then
        REASON="the primary no longer has the binary log this replica needs, so it can never catch up; seed it again: $error"
    elif ! primary_is_away; then
        REASON="the receiver failed: error ${SERVER[Last_IO_Errno]}: $error"
    elif [[ ${SERVER[Slave_IO_Running]} == No && $SIDECAR_WORD != waiting ]]; then
        REASON=${SIDECAR_SENTENCE:-"the receiver is stopped"}
        [[ $SIDECAR_WORD != steady && $SIDECAR_WORD != following ]] || REASON="the receiver is stopped"
    elif ! caught_up_with_received; then
        REASON="the primary does not answer, and what was received from it is still being applied"
    fi
    [[ -z $REASON ]]
}

# judge: true if this server should receive readers; otherwise REASON says why not.
judge() {
    read_sidecar
    ask_server || return 1
    if is_primary; then judge_primary; else judge_replica; fi
}

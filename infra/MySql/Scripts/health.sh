# shellcheck shell=bash
# Sourced after lib.sh by ready.sh and status.sh: asks the server once, and judges. One client run, some hundredths of a second.
# shellcheck source=Clone/seeding.sh
. "${BASH_SOURCE%/*}/seeding.sh"
require_environment PRIMARY_HOST MAX_LAG_SECONDS MAX_AWAY_SECONDS

REASON=""
# With the eyes of a client: a server whose certificate is not of this cluster's authority is refused by all that verify it.
# shellcheck disable=SC2034 # by lib.sh
MODE_HERE=VERIFY_CA
FULL="it serves as many clients as max_connections allows, and cannot be asked"
SIDECAR_WORD=""
SIDECAR_SENTENCE=""
# In memory, in the server's container.
LAST_PASSWORD=$CONFIGURATION/health-password.last
AWAY_SINCE=$CONFIGURATION/primary-away.since

# MySQL skips comments meant for MariaDB, and MariaDB those meant for MySQL 5.7 and later.
health_question() {
    printf 'SELECT @@global.server_id AS server_id, @@global.read_only AS read_only /*!50700 , @@global.super_read_only AS super_read_only */;\n'
    printf '%s\n' "$SHOW_REPLICA_STATUS"
}

ask_as_health() {
    sql health 127.0.0.1 --vertical 2>&1 < <(health_question)
}

# certificate_has_run_out: it, or an authority that it hangs on; clients that verify it are refused then. Those that do not are served on, and so is replication
# that is connected.
certificate_has_run_out() {
    has_tls && ! verify_certificate "$CERTIFICATE" >/dev/null && verify_certificate "$CERTIFICATE" -no_check_time >/dev/null
}

# certificate_ends: prints the end of the first of it and its authorities without which nothing vouches for it any more, as openssl writes a time. One of
# several authorities may end long before, and a renewed one stand beside it.
certificate_ends() {
    local line pem="" at ends=()
    while read -r line; do
        pem+=$line$'\n'
        [[ $line == *END\ CERTIFICATE* ]] || continue
        ! line=$(openssl x509 -noout -enddate <<<"$pem" 2>/dev/null) || ends+=("$(date --date="${line#*=}" +%s) ${line#*=}")
        pem=""
    done < <(cat "$CERTIFICATE/tls.crt" <(echo) "$CERTIFICATE/ca.crt" 2>/dev/null)
    while read -r at line; do
        if ! verify_certificate "$CERTIFICATE" -attime "$((at + 1))" >/dev/null; then
            printf '%s' "$line"
            return
        fi
    done < <(printf '%s\n' ${ends[@]+"${ends[@]}"} | sort -n)
}

# A rotated password is in this pod's files some time before it is on its server; until then the last one holds. So does the port of all clients until the
# user may come in by the other one.
ask_server() {
    local output known=""
    [[ ! -e $LAST_PASSWORD ]] || known=$(<"$LAST_PASSWORD")
    until output=$(ask_as_health); do
        if [[ $output == *"ERROR 1227"* && $LOCAL_PORT != "${MYSQL_PORT:-3306}" ]]; then
            LOCAL_PORT=${MYSQL_PORT:-3306}
        elif [[ $output == *"ERROR 2026"* && $MODE_HERE == VERIFY_CA ]] && certificate_has_run_out; then
            MODE_HERE=PREFERRED
        elif [[ $output == *"ERROR 1045"* && -n $known && $known != "${PASSWORD[health]}" ]]; then
            PASSWORD[health]=$known
        else
            REASON="the server does not answer: ${output##*$'\n'}"
            [[ $output != *"ERROR 1040"* ]] || REASON=$FULL
            return 1
        fi
    done
    [[ $known == "${PASSWORD[health]}" ]] || write_file "$LAST_PASSWORD" 0600 <<<"${PASSWORD[health]}" || true
    read_fields <<<"$output"
}

# What replication.sh said in the last fifteen seconds.
read_sidecar() {
    local now at=0 word="" sentence=""
    { read -r at word sentence <"$CONFIGURATION/replication.state"; } 2>/dev/null || return 0
    printf -v now '%(%s)T' -1
    ((now - at <= 15)) || return 0
    SIDECAR_WORD=$word
    SIDECAR_SENTENCE=$sentence
}

judge_primary() {
    [[ ${FIELD[read_only]} == 0 ]] || { REASON="the primary is read-only"; return 1; }
}

# A primary that died while it sent a transaction leaves a part of it, which is read and never executed for as long as it is away: positions that
# differ say nothing yet.
caught_up_with_received() {
    [[ ${FIELD[Relay_Source_Log_File]} == "${FIELD[Source_Log_File]}" && ${FIELD[Exec_Source_Log_Pos]} == "${FIELD[Read_Source_Log_Pos]}" ]] ||
        whole_transactions_are_applied
}

# The receiver's error numbers that mean "the primary cannot be reached", which makes the data old, not wrong: no connection (2002, 2003), no
# such host (2005), connection lost (2006, 2013), going down (1053), too many connections (1040, 1203), network errors (1158 to 1161).
primary_is_away() {
    case ${FIELD[Last_IO_Errno]} in
        0 | 2002 | 2003 | 2005 | 2006 | 2013 | 1053 | 1040 | 1203 | 1158 | 1159 | 1160 | 1161) return 0 ;;
        *) return 1 ;;
    esac
}

# away_too_long: the primary has been away for longer than MAX_AWAY_SECONDS, AWAY of them. 0 is no limit.
away_too_long() {
    local now since=""
    ((MAX_AWAY_SECONDS > 0)) || return 1
    printf -v now '%(%s)T' -1
    [[ -e $AWAY_SINCE ]] || write_file "$AWAY_SINCE" 0600 <<<"$now" || return 1
    read -r since <"$AWAY_SINCE" && AWAY=$((now - since)) && ((AWAY > MAX_AWAY_SECONDS))
}

judge_receiver() {
    local io=${FIELD[Replica_IO_Running]} lag=${FIELD[Seconds_Behind_Source]}
    [[ $io != Yes || ! -e $AWAY_SINCE ]] || rm -f "$AWAY_SINCE"
    if [[ $io == Yes && ! $lag =~ ^[0-9]+$ ]]; then
        REASON="the lag is not known yet"
    elif [[ $io == Yes ]]; then
        ((MAX_LAG_SECONDS == 0 || lag <= MAX_LAG_SECONDS)) || REASON="it lags $lag s behind the primary, the limit is $MAX_LAG_SECONDS s"
    elif [[ ${FIELD[Last_IO_Errno]} == 1236 || ${FIELD[Last_IO_Errno]} == 13114 ]]; then
        REASON="the primary no longer has the binary log this replica needs, $WHEN_PURGED. ${FIELD[Last_IO_Error]}"
        [[ $SIDECAR_WORD != purged ]] || REASON=$SIDECAR_SENTENCE
    elif ! primary_is_away; then
        REASON="the receiver failed: error ${FIELD[Last_IO_Errno]}: ${FIELD[Last_IO_Error]}"
    elif [[ $io == No && $SIDECAR_WORD != waiting ]]; then
        REASON="the receiver is stopped"
        [[ $SIDECAR_WORD == steady || -z $SIDECAR_SENTENCE ]] || REASON+="; $SIDECAR_SENTENCE"
    elif ! caught_up_with_received; then
        REASON="the primary does not answer, and what was received from it is still being applied"
    elif away_too_long; then
        REASON="the primary has been away for $AWAY s, the limit is $MAX_AWAY_SECONDS s; what is here may be old"
    fi
    [[ -n $REASON || ! -e $BEHIND ]] || REASON=$NOT_CAUGHT_UP
}

judge_replica() {
    if [[ ${FIELD[read_only]} != 1 || ${FIELD[super_read_only]:-1} != 1 ]]; then
        REASON="this replica is not read-only"
    elif [[ -z ${FIELD[Source_Host]:-} ]]; then
        REASON=${SIDECAR_SENTENCE:-"replication is not configured"}
    elif [[ $SIDECAR_WORD == catching-up || $SIDECAR_WORD == errant ]]; then
        REASON=$SIDECAR_SENTENCE
    elif ! same_peer "${FIELD[Source_Host]}" "$PRIMARY_HOST"; then
        REASON="it follows ${FIELD[Source_Host]}, not $PRIMARY_HOST"
    elif [[ ${FIELD[Last_SQL_Errno]} != 0 ]]; then
        REASON="the applier failed: error ${FIELD[Last_SQL_Errno]}: ${FIELD[Last_SQL_Error]}"
    elif [[ ${FIELD[Replica_SQL_Running]} != Yes ]]; then
        REASON="the applier is stopped"
        [[ $SIDECAR_WORD == steady || -z $SIDECAR_SENTENCE ]] || REASON+="; $SIDECAR_SENTENCE"
    else
        judge_receiver
    fi
    [[ -z $REASON ]]
}

# judge: true if this server should receive readers; otherwise REASON says why not.
judge() {
    load_secrets || { REASON="the Secret's passwords cannot be read"; return 1; }
    read_sidecar
    # A server without room for one more client serves those that it has. Unready, it would only send the next ones to the others.
    ask_server || { [[ $REASON == "$FULL" ]]; return; }
    if is_primary; then judge_primary; else judge_replica; fi
}

#!/usr/bin/env bash
# What this server is and does, a line key=value each, for people and programs. Run it in the mysql container. Always exits 0.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/health.sh"

ready=yes
judge || ready=no
role=replica
is_primary && role=primary
seeded=yes
[[ $(data_state "$DATA") == complete ]] || seeded=no
error=${FIELD[Last_SQL_Error]:-}
[[ -n $error ]] || error=${FIELD[Last_IO_Error]:-}
semi_sync=""
if [[ $role == primary && -n $SHOW_SEMI_SYNC ]]; then
    case $(sql health 127.0.0.1 <<<"$SHOW_SEMI_SYNC" 2>/dev/null) in
        *$'\n'ON) semi_sync=on ;;
        *$'\n'OFF) semi_sync=fallen-back ;;
    esac
fi
certificate_until=""
tls=""
if has_tls; then
    certificate_until=$(certificate_ends)
    tls=verified
    [[ ! -e $UNVERIFIED ]] || tls="$PRIMARY_HOST is not verified yet"
    ! certificate_has_run_out || tls="the certificate has run out; clients that verify it are refused"
    [[ ! -e $CONFIGURATION/tls.problem ]] || tls=$(<"$CONFIGURATION/tls.problem")
fi
lag=${FIELD[Seconds_Behind_Source]:-}
[[ $lag != NULL ]] || lag=""

printf '%s=%s\n' \
    role "$role" \
    server_id "${FIELD[server_id]:-}" \
    seeded "$seeded" \
    read_only "${FIELD[read_only]:-}" \
    source_host "${FIELD[Source_Host]:-}" \
    io_running "${FIELD[Replica_IO_Running]:-}" \
    sql_running "${FIELD[Replica_SQL_Running]:-}" \
    lag_seconds "$lag" \
    semi_sync "$semi_sync" \
    certificate_until "$certificate_until" \
    tls "$tls" \
    error "$error" \
    ready "$ready" \
    reason "$REASON" \
    sidecar "$SIDECAR_SENTENCE"

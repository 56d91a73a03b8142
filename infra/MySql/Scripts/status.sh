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
error=${SERVER[Last_SQL_Error]:-}
[[ -n $error ]] || error=${SERVER[Last_IO_Error]:-}
lag=${SERVER[Seconds_Behind_Master]:-}
[[ $lag != NULL ]] || lag=""

printf '%s=%s\n' \
    role "$role" \
    server_id "${SERVER[server_id]:-}" \
    seeded "$seeded" \
    read_only "${SERVER[read_only]:-}" \
    source_host "${SERVER[Master_Host]:-}" \
    io_running "${SERVER[Slave_IO_Running]:-}" \
    sql_running "${SERVER[Slave_SQL_Running]:-}" \
    lag_seconds "$lag" \
    error "$error" \
    ready "$ready" \
    reason "$REASON" \
    sidecar "$SIDECAR_SENTENCE"

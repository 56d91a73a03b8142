# shellcheck shell=bash
# Sourced after root-password.sh by scripts of init containers with the server's image: a server without network that only the script can
# reach, on data that nobody else uses. Needs ROLE_CONFIG; end it with the script: trap end_scratch_server EXIT.

RUN=$(mktemp -d)
SOCKET=$RUN/mysqld.sock
SCRATCH_SERVER=""
# For a copy, whose notes tell of relay logs that the donor has.
# shellcheck disable=SC2034 # by seeding.sh and fetch.sh
DROP_RELAY_LOGS=--relay-log-recovery=ON

kill_scratch_server() {
    [[ -n $SCRATCH_SERVER ]] || return 0
    kill -KILL "$SCRATCH_SERVER" 2>/dev/null || true
    wait "$SCRATCH_SERVER" 2>/dev/null || true
    SCRATCH_SERVER=""
}

end_scratch_server() {
    kill_scratch_server
    rm -rf "$RUN"
}

# initialise_data <directory> <option...>: makes it, with a server's first, empty data.
initialise_data() {
    mkdir -m 0750 "$1" || return 1
    server_command "$@" --skip-log-bin --initialize-insecure
    "${COMMAND[@]}" >"$RUN/mysqld.log" 2>&1 || { log_tail "$RUN/mysqld.log" "mysqld --initialize-insecure failed"; return 1; }
}

# server_command <data directory> <option...>: COMMAND becomes a mysqld with this pod's own configuration.
server_command() {
    COMMAND=(mysqld --defaults-file="$CONFIGURATION/$ROLE_CONFIG" --server-id="$((SERVER_ID_BASE + ORDINAL))" --datadir="$1" --"$NO_EVENTS" "${@:2}")
}

# start_scratch_server <data directory> <option...>: a server without network that only this script can reach. It gives root the Secret's
# password as it starts, without a trace in the binary log, whatever the password was before.
start_scratch_server() {
    { printf 'SET SESSION sql_log_bin = 0;\n'; root_statements "${PASSWORD[root]}"; } | write_file "$RUN/root.sql" 0600 || return 1
    server_command "$@" --skip-networking "--$HOLD_OPTION" --init-file="$RUN/root.sql" --socket="$SOCKET" --pid-file="$RUN/mysqld.pid"
    "${COMMAND[@]}" >"$RUN/mysqld.log" 2>&1 &
    SCRATCH_SERVER=$!
    until mysqladmin --no-defaults --socket="$SOCKET" --connect-timeout=2 ping >/dev/null 2>&1; do
        kill -0 "$SCRATCH_SERVER" 2>/dev/null || { log_tail "$RUN/mysqld.log" "the scratch server stopped"; SCRATCH_SERVER=""; return 1; }
        log_wait "waiting for the scratch server"
        sleep 0.2
    done
}

stop_scratch_server() {
    local server=$SCRATCH_SERVER
    kill -TERM "$server" || return 1
    SCRATCH_SERVER=""
    wait "$server" || { log_tail "$RUN/mysqld.log" "the scratch server did not stop cleanly"; return 1; }
}

# Whom the scratch server lets in.
SCRATCH_USER=root
scratch_client() {
    client --defaults-file=<(client_options "$SCRATCH_USER" localhost) --socket="$SOCKET" "$@"
}

# read_scratch_status: FIELD holds the scratch server's status of replication.
read_scratch_status() {
    local output
    output=$(scratch_client --vertical <<<"$SHOW_REPLICA_STATUS") || return 1
    read_fields <<<"$output"
}

# shellcheck shell=bash
# Sourced by clone-mysql.sh: data comes by the server's own CLONE, over TLS. A scratch server of this container asks the donor for it and puts it into
# the staging directory; then a second start, on the copy itself, proves that it is sound before it is taken.
# shellcheck source=../root-password.sh
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=../scratch-server.sh
. "${BASH_SOURCE%/*}/scratch-server.sh"
# shellcheck source=../events.sh
. "${BASH_SOURCE%/*}/events.sh"
# shellcheck source=../peers.sh
. "${BASH_SOURCE%/*}/peers.sh"
# shellcheck source=donor.sh
. "${BASH_SOURCE%/*}/donor.sh"
# shellcheck source=lost-primary.sh
. "${BASH_SOURCE%/*}/lost-primary.sh"
require_environment PRIMARY_HOST MYSQL_PORT

ROLE_CONFIG=$(role_config)
SCRATCH=$VOLUME/staging-scratch
# The server itself makes the directory that it clones into.
RECEIVED=$STAGING/data
# Little memory and room, whatever the stack's options give to the real server; the performance schema tells the progress.
SCRATCH_OPTIONS=(--skip-log-bin --super-read-only=0 --read-only=0 --performance-schema=ON --max-connections=10 --table-open-cache=64
    --table-definition-cache=400 --innodb-buffer-pool-size=32M --innodb-redo-log-capacity=16M)

end_fetch() {
    end_scratch_server
    rm -rf "$SCRATCH"
}

# donors: the pods before this one, then those after it.
donors() {
    local donor
    for ((donor = ORDINAL - 1; donor >= 0; donor--)); do
        printf '%s\n' "$donor"
    done
    other_ordinals | while read -r donor; do
        ((donor < ORDINAL)) || printf '%s\n' "$donor"
    done
}

# scratch_server_runs: it is made once a run of this script, when a donor is found.
scratch_server_runs() {
    [[ -z $SCRATCH_SERVER ]] || ! kill -0 "$SCRATCH_SERVER" 2>/dev/null || return 0
    SCRATCH_SERVER=""
    if ! { rm -rf "$SCRATCH" && initialise_data "$SCRATCH" "${SCRATCH_OPTIONS[@]}" && start_scratch_server "$SCRATCH" "${SCRATCH_OPTIONS[@]}"; }; then
        log "without a scratch server nothing can be cloned; the volume has $(megabytes "$(free_bytes)") MB left"
        return 1
    fi
}

# CLONE verifies the authority of the donor's certificate and not the name in it; ask_donor has verified both right before.
clone_statements() {
    ! has_tls || printf "SET GLOBAL clone_ssl_ca = '%s';\n" "$CERTIFICATE/ca.crt"
    printf "SET GLOBAL clone_valid_donor_list = '%s:%s';\n" "$1" "$MYSQL_PORT"
    printf "CLONE INSTANCE FROM 'backup'@'%s':%s IDENTIFIED BY '%s' DATA DIRECTORY = '%s' REQUIRE SSL;\n" "$1" "$MYSQL_PORT" "${PASSWORD[backup]}" "$RECEIVED"
}

# The stage, and the bytes so far and in all, as the scratch server tells them.
measure_transfer() {
    local stage bytes all
    # A server that stands still answers nobody.
    local LIMIT=5
    IFS=$'\t' read -r stage bytes all < <(scratch_client --batch --skip-column-names 2>/dev/null <<'SQL'
SELECT COALESCE(LOWER(MAX(IF(STATE = 'In Progress', STAGE, NULL))), '-'), COALESCE(SUM(DATA), 0), COALESCE(SUM(GREATEST(ESTIMATE, DATA)), 0)
FROM performance_schema.clone_progress;
SQL
    ) || return 1
    STAGE=${stage#-}
    BYTES=$bytes
    ABOUT=$all
}

# The scratch server's client ends with it.
give_up_transfer() {
    kill -KILL "$SCRATCH_SERVER" 2>/dev/null || true
}

# receive <host>: the copy comes into the staging directory.
receive() {
    local host=$1 began=$SECONDS
    TRANSFERS=$((TRANSFERS + 1))
    clone_statements "$host" | scratch_client >"$REPORTS/clone" 2>&1 &
    if ! watch_transfer $! "$host"; then
        explain_failure "$host" "$(tail -n 1 "$REPORTS/clone")"
        return 1
    fi
    log "$host: about $(megabytes "$BYTES") MB were copied in $((SECONDS - began)) s"
}

# explain_failure <host> <error>: a donor that serves another one is no failure, and a full disk has a way out.
explain_failure() {
    case $2 in
        *"Too many concurrent clone"* | *"Concurrent clone in progress"*)
            LAST_PROGRESS=$SECONDS
            TRANSFERS=$((TRANSFERS - 1))
            log_wait "$1: busy with another clone; waiting for a turn"
            ;;
        *"Donor Error"*) log "$1: the clone failed: $2" ;;
        *"not enough"* | *"No space left"* | *"disk"*)
            log_wait "disk full: the volume has $(megabytes "$(free_bytes)") MB left; make room or a larger claim. $1: $2"
            ! [[ -e $RESEED ]] || discard_old_data
            ;;
        *) log "$1: the clone failed: ${2:-the scratch server ended}" ;;
    esac
}

# prove <expected GTID set>: the server starts on the copy, recovers it, has every transaction that the donor had when it was asked, and
# follows nobody. Without auto.cnf it makes itself a uuid of its own.
prove() {
    local began=$SECONDS lacks
    # It has written all of the copy, and its own data are of no use to anybody: an orderly end would only take time.
    kill_scratch_server
    # The Secret may have changed since this script began; the copy is given the password that it has now.
    rm -rf "$SCRATCH" && load_secrets || return 1
    rm -f "$RECEIVED/auto.cnf"
    start_scratch_server "$RECEIVED" --super-read-only=0 --read-only=0 "$DROP_RELAY_LOGS" || return 1
    lacks=$(scratch_client --batch --skip-column-names <<<"SELECT GTID_SUBTRACT('$1', @@global.gtid_executed);") || return 1
    if [[ -n $lacks ]]; then
        log "the copy lacks transactions that the donor had ($lacks); it is thrown away"
        return 1
    fi
    printf 'SET SESSION sql_log_bin = 0;\n%s\n%s\n' "$STOP_REPLICA" "$FORGET_SOURCE" | scratch_client || return 1
    ! is_primary || enable_events || return 1
    stop_scratch_server || return 1
    note_root_password "$RECEIVED" && rm -f "$RECEIVED/auto.cnf" "$RECEIVED/data-of-pod" || return 1
    log "the copy was proved sound in $((SECONDS - began)) s"
}

# fetch <ordinal>: one whole attempt. Data that is complete and proved stands in the staging directory then.
fetch() {
    local host
    host=$(peer_host "$1")
    can_be_donor "$1" && scratch_server_runs && fits_scratch_server "$host" && empty_staging || return 1
    receive "$host" || return 1
    prove "${DONOR[executed]}" || { kill_scratch_server; return 1; }
}

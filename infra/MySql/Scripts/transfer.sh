# shellcheck shell=bash
# Sourced by what fetches data from another pod, clone-mysql.sh and the backup: how a transfer is watched, and ended where it makes no progress. Needs VOLUME,
# STAGING and SEED_STALL_SECONDS.

# A stage that only waits for the disk tells no bytes; one that takes longer than this speed would is dead, too.
SLOWEST_DISK=1000000
# To ask a server costs it a client.
MEASURE_SECONDS=2
LAST_PROGRESS=$SECONDS
TRANSFERS=0
ABOUT=0

megabytes() {
    printf '%d.%d' "$(($1 / 1000000))" "$(($1 % 1000000 / 100000))"
}

free_bytes() {
    df --output=avail -B1 "$VOLUME" | tail -n 1
}

# stall_limit: how many seconds may pass without a byte at this STAGE.
stall_limit() {
    if [[ $STAGE == "file sync" ]]; then
        printf '%d' "$((SEED_STALL_SECONDS + BYTES / SLOWEST_DISK))"
    else
        printf '%d' "$SEED_STALL_SECONDS"
    fi
}

# watch_transfer <process> <host>: waits for its end; tells bytes and rate every five seconds, and ends it when it makes no progress. The method
# says in measure_transfer how far it is (BYTES of ABOUT, at a STAGE), and in give_up_transfer how to end it.
watch_transfer() {
    local pid=$1 host=$2 began=$SECONDS told=$SECONDS moved=$SECONDS measured=$((SECONDS - MEASURE_SECONDS)) last=""
    BYTES=0
    STAGE=""
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        ((SECONDS - measured >= MEASURE_SECONDS)) || continue
        measured=$SECONDS
        measure_transfer "$pid" || true
        if [[ "$BYTES $STAGE" != "$last" ]]; then
            last="$BYTES $STAGE"
            moved=$SECONDS
            LAST_PROGRESS=$SECONDS
        elif ((SECONDS - moved >= $(stall_limit))); then
            log "$host: no byte for $((SECONDS - moved)) s${STAGE:+ ($STAGE)}; the connection is given up"
            moved=$SECONDS
            give_up_transfer "$pid"
        fi
        if ((SECONDS - told >= 5)); then
            told=$SECONDS
            log "seeding from $host${STAGE:+, $STAGE}: $(megabytes "$BYTES") MB of about $(megabytes "$ABOUT") MB, $(megabytes "$((BYTES / (SECONDS - began)))") MB/s, $((SECONDS - began)) s"
        fi
    done
    measure_transfer "$pid" || true
    wait "$pid"
}

empty_staging() {
    rm -rf "$STAGING" && mkdir -m 0750 "$STAGING"
}

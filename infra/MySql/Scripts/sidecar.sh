#!/usr/bin/env bash
# The sidecar container: keeps its parts running, replication.sh and, where the server cannot seed others by itself, backup-server.sh.
#
# Guarantees: a part that ends is started again within two seconds and without disturbing the other (a running backup outlives a failure of
# the replication part); on SIGTERM all end at once. No part holds state that a kill could lose.
. "${BASH_SOURCE%/*}/lib.sh"
# shellcheck source=Clone/seeding.sh
. "${BASH_SOURCE%/*}/seeding.sh"

declare -A RUNNING=()

start() {
    "$BASH" "${BASH_SOURCE%/*}/$1" &
    RUNNING[$1]=$!
}

stop() {
    trap - TERM INT
    log "stopping"
    kill "${RUNNING[@]}" 2>/dev/null || true
    exit 0
}
trap stop TERM INT

restart_if_ended() {
    local part=$1 code=0
    ! kill -0 "${RUNNING[$part]}" 2>/dev/null || return 0
    wait "${RUNNING[$part]}" || code=$?
    log "$part ended with exit code $code; starting it again"
    start "$part"
}

for part in "${SIDECAR_PARTS[@]}"; do
    start "$part"
done
while true; do
    # In the background, so that SIGTERM is answered at once.
    sleep 1 &
    wait $! || true
    for part in "${SIDECAR_PARTS[@]}"; do
        restart_if_ended "$part"
    done
done

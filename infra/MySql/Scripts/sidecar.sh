#!/usr/bin/env bash
# The xtrabackup container: keeps two parts running, replication.sh and backup-server.sh.
#
# Guarantees: a part that ends is started again within two seconds and without disturbing the other (a running backup outlives a failure of
# the replication part); on SIGTERM both end at once. Neither part holds state that a kill could lose.
. "${BASH_SOURCE%/*}/lib.sh"

PARTS=(replication.sh backup-server.sh)
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

for part in "${PARTS[@]}"; do
    start "$part"
done
while true; do
    # In the background, so that SIGTERM is answered at once.
    sleep 1 &
    wait $! || true
    for part in "${PARTS[@]}"; do
        restart_if_ended "$part"
    done
done

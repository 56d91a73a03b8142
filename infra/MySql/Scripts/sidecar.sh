#!/usr/bin/env bash
# The xtrabackup container: keeps two parts running, replication.sh and backup-server.sh.
#
# Guarantees: a part that ends is started again after a second, without disturbing the other (a running backup outlives a failure of the
# replication part); on SIGTERM both end at once. Neither part holds state that a kill could lose.
. "${BASH_SOURCE%/*}/lib.sh"

declare -A PART_OF=()

start() {
    "$BASH" "${BASH_SOURCE%/*}/$1" &
    PART_OF[$!]=$1
}

stop() {
    trap - TERM INT
    log "stopping"
    kill "${!PART_OF[@]}" 2>/dev/null || true
    wait
    exit 0
}
trap stop TERM INT

main() {
    local pid part code
    start replication.sh
    start backup-server.sh
    while true; do
        wait -n || true
        for pid in "${!PART_OF[@]}"; do
            kill -0 "$pid" 2>/dev/null && continue
            part=${PART_OF[$pid]}
            code=0
            wait "$pid" || code=$?
            unset "PART_OF[$pid]"
            log "$part ended with exit code $code; starting it again"
            sleep 1
            start "$part"
        done
    done
}

main

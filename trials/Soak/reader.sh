#!/usr/bin/env bash
# Reads through the read Service, each time over a connection of its own, and prints a word a read, answered or refused: reader.sh HOST
set -euo pipefail
while true; do
    if timeout 5 mysql --defaults-extra-file=/mnt/soak/client.cnf --host="$1" --connect-timeout=3 --batch --skip-column-names \
        --execute='SELECT MAX(id) FROM soak.writes' >/dev/null 2>&1; then
        echo answered
    else
        echo refused
    fi
    sleep 0.5
done

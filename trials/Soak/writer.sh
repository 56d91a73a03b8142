#!/usr/bin/env bash
# Writes one row after another to the primary and prints the number of each that the server has acknowledged: writer.sh HOST
#
# Guarantees: a number is printed only after its insert came back; no number is used twice, also not one whose insert came to nothing or to no
# answer; a server that is away, or silent for five seconds, costs a new connection and nothing else.
set -euo pipefail
host=$1
client=""
trap '[[ -z $client ]] || kill -KILL "$client" 2>/dev/null || true' EXIT
trap 'exit 0' TERM
trap '' PIPE

# insert <number> <descriptor>: the number comes back only if the insert before it did not fail, for then the client ends.
insert() {
    printf 'INSERT INTO soak.writes (id, body) VALUES (%d, LEFT(SHA2(RAND(), 256), 32)); SELECT %d;\n' "$1" "$1" >&"$2"
}

# Numbers of one connection follow one another; those of the next begin at the next million.
write_until_it_fails() {
    local number=$1 answer=""
    coproc CLIENT { exec mysql --defaults-extra-file=/mnt/soak/client.cnf --host="$host" --connect-timeout=3 --unbuffered --batch --skip-column-names 2>/dev/null; }
    client=$CLIENT_PID
    local to=${CLIENT[1]} from=${CLIENT[0]}
    while insert "$number" "$to" 2>/dev/null && read -r -t 5 -u "$from" answer && [[ $answer == "$number" ]]; do
        printf '%d\n' "$number"
        number=$((number + 1))
        sleep 0.01
    done
    kill -KILL "$client" 2>/dev/null || true
    wait "$client" 2>/dev/null || true
    client=""
}

for ((connection = 1; ; connection++)); do
    write_until_it_fails $((connection * 1000000))
    sleep 0.2
done

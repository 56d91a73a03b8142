#!/usr/bin/env bash
# Stands for mysqld: makes a data directory, or is a server, whose socket is a plain file, until it is asked to end. The file mysqld.fails beside
# it makes it fail at once, mysqld.code is the exit code with which a server ends.
set -euo pipefail
here=${0%/*}
data=""
socket=""
init_file=/dev/null
task=serve
for option in "$@"; do
    case $option in
        --datadir=*) data=${option#*=} ;;
        --socket=*) socket=${option#*=} ;;
        --init-file=*) init_file=${option#*=} ;;
        --initialize-insecure) task=initialise ;;
    esac
done
{ printf 'mysqld %s\n' "$*" && sed 's/^/  /' "$init_file"; } >>"$here/calls"
[[ ! -e $here/mysqld.fails ]] || { echo "[ERROR] [MY-010119] Aborting"; exit 1; }

if [[ $task == initialise ]]; then
    mkdir "$data/mysql"
    echo "a table" >"$data/mysql/user.ibd"
    exit 0
fi
# The uuid of who was here first stays, as with a real server.
[[ -e $data/auto.cnf ]] || echo "a uuid of its own" >"$data/auto.cnf"
trap 'rm -f "$socket"; exit "$(cat "$here/mysqld.code" 2>/dev/null || echo 0)"' TERM
: >"$socket"
while [[ -d $here ]]; do
    /bin/sleep 0.02
done

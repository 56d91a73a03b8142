#!/usr/bin/env bash
# Runs the statements of standard input as root on a host of this cluster, for people and their tools:
#
#     kubectl exec -i mysql-0 -c mysql -- bash /mnt/scripts/sql.sh mysql-read <<< 'show databases'
#
# The password comes from the mounted Secret and is on no command line.
. "${BASH_SOURCE%/*}/lib.sh"

[[ $# -eq 1 ]] || fail "it takes one host, such as $PRIMARY_HOST, and the statements on standard input"
load_secrets
# People's statements take as long as they take.
SQL_SECONDS=""
sql root "$1" --table

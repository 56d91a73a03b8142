#!/usr/bin/env bash
# Runs the statements of standard input as root on a host of this cluster, for people and their tools:
#
#     kubectl exec -i mysql-0 -c mysql -- bash /mnt/scripts/sql.sh mysql-read <<< 'show databases'
#
# The password comes from the mounted Secret and is on no command line.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/root-hosts.sh"

[[ $# -eq 1 ]] || fail "it takes one host, such as $PRIMARY_HOST, and the statements on standard input"
load_secrets
# full_name <host>: a short name is one of the cluster's namespace; certificates name hosts in full.
full_name() {
    case $1 in
        *.svc | *.svc.* | 127.0.0.1 | localhost) printf '%s' "$1" ;;
        *) printf '%s.%s' "$1" "${HEADLESS_SERVICE#*.}" ;;
    esac
}

# People's statements take as long as they take.
SQL_SECONDS=""
host=$1
! has_tls || host=$(full_name "$1")
if root_is_local; then
    case $host in
        127.0.0.1 | localhost) ;;
        "$(peer_host "$ORDINAL")") host=127.0.0.1 ;;
        *) fail "root logs in from a server's own pod alone (remoteRoot is false), and $1 is not $HOSTNAME: run this in that server's pod, with the host 127.0.0.1" ;;
    esac
fi
sql root "$host" --table

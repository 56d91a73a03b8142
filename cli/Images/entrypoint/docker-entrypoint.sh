#!/usr/bin/env bash
# What the entrypoint of the mysql images does, as far as a cluster can see it: as root it gives the data directory to the mysql
# user and goes on as that user; an empty data directory is initialised in place, with the root password it was told or not at all.
set -euo pipefail

datadir=/var/lib/mysql
socket=/var/run/mysqld/initialise.sock

require_password() {
    [[ -z ${MYSQL_ROOT_PASSWORD:-} && -z ${MYSQL_ALLOW_EMPTY_PASSWORD:-} && -z ${MYSQL_RANDOM_ROOT_PASSWORD:-} ]] || return 0
    printf '%s\n' '[ERROR] Database is uninitialized and password option is not specified' \
        '    You need to specify one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD' >&2
    exit 1
}

# wait_for_server <pid>
wait_for_server() {
    local attempt
    for ((attempt = 0; attempt < 120; attempt++)); do
        mysqladmin --no-defaults --user=root --socket="$socket" ping >/dev/null 2>&1 && return
        kill -0 "$1" 2>/dev/null || break
        sleep 0.5
    done
    echo '[ERROR] Unable to start server.' >&2
    exit 1
}

# initialise <server command...>
initialise() {
    require_password
    echo 'Initializing database files'
    "$@" --initialize-insecure
    "$@" --skip-networking --socket="$socket" &
    local server=$! password=${MYSQL_ROOT_PASSWORD:-}
    wait_for_server "$server"
    if [[ -n ${MYSQL_RANDOM_ROOT_PASSWORD:-} ]]; then
        password=$(head -c 24 /dev/urandom | base64)
        echo "GENERATED ROOT PASSWORD: $password"
    fi
    mysql --no-defaults --user=root --socket="$socket" <<SQL
SET @@SESSION.SQL_LOG_BIN=0;
CREATE USER 'root'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;
ALTER USER 'root'@'localhost' IDENTIFIED BY '$password';
SQL
    kill "$server"
    wait "$server"
    echo 'MySQL init process done. Ready for start up.'
}

[[ $# -eq 0 || $1 == -* ]] && set -- mysqld "$@"
if [[ $1 == mysqld ]]; then
    for argument in "$@"; do
        [[ $argument != --datadir=* ]] || datadir=${argument#*=}
    done
    if [[ $(id -u) -eq 0 ]]; then
        mkdir -p "$datadir"
        find "$datadir" \! -user mysql -exec chown mysql:mysql '{}' +
        exec setpriv --reuid=mysql --regid=mysql --clear-groups "$BASH" "${BASH_SOURCE[0]}" "$@"
    fi
    [[ -d $datadir/mysql ]] || initialise "$@"
fi
exec "$@"

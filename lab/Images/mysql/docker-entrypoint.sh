#!/usr/bin/env bash
# What the entrypoint of mysql:5.7 does, as far as a cluster can see it: as root it gives the data directory to the mysql user
# and goes on as that user; an empty data directory is initialised in place, with the root password it was told or not at all.
set -euo pipefail

datadir=/var/lib/mysql

initialise() {
    if [[ -z ${MYSQL_ROOT_PASSWORD:-} && -z ${MYSQL_ALLOW_EMPTY_PASSWORD:-} && -z ${MYSQL_RANDOM_ROOT_PASSWORD:-} ]]; then
        printf '%s\n' '[ERROR] Database is uninitialized and password option is not specified' \
            '    You need to specify one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD' >&2
        exit 1
    fi
    echo 'Initializing database files'
    mysqld --initialize-insecure --datadir="$datadir"
    local socket=/var/run/mysqld/initialise.sock
    mysqld --datadir="$datadir" --skip-networking --skip-slave-start --socket="$socket" &
    local server=$! attempt
    for ((attempt = 0; attempt < 60; attempt++)); do
        mysqladmin --no-defaults --user=root --socket="$socket" ping >/dev/null 2>&1 && break
        sleep 0.5
    done
    mysql --no-defaults --user=root --socket="$socket" <<SQL
SET @@SESSION.SQL_LOG_BIN=0;
CREATE USER 'root'@'%' IDENTIFIED BY '${MYSQL_ROOT_PASSWORD:-}';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;
SET PASSWORD FOR 'root'@'localhost' = PASSWORD('${MYSQL_ROOT_PASSWORD:-}');
SQL
    kill "$server"
    wait "$server"
    echo 'MySQL init process done. Ready for start up.'
}

[[ $# -eq 0 || $1 == -* ]] && set -- mysqld "$@"
if [[ $1 == mysqld ]]; then
    if [[ $(id -u) -eq 0 ]]; then
        mkdir -p "$datadir"
        find "$datadir" \! -user mysql -exec chown mysql:mysql '{}' +
        exec setpriv --reuid=mysql --regid=mysql --clear-groups "$BASH" "${BASH_SOURCE[0]}" "$@"
    fi
    [[ -d $datadir/mysql ]] || initialise
fi
exec "$@"

#!/usr/bin/env bash
# Init container 1, server image. Prepares this pod's configuration, and on an empty ordinal 0 the first data of the cluster.
#
# Guarantees: configuration files appear whole; a data directory appears whole, by one rename of a staging directory, so a kill at
# any instant leaves an empty volume or a complete one; data that may be real is never deleted; an empty ordinal 0 is not
# initialised while another pod of the cluster exists. Safe to run any number of times.
CONF_DIRECTORY=${CONF_DIRECTORY:-/mnt/conf.d}
. "${BASH_SOURCE%/*}/lib.sh"
require_environment HEADLESS_SERVICE SERVER_ID_BASE

STAGING=$VOLUME/staging-init
RUN=$(mktemp -d)
SERVER_OPTIONS=()
SCRATCH_SERVER=""

finish() {
    [[ -z $SCRATCH_SERVER ]] || kill -KILL "$SCRATCH_SERVER" 2>/dev/null || true
    rm -rf "$RUN"
}
trap finish EXIT

# give_to_server <path>: mysqld runs as the mysql user when the container is root, and as the container's user otherwise.
give_to_server() {
    [[ $(id -u) -ne 0 ]] || chown mysql:mysql "$1"
}

root_password_statements() {
    printf "ALTER USER '%s' IDENTIFIED BY '%s';\n" "root'@'localhost" "$(secret root)" "root'@'%" "$(secret root)"
}

configure() {
    local role=slave
    is_primary && role=master
    write_file "$CONFIGURATION/server-id.cnf" 0644 < <(printf '[mysqld]\nserver-id=%d\n' "$((SERVER_ID_BASE + ORDINAL))")
    write_file "$CONFIGURATION/$role.cnf" 0644 <"${CONFIG_MAP_DIRECTORY:-/mnt/config-map}/$role.cnf"
    # For the liveness probe. Its name does not end in .cnf: every client reads conf.d/*.cnf.
    write_file "$CONFIGURATION/health.client" 0600 < <(client_options health 127.0.0.1)
    if is_primary; then
        # The server sets root's password to the Secret's at each start, so that nobody is ever locked out of the primary;
        # replicas receive the statement with everything else. The server reads the file after it has dropped root.
        write_file "$CONFIGURATION/root-password.sql" 0600 < <(root_password_statements)
        give_to_server "$CONFIGURATION/root-password.sql"
        write_file "$CONFIGURATION/root-password.cnf" 0644 < <(printf '[mysqld]\ninit-file=/etc/mysql/conf.d/root-password.sql\n')
    else
        # Replication waits until the sidecar has looked at the primary, once a pod's life; then the sidecar removes this.
        write_file "$CONFIGURATION/skip-slave-start.cnf" 0644 < <(printf '[mysqld]\nskip-slave-start\n')
    fi
    log "$HOSTNAME: $role.cnf, server-id $((SERVER_ID_BASE + ORDINAL))"
}

own_addresses() {
    { getent ahosts "$HOSTNAME" || true; } | while read -r address _; do printf '%s\n' "$address"; done | sort -u
}

service_addresses() {
    { getent ahosts "$HEADLESS_SERVICE" || true; } | while read -r address _; do printf '%s\n' "$address"; done | sort -u
}

# other_pod: prints what shows that another pod of the cluster exists, if anything does.
other_pod() {
    local i address
    for i in 1 2 3; do
        if address=$(getent ahosts "$(peer_host "$i")"); then
            printf '%s (%s)' "$(peer_host "$i")" "${address%% *}"
            return
        fi
    done
    address=$(comm -23 <(service_addresses) <(own_addresses) | head -n 1)
    [[ -z $address ]] || printf 'the pod at %s (from the name %s)' "$address" "$HEADLESS_SERVICE"
}

# An empty ordinal 0 is a new cluster, or a primary that lost its volume. In the second case other pods exist: they could only have been
# made after a primary was ready. The name service must prove that it works first: it has to list this very pod.
guard_against_lost_volume() {
    local began=$SECONDS limit=${GUARD_TIMEOUT_SECONDS:-60} other
    until comm -12 <(service_addresses) <(own_addresses) | grep -q .; do
        ((SECONDS - began < limit)) ||
            fail "this volume is empty, and the name $HEADLESS_SERVICE does not list this pod after $limit s, so whether other pods hold data cannot be seen. Nothing was initialised. Check the cluster's DNS and the headless Service $HEADLESS_SERVICE (it must publish addresses that are not ready)."
        log_wait "$began" "waiting for the name $HEADLESS_SERVICE to list this pod"
        sleep 1
    done
    began=$SECONDS
    while other=$(other_pod) && [[ -n $other ]]; do
        # A record may outlive its pod for a little while.
        ((SECONDS - began < ${STALE_RECORD_SECONDS:-20})) ||
            fail "this volume is empty, but $other exists: the primary's data is lost, and replicas may hold it. Nothing was initialised. Way out: scale the StatefulSet to 0, give $HOSTNAME its old volume back or copy the directory mysql/ of the best replica's volume onto this one (without auto.cnf), and scale up again. To begin anew without that data, scale to 0, remove the claims of all pods, and scale up."
        log_wait "$began" "this volume is empty, but $other exists; looking again"
        sleep 2
    done
}

mysqld_user() {
    [[ $(id -u) -ne 0 ]] || printf -- '--user=mysql'
}

# scratch_server <data directory> <option...>: a server without network that only this script can reach.
scratch_server() {
    local directory=$1 began=$SECONDS
    shift
    mysqld "${SERVER_OPTIONS[@]}" --datadir="$directory" --skip-networking --socket="$RUN/mysqld.sock" --pid-file="$RUN/mysqld.pid" "$@" \
        >"$RUN/mysqld.log" 2>&1 &
    SCRATCH_SERVER=$!
    until mysqladmin --no-defaults --socket="$RUN/mysqld.sock" --connect-timeout=2 ping >/dev/null 2>&1; do
        kill -0 "$SCRATCH_SERVER" 2>/dev/null || { tail -n 20 "$RUN/mysqld.log" >&2; fail "the scratch server stopped; its last lines stand above"; }
        log_wait "$began" "waiting for the scratch server"
        sleep 0.2
    done
}

stop_scratch_server() {
    kill -TERM "$SCRATCH_SERVER"
    wait "$SCRATCH_SERVER" || { tail -n 20 "$RUN/mysqld.log" >&2; fail "the scratch server did not stop cleanly; its last lines stand above"; }
    SCRATCH_SERVER=""
}

# The identity tells this cluster from every other, so that a replica never follows an unrelated primary.
first_statements() {
    printf "CREATE USER 'root'@'%%' IDENTIFIED BY '%s';\n" "$(secret root)"
    printf "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%%' WITH GRANT OPTION;\n"
    printf 'CREATE TABLE mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;\n'
    printf "INSERT INTO mysql.cluster_identity VALUES ('%s', UTC_TIMESTAMP());\n" "$(</proc/sys/kernel/random/uuid)"
    # Last: from here on the empty password is gone.
    printf "ALTER USER 'root'@'localhost' IDENTIFIED BY '%s';\n" "$(secret root)"
}

initialise() {
    log "initialising the first data of the cluster"
    rm -rf "$STAGING"
    mkdir -m 0750 "$STAGING"
    give_to_server "$STAGING"
    mysqld "${SERVER_OPTIONS[@]}" --initialize-insecure --datadir="$STAGING" --skip-log-bin >"$RUN/mysqld.log" 2>&1 ||
        { tail -n 20 "$RUN/mysqld.log" >&2; fail "mysqld --initialize-insecure failed; its last lines stand above"; }
    # Nothing here need survive a crash on its own: the clean shutdown and the sync below make it durable.
    scratch_server "$STAGING" --skip-log-bin --innodb-flush-log-at-trx-commit=0
    local client=(mysql --no-defaults --user=root --socket="$RUN/mysqld.sock")
    if [[ -d /usr/share/zoneinfo ]] && command -v mysql_tzinfo_to_sql >/dev/null; then
        mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null | "${client[@]}" mysql || log "the time zone tables could not be filled; named time zones will not work"
    fi
    first_statements | "${client[@]}"
    stop_scratch_server
    sync
    mv -T "$STAGING" "$VOLUME/mysql"
    sync
    log "initialised"
}

main() {
    local state
    configure
    SERVER_OPTIONS=("--defaults-file=$CONFIGURATION/$(is_primary && echo master || echo slave).cnf" "--server-id=$((SERVER_ID_BASE + ORDINAL))")
    [[ $(id -u) -ne 0 ]] || SERVER_OPTIONS+=(--user=mysql)
    rm -rf "$STAGING"
    chmod 0755 "$RUN"
    give_to_server "$RUN"
    state=$(data_state "$VOLUME/mysql")
    case $state in
        complete) log "the volume holds data; it is kept" ;;
        empty)
            is_primary || return 0
            guard_against_lost_volume
            initialise
            ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; a replica then seeds afresh." ;;
    esac
}

main

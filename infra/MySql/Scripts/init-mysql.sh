#!/usr/bin/env bash
# Init container 1, server image. Prepares this pod's configuration, and on an empty ordinal 0 the first data of the cluster.
#
# Guarantees: configuration files appear whole; a data directory appears whole, by one rename of a staging directory, so a kill at
# any instant leaves an empty volume or a complete one; data that may be real is never deleted; an empty ordinal 0 is not
# initialised while another pod of the cluster exists. Safe to run any number of times.
CONF_DIRECTORY=${CONF_DIRECTORY:-/mnt/conf.d}
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/root-password.sh"
require_environment HEADLESS_SERVICE SERVER_ID_BASE

STAGING=$VOLUME/staging-init
ROLE=slave
! is_primary || ROLE=master
RUN=$(mktemp -d)
SOCKET=$RUN/mysqld.sock
SCRATCH_SERVER=""

finish() {
    [[ -z $SCRATCH_SERVER ]] || kill -KILL "$SCRATCH_SERVER" 2>/dev/null || true
    rm -rf "$RUN"
}
trap finish EXIT
trap 'exit 143' TERM INT

# give_to_server <path>: mysqld runs as the mysql user when the container is root, and as the container's user otherwise.
give_to_server() {
    [[ $(id -u) -ne 0 ]] || chown mysql:mysql "$1"
}

configure() {
    write_file "$CONFIGURATION/server-id.cnf" 0644 <<<"[mysqld]"$'\n'"server-id=$((SERVER_ID_BASE + ORDINAL))"
    write_file "$CONFIGURATION/$ROLE.cnf" 0644 <"${CONFIG_MAP_DIRECTORY:-/mnt/config-map}/$ROLE.cnf"
    # For the liveness probe. Its name does not end in .cnf: every client reads conf.d/*.cnf.
    write_file "$CONFIGURATION/health.client" 0600 <<<"$(client_options health 127.0.0.1)"
    if is_primary; then
        # The server sets root's password to the Secret's at each start, so that nobody is ever locked out of the primary;
        # replicas receive the statement with everything else. The server reads the file after it has become the mysql user.
        write_file "$ROOT_AT_START" 0600 <<<"$(root_statements "${PASSWORD[root]}")"
        give_to_server "$ROOT_AT_START"
        write_file "$CONFIGURATION/root-password.cnf" 0644 <<<"[mysqld]"$'\n'"init-file=/etc/mysql/conf.d/${ROOT_AT_START##*/}"
    else
        # Replication waits until the sidecar has looked at the primary, once a pod's life; then the sidecar removes this.
        write_file "$CONFIGURATION/skip-slave-start.cnf" 0644 <<<"[mysqld]"$'\n'"skip-slave-start"
    fi
    log "$HOSTNAME: $ROLE.cnf, server-id $((SERVER_ID_BASE + ORDINAL))"
}

# addresses_of <name...>: what the names resolve to, sorted, each once.
addresses_of() {
    local name address rest
    for name in "$@"; do
        getent ahosts "$name" || true
    done | while read -r address rest; do printf '%s\n' "$address"; done | LC_ALL=C sort -u
}

# The pod's own name is in its /etc/hosts, which cannot be out of date; where it is not, the name service has to do.
own_addresses() {
    local own
    own=$(addresses_of "$HOSTNAME" | grep -v '^127\.') || own=$(addresses_of "$(peer_host "$ORDINAL")")
    [[ -z $own ]] || printf '%s\n' "$own"
}

service_addresses() {
    addresses_of "$HEADLESS_SERVICE"
}

# name_of <address>: the pod's own name where one of the first has that address, for people to read.
name_of() {
    local i
    for i in {1..9}; do
        if addresses_of "$(peer_host "$i")" | grep -Fqx "$1"; then
            printf '%s (%s)' "$(peer_host "$i")" "$1"
            return
        fi
    done
    printf 'the pod at %s' "$1"
}

# An empty ordinal 0 is a new cluster, or a primary that lost its volume. In the second case other pods exist: they can only have been
# made after a primary was ready. The headless Service lists every pod, ready or not; that it lists this one shows that the name service works.
guard_against_lost_volume() {
    local began=$SECONDS limit=${GUARD_TIMEOUT_SECONDS:-60} other
    until [[ -n $(LC_ALL=C comm -12 <(service_addresses) <(own_addresses)) ]]; do
        ((SECONDS - began < limit)) ||
            fail "this volume is empty, and after $limit s the name $HEADLESS_SERVICE does not list this pod, so it cannot be seen whether other pods hold data. Nothing was initialised. Check the cluster's DNS and the headless Service $HEADLESS_SERVICE (it must publish addresses that are not ready)."
        log_wait "waiting for the name $HEADLESS_SERVICE to list this pod"
        sleep 0.5
    done
    began=$SECONDS
    limit=${STALE_RECORD_SECONDS:-20}
    while true; do
        other=$(LC_ALL=C comm -23 <(service_addresses) <(own_addresses) | head -n 1)
        [[ -n $other ]] || return 0
        # A record may outlive its pod for a little while.
        ((SECONDS - began < limit)) ||
            fail "this volume is empty, but $(name_of "$other") exists: the primary's data is lost, and the other pods may hold it. Nothing was initialised. Way out: scale the StatefulSet to 0; give $HOSTNAME its old volume back, or copy the directory mysql/ of the most advanced replica's volume onto this one; scale up again. To begin anew WITHOUT that data: scale to 0, remove the claims of all pods, scale up."
        log_wait "this volume is empty, but $(name_of "$other") exists; looking again for $limit s"
        sleep 2
    done
}

# server_command <data directory> <option...>: COMMAND becomes a mysqld with this pod's own configuration.
server_command() {
    COMMAND=(mysqld --defaults-file="$CONFIGURATION/$ROLE.cnf" --server-id="$((SERVER_ID_BASE + ORDINAL))" --datadir="$1")
    [[ $(id -u) -ne 0 ]] || COMMAND+=(--user=mysql)
    COMMAND+=("${@:2}")
}

# start_scratch_server <data directory> <option...>: a server without network that only this script can reach. It gives root the Secret's
# password as it starts, without a trace in the binary log, whatever the password was before.
start_scratch_server() {
    { printf 'SET SESSION sql_log_bin = 0;\n'; root_statements "${PASSWORD[root]}"; } | write_file "$RUN/root.sql" 0600
    give_to_server "$RUN/root.sql"
    server_command "$@" --skip-networking --skip-slave-start --init-file="$RUN/root.sql" --socket="$SOCKET" --pid-file="$RUN/mysqld.pid"
    "${COMMAND[@]}" >"$RUN/mysqld.log" 2>&1 &
    SCRATCH_SERVER=$!
    until mysqladmin --no-defaults --socket="$SOCKET" --connect-timeout=2 ping >/dev/null 2>&1; do
        kill -0 "$SCRATCH_SERVER" 2>/dev/null || { log_tail "$RUN/mysqld.log" "the scratch server stopped"; exit 1; }
        log_wait "waiting for the scratch server"
        sleep 0.2
    done
}

stop_scratch_server() {
    kill -TERM "$SCRATCH_SERVER"
    wait "$SCRATCH_SERVER" || { log_tail "$RUN/mysqld.log" "the scratch server did not stop cleanly"; exit 1; }
    SCRATCH_SERVER=""
}

scratch_client() {
    client --defaults-file=<(client_options root localhost) --socket="$SOCKET" "$@"
}

first_statements() {
    printf "CREATE USER 'root'@'%%' IDENTIFIED BY '%s';\n" "${PASSWORD[root]}"
    printf "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%%' WITH GRANT OPTION;\n"
    identity_statements
}

fill_time_zones() {
    [[ -d /usr/share/zoneinfo ]] && command -v mysql_tzinfo_to_sql >/dev/null || return 0
    mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null | scratch_client mysql ||
        log "the time zone tables could not be filled; named time zones will not work"
}

initialise() {
    log "initialising the first data of the cluster"
    mkdir -m 0750 "$STAGING"
    give_to_server "$STAGING"
    server_command "$STAGING" --skip-log-bin --initialize-insecure
    "${COMMAND[@]}" >"$RUN/mysqld.log" 2>&1 || { log_tail "$RUN/mysqld.log" "mysqld --initialize-insecure failed"; exit 1; }
    # Nothing here need survive a crash on its own: the clean shutdown and the sync below make it durable.
    start_scratch_server "$STAGING" --skip-log-bin --innodb-flush-log-at-trx-commit=0
    fill_time_zones
    first_statements | scratch_client
    stop_scratch_server
    note_owner "$STAGING"
    sync
    mv -T "$STAGING" "$VOLUME_DATA"
    sync
    log "initialised"
}

# Data that was copied here from another pod's volume brings that server's uuid along: two servers with one uuid would push each other off the
# primary. And a replica's data that becomes the primary's brings a binary log in which the other replicas' positions mean nothing: with a new
# identity they do not follow it (their sidecars say so) until they are seeded again.
take_over() {
    local from
    from=$(owner_of "$VOLUME_DATA")
    [[ -n $from && $from != "$HOSTNAME" ]] || return 0
    log "this data was $from's; from now on it is $HOSTNAME's, with a server uuid of its own"
    rm -f "$VOLUME_DATA/auto.cnf"
    is_primary || return 0
    own_files
    start_scratch_server "$VOLUME_DATA"
    { printf 'SET SESSION sql_log_bin = 0; STOP SLAVE; RESET SLAVE ALL; DROP TABLE IF EXISTS mysql.cluster_identity;\n'; identity_statements; } |
        scratch_client
    stop_scratch_server
    log "it is the primary's data now; replicas with other data must be seeded again"
}

# As the image's entrypoint does: a server that runs as the mysql user must own its files.
own_files() {
    [[ $(id -u) -ne 0 ]] || find "$VOLUME_DATA" ! -user mysql -exec chown mysql:mysql '{}' +
}

# A replica whose data holds another root password than the Secret (rotated while it was away, or a volume of other scripts) would lock its
# sidecar out, and the new password could never arrive by replication.
admit_root() {
    ! root_password_is_known "$VOLUME_DATA" || return 0
    log "this data may hold another root password than the Secret; setting it"
    own_files
    start_scratch_server "$VOLUME_DATA" --super-read-only=0 --read-only=0
    stop_scratch_server
    note_root_password "$VOLUME_DATA"
}

main() {
    local state
    load_secrets || fail "cannot configure this pod without the Secret's passwords"
    configure
    rm -rf "$STAGING"
    chmod 0755 "$RUN"
    give_to_server "$RUN"
    state=$(data_state "$VOLUME_DATA")
    case $state in
        complete)
            log "the volume holds data; it is kept"
            take_over
            is_primary || admit_root
            note_owner "$VOLUME_DATA"
            ;;
        empty)
            is_primary || return 0
            guard_against_lost_volume
            initialise
            ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; a replica then seeds afresh." ;;
    esac
}

main

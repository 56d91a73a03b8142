#!/usr/bin/env bash
# Part of the sidecar: a loop that compares what the server says with what should be, and closes the difference.
#
# On the primary: the users replication, health and backup have the Secret's passwords and no more rights than they need; root has the
# Secret's password after a rotation. Written only where something differs, so that the binary log holds no noise.
# On a replica: replication is configured from the coordinates of its seeding, once; it is started once a pod's life, after a look at the
# primary. After that the threads belong to the server and to the people who run it: a replica that someone stopped, or whose applier failed,
# is not started again from here (readiness shows it), except to give it a rotated password.
#
# Guarantees: a kill between any two steps is harmless, because replication never runs while coordinates are pending:
#   seed-coordinates          copy is new; threads are stopped       -> CHANGE MASTER (repeatable), then renamed to seed-coordinates.used
#   skip-slave-start.cnf      pod is new; threads are stopped        -> the primary is looked at, then renamed to replication.starting
#   replication.starting      START SLAVE (repeatable), then removed
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/users.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE

PENDING=$DATA/seed-coordinates
HELD=$CONFIGURATION/skip-slave-start.cnf
STARTING=$CONFIGURATION/replication.starting
INTERVAL=${RECONCILE_SECONDS:-2}
declare -A STATUS=()
SINCE=$SECONDS

# tell <word> <sentence>: for readiness and status in the other container, and in the log: once when all is well, else again and again. A file
# older than a few rounds says nothing.
tell() {
    write_file "$CONFIGURATION/replication.state" 0644 < <(TZ=UTC printf '%(%s)T %s %s\n' -1 "$1" "$2")
    if [[ "$1 $2" != "${TOLD:-}" ]]; then
        TOLD="$1 $2"
        SINCE=$SECONDS
    elif [[ $1 == steady ]]; then
        return 0
    fi
    log_wait "$SINCE" "$2"
}

admin() {
    sql root 127.0.0.1 "$@"
}

read_status() {
    local output
    output=$(admin --vertical <<<'SHOW SLAVE STATUS;') || return 1
    read_fields STATUS <<<"$output"
}

threads_run() {
    [[ ${STATUS[Slave_IO_Running]:-No} != No || ${STATUS[Slave_SQL_Running]:-No} != No ]]
}

source_statement() {
    printf "CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%d, MASTER_USER='replication', MASTER_PASSWORD='%s', MASTER_CONNECT_RETRY=5, MASTER_LOG_FILE='%s', MASTER_LOG_POS=%s;\n" \
        "$PRIMARY_HOST" "${MYSQL_PORT:-3306}" "$(secret replication)" "$1" "$2"
}

# A copy of a replica may bring the donor's own replication settings along (they are in tables); they are forgotten first.
apply_coordinates() {
    local -A coordinates=()
    local key value
    while IFS='=' read -r key value; do
        coordinates[$key]=$value
    done <"$PENDING"
    if threads_run; then
        # Only a person can have started them: what runs is not touched.
        [[ ${STATUS[Master_Host]} == "$PRIMARY_HOST" ]] || { tell conflict "replication from ${STATUS[Master_Host]} was started by someone before this copy was configured; stop it"; return 1; }
        log "replication already runs; the coordinates of the seeding are put aside"
    else
        { printf 'STOP SLAVE; RESET SLAVE ALL;\n'; source_statement "${coordinates[file]}" "${coordinates[position]}"; } | admin
        read_status
        if [[ "${STATUS[Relay_Master_Log_File]:-} ${STATUS[Exec_Master_Log_Pos]:-}" != "${coordinates[file]} ${coordinates[position]}" ]]; then
            tell failed "the server did not take the coordinates ${coordinates[file]}:${coordinates[position]}"
            return 1
        fi
        log "configured: follows $PRIMARY_HOST from ${coordinates[file]}:${coordinates[position]}"
    fi
    sync
    mv -T "$PENDING" "$PENDING.used"
    sync
}

# primary_identity: prints "same", "different", "denied" or "unreachable".
primary_identity() {
    local query='SELECT id FROM mysql.cluster_identity;' ours theirs
    ours=$(admin <<<"$query" 2>/dev/null) || ours=""
    if theirs=$(sql replication "$PRIMARY_HOST" <<<"$query" 2>&1); then
        # A cluster adopted from other scripts may have no identity yet.
        [[ -z $ours || $theirs == "$ours" ]] && echo same || echo different
    else
        case $theirs in
            *"ERROR 1045"*) echo denied ;;
            *"ERROR 1142"* | *"ERROR 1146"*) echo same ;;
            *) echo unreachable ;;
        esac
    fi
}

# With the threads stopped: the coordinates stay, the login becomes the Secret's.
refresh_login() {
    printf "STOP SLAVE; CHANGE MASTER TO MASTER_USER='replication', MASTER_PASSWORD='%s';\n" "$(secret replication)" | admin
}

start_threads() {
    admin <<<'START SLAVE;'
    rm -f "$STARTING"
}

release() {
    case $(primary_identity) in
        same)
            [[ -e $STARTING ]] || { refresh_login && mv -T "$HELD" "$STARTING"; }
            start_threads
            tell following "replication from $PRIMARY_HOST is started"
            ;;
        different)
            tell stranger "$PRIMARY_HOST belongs to another cluster (mysql.cluster_identity differs); this replica keeps its data and does not follow it"
            ;;
        denied)
            admin <<<'START SLAVE SQL_THREAD;'
            tell denied "$PRIMARY_HOST refuses the login of the user replication; waiting for the primary's sidecar to set the Secret's password"
            ;;
        unreachable)
            # What is already here can be applied meanwhile.
            admin <<<'START SLAVE SQL_THREAD;'
            tell waiting "waiting for $PRIMARY_HOST to answer"
            ;;
    esac
}

# A rotated password shows itself when the receiver is refused while the Secret's password is good.
renew_login() {
    [[ ${STATUS[Slave_IO_Running]} == Connecting && ${STATUS[Last_IO_Errno]} == 1045 && $(primary_identity) == same ]] || return 0
    log "the primary refuses the old password; taking the Secret's"
    : >"$STARTING"
    refresh_login
    start_threads
}

reconcile_replica() {
    read_status || { tell login "waiting for this pod's server to accept root's login"; return; }
    [[ ! -e $PENDING ]] || apply_coordinates || return 0
    if [[ -z ${STATUS[Master_Host]:-} ]]; then
        tell unconfigured "this server follows nobody, and there are no coordinates to begin from; seed it again"
    elif [[ ${STATUS[Master_Host]} != "$PRIMARY_HOST" ]]; then
        tell conflict "this server follows ${STATUS[Master_Host]}, not $PRIMARY_HOST; that is left as it is"
    elif [[ -e $HELD || -e $STARTING ]]; then
        release
    else
        renew_login
        tell steady "the server replicates on its own account; this part watches"
    fi
}

reconcile_primary() {
    if reconcile_users; then
        tell steady "the users are as they should be"
    else
        tell login "waiting for this pod's server to accept root's login"
    fi
}

main() {
    while true; do
        if is_primary; then
            reconcile_primary
        else
            reconcile_replica || log "this round failed; trying again"
        fi
        sleep "$INTERVAL"
    done
}

main

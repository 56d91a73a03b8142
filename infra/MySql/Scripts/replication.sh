#!/usr/bin/env bash
# Part of the sidecar: a loop that compares what the server says with what should be, and closes the difference.
#
# On the primary: the users replication, health and backup have the Secret's passwords and the rights they need, no more; root has the
# Secret's password after a rotation. Written only where something differs, so that the binary log holds no noise.
# On a replica: replication is configured from the coordinates of its seeding, once; it is started once a pod's life, after a look at the
# primary. From then on the threads belong to the server and to the people who run it: replication that someone stopped, or whose applier failed,
# is not started again from here (readiness shows it), except to give it a rotated password.
#
# Guarantees: a kill between any two steps is harmless, because replication never runs while coordinates are pending, and each
# step can be repeated until the rename that ends it:
#   seed-coordinates (in the data)   the copy is new, the threads are stopped -> CHANGE MASTER, then renamed to seed-coordinates.used
#   skip-slave-start.cnf (in conf.d) the pod is new, the threads are stopped  -> look at the primary, then renamed to replication.starting
#   replication.starting             START SLAVE, then removed
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/users.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE

PENDING=$DATA/seed-coordinates
HELD=$CONFIGURATION/skip-slave-start.cnf
STARTING=$CONFIGURATION/replication.starting
STATE=$CONFIGURATION/replication.state
LAST_ROOT=$CONFIGURATION/root-password.last
INTERVAL=${RECONCILE_SECONDS:-2}
TOLD=""
USERS_ERROR=""
ROUND=0

# tell <word> <sentence>: for readiness and status, which run in another container (a state older than a few rounds counts for nothing
# there), and for the log: once when all is well, else again and again.
tell() {
    TZ=UTC printf '%(%s)T %s %s\n' -1 "$1" "$2" | write_file "$STATE" 0644 || return 1
    [[ $1 == steady && "$1 $2" == "$TOLD" ]] || log_wait "$2"
    TOLD="$1 $2"
}

admin() {
    sql root 127.0.0.1 "$@"
}

# read_status: FIELD holds SHOW SLAVE STATUS.
read_status() {
    local output
    output=$(admin --vertical <<<'SHOW SLAVE STATUS;' 2>&1) || { LOGIN_ERROR=${output##*$'\n'}; return 1; }
    read_fields <<<"$output"
}

# log_in: reads the status as root. A rotated password reaches a replica by replication, and replication may need this very script to get on (with
# the rotated password of its own): until then root's last password opens the door. It is kept in memory only.
log_in() {
    if read_status; then
        [[ -e $LAST_ROOT && $(<"$LAST_ROOT") == "${PASSWORD[root]}" ]] || write_file "$LAST_ROOT" 0600 <<<"${PASSWORD[root]}"
        return
    fi
    [[ $LOGIN_ERROR == *"ERROR 1045"* && -e $LAST_ROOT ]] || return 1
    PASSWORD[root]=$(<"$LAST_ROOT")
    read_status
}

threads_run() {
    [[ ${FIELD[Slave_IO_Running]:-No} != No || ${FIELD[Slave_SQL_Running]:-No} != No ]]
}

# How to log in and to stay connected; the heartbeat must come more often than slave_net_timeout.
login_clause() {
    printf "MASTER_USER='replication', MASTER_PASSWORD='%s', MASTER_CONNECT_RETRY=5, MASTER_HEARTBEAT_PERIOD=5" "${PASSWORD[replication]}"
}

# configure_statements: COORDINATES as SQL. A copy of a replica may bring the donor's own replication settings along (they are in
# tables); they are forgotten first. The second form is for MariaDB, the only server with such coordinates; its copies hold the GTID position itself.
configure_statements() {
    local source
    source="MASTER_HOST='$PRIMARY_HOST', MASTER_PORT=${MYSQL_PORT:-3306}, $(login_clause)"
    printf 'STOP SLAVE;\nRESET SLAVE ALL;\n'
    if [[ -n ${COORDINATES[file]:-} ]]; then
        printf "CHANGE MASTER TO %s, MASTER_LOG_FILE='%s', MASTER_LOG_POS=%s;\n" "$source" "${COORDINATES[file]}" "${COORDINATES[position]}"
    else
        printf 'CHANGE MASTER TO %s, MASTER_USE_GTID=slave_pos;\n' "$source"
    fi
}

configured_as_noted() {
    [[ ${FIELD[Master_Host]:-} == "$PRIMARY_HOST" ]] || return 1
    if [[ -n ${COORDINATES[file]:-} ]]; then
        [[ "${FIELD[Relay_Master_Log_File]} ${FIELD[Exec_Master_Log_Pos]}" == "${COORDINATES[file]} ${COORDINATES[position]}" ]]
    else
        [[ ${FIELD[Using_Gtid]:-} == Slave_Pos && $(admin <<<'SELECT @@global.gtid_slave_pos;') == "${COORDINATES[gtid_slave_pos]}" ]]
    fi
}

# configure: the coordinates of the seeding become the server's. Ends with the rename that says so.
configure() {
    local key value answer
    declare -gA COORDINATES=()
    while IFS='=' read -r key value; do
        [[ -z $key ]] || COORDINATES[$key]=$value
    done <"$PENDING"
    if threads_run; then
        # Only a person can have started them: what runs is not touched.
        [[ ${FIELD[Master_Host]} == "$PRIMARY_HOST" ]] ||
            { tell conflict "someone started replication from ${FIELD[Master_Host]} before this copy was configured; stop it"; return 1; }
        log "replication already runs; the coordinates of the seeding are put aside"
    else
        if ! { answer=$(configure_statements | admin 2>&1) && read_status && configured_as_noted; }; then
            tell failed "the server did not take the coordinates in $PENDING: ${answer##*$'\n'}"
            return 1
        fi
        log "configured: follows $PRIMARY_HOST from ${COORDINATES[file]:-GTID} ${COORDINATES[position]:-${COORDINATES[gtid_slave_pos]:-}}"
    fi
    sync && mv -T "$PENDING" "$PENDING.used" && sync
}

# look_at_primary: prints same, different, twin, denied or unreachable. The identity is made with the cluster's first data; where a cluster is
# adopted from other scripts the primary's sidecar makes it, and a replica has none yet (error 1146). MariaDB has no server_uuid and skips the comment.
look_at_primary() {
    local question="SELECT 'uuid' /*!50700 , @@global.server_uuid */; SELECT id FROM mysql.cluster_identity;" ours theirs
    ours=$(admin <<<"$question" 2>&1) || [[ $ours == *"ERROR 1146"* ]] || { echo unreachable; return; }
    if ! theirs=$(sql replication "$PRIMARY_HOST" <<<"$question" 2>&1); then
        case $theirs in
            *"ERROR 1045"* | *"ERROR 1142"* | *"ERROR 1146"*) echo denied ;;
            *) echo unreachable ;;
        esac
    elif [[ ${ours%%$'\n'*} == uuid$'\t'* && ${ours%%$'\n'*} == "${theirs%%$'\n'*}" ]]; then
        echo twin
    elif [[ $ours == *"ERROR 1146"* || ${ours##*$'\n'} == "${theirs##*$'\n'}" ]]; then
        echo same
    else
        echo different
    fi
}

# Stops the threads; the coordinates stay, the login becomes the Secret's.
refresh_login() {
    admin <<<"STOP SLAVE; CHANGE MASTER TO $(login_clause);"
}

start_threads() {
    admin <<<'START SLAVE;' && rm -f "$STARTING"
}

# release: the threads are started, once a pod's life.
release() {
    if [[ -e $STARTING ]]; then
        refresh_login && start_threads && tell following "started replication from $PRIMARY_HOST"
        return
    fi
    case $(look_at_primary) in
        same)
            # The server no longer keeps the threads stopped at its own restarts; from here on START SLAVE is repeated until it has worked.
            mv -T "$HELD" "$STARTING" && refresh_login && start_threads && tell following "started replication from $PRIMARY_HOST"
            ;;
        different)
            tell stranger "$PRIMARY_HOST holds other data than this replica was seeded from (mysql.cluster_identity differs); this replica keeps its data and does not follow it. If the primary is right, $HOW_TO_RESEED"
            ;;
        twin)
            tell twin "this server has the same uuid as $PRIMARY_HOST; remove auto.cnf from its data directory and restart the pod"
            ;;
        denied)
            apply_what_is_here && tell denied "$PRIMARY_HOST does not let the user replication in, or not read mysql.cluster_identity; its sidecar will set that right"
            ;;
        unreachable)
            apply_what_is_here && tell waiting "waiting for $PRIMARY_HOST to answer"
            ;;
    esac
}

# While the primary cannot be asked, what was received from it before can be applied.
apply_what_is_here() {
    [[ ${FIELD[Slave_SQL_Running]} == Yes || ${FIELD[Last_SQL_Errno]} != 0 ]] || admin <<<'START SLAVE SQL_THREAD;'
}

# A rotated password shows when the receiver is refused and the Secret's password is good. An applier that someone stopped stays so.
renew_login() {
    [[ ${FIELD[Slave_SQL_Running]} == Yes && ${FIELD[Slave_IO_Running]} == Connecting && ${FIELD[Last_IO_Errno]} == 1045 && $(look_at_primary) == same ]] || return 0
    log "the primary refuses the old password; taking the Secret's"
    : >"$STARTING" && refresh_login && start_threads
}

# The receiver connects again on its own account. If the primary's name ever leads to other data, replication is held back as in a new pod.
leave_stranger() {
    [[ $((ROUND % 15)) -eq 0 && ${FIELD[Slave_IO_Running]} != No && $(look_at_primary) == different ]] || return 0
    write_file "$HELD" 0644 <<<"[mysqld]"$'\n'"skip-slave-start" && admin <<<'STOP SLAVE;'
}

reconcile_replica() {
    if ! log_in; then
        tell login "waiting for this pod's server to let root in: $LOGIN_ERROR"
        return
    fi
    root_password_is_known "$DATA" || note_root_password "$DATA" || return 1
    [[ ! -e $PENDING ]] || configure || return 1
    if [[ -z ${FIELD[Master_Host]:-} ]]; then
        tell unconfigured "this server follows nobody and has no coordinates to begin from; $HOW_TO_RESEED"
    elif [[ ${FIELD[Master_Host]} != "$PRIMARY_HOST" ]]; then
        tell conflict "this server follows ${FIELD[Master_Host]}, not $PRIMARY_HOST; that is left as it is"
    elif [[ -e $HELD || -e $STARTING ]]; then
        release
    else
        renew_login && leave_stranger && tell steady "replication is in the server's own hands"
    fi
}

reconcile_primary() {
    if reconcile_users; then
        tell steady "the users are as they should be"
    else
        tell login "waiting for this pod's server to let root in: $USERS_ERROR"
    fi
}

main() {
    while true; do
        ROUND=$((ROUND + 1))
        if ! load_secrets; then
            tell secrets "the Secret's passwords cannot be read" || true
        elif is_primary; then
            reconcile_primary || log "this round did not end; the next follows"
        else
            reconcile_replica || log "this round did not end; the next follows"
        fi
        sleep "$INTERVAL"
    done
}

main

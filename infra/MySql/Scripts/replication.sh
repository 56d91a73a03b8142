#!/usr/bin/env bash
# Part of the sidecar: a loop that compares what the server says with what should be, and closes the difference.
#
# On the primary: the users replication, health and backup, and metrics where there is an exporter, have the Secret's passwords and the rights they need, no more; root has the
# Secret's password after a rotation, and logs in from where it is to; what events a person disabled is noted. Written only where something differs, so that the binary log holds no noise.
# On a replica: replication is configured, from what its seeding left (following.sh); it is started once a pod's life, after a look at the
# primary. From then on the threads belong to the server and to the people who run it: replication that someone stopped, or whose applier failed,
# is not started again from here (readiness shows it), except to give it a rotated password.
#
# Guarantees: a kill between any two steps is harmless, because each step can be repeated until the one that ends it:
#   hold-replication.cnf (in conf.d) the pod is new, the threads are stopped -> look at the primary, then renamed to replication.starting
#   replication.starting             the threads are started, then removed
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/users.sh"
. "${BASH_SOURCE%/*}/root-hosts.sh"
. "${BASH_SOURCE%/*}/peers.sh"
. "${BASH_SOURCE%/*}/events.sh"
. "${BASH_SOURCE%/*}/exporter.sh"
. "${BASH_SOURCE%/*}/tls.sh"
. "${BASH_SOURCE%/*}/source.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE

STARTING=$CONFIGURATION/replication.starting
STATE=$CONFIGURATION/replication.state
INTERVAL=2
# The primary is looked at again in every fifth round.
WATCH_ROUNDS=5
# What events a person disabled, and the like, is looked up by time: a round of a server that is short of it takes long.
NOTE_SECONDS=30
NOTE_DUE=$NOTE_SECONDS
TOLD=""
USERS_ERROR=""
# The root password that the note in the data is about, in memory: to look costs some processes.
NOTED=""
ROUND=0
# How far the primary was when it was first asked; see arrive.
TARGET=""
# What the last look at the primary showed; errant transactions are those that only this replica has.
SEEN=""
ERRANT=""
# The password that the receiver was last told, in memory only.
LOGIN_TOLD=""
# Why the primary's certificate could not be verified.
IMPOSTURE=""
# shellcheck source=Clone/seeding.sh
. "${BASH_SOURCE%/*}/seeding.sh"
# shellcheck source=Clone/following.sh
. "${BASH_SOURCE%/*}/following.sh"

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

# read_status: FIELD holds the status of replication.
read_status() {
    local output
    output=$(admin --vertical <<<"$SHOW_REPLICA_STATUS" 2>&1) || { LOGIN_ERROR=${output##*$'\n'}; return 1; }
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
    [[ ${FIELD[Replica_IO_Running]:-No} != No || ${FIELD[Replica_SQL_Running]:-No} != No ]]
}

# look_at_primary: SEEN becomes same, different, twin, denied, impostor or unreachable, or what compare_histories makes of a primary that is the same. The
# identity is made with the cluster's first data; where a cluster is adopted from other scripts the primary's sidecar makes it, and a replica
# has none yet (error 1146). MariaDB has no server_uuid and skips the comment.
look_at_primary() {
    local question="SELECT 'uuid' /*!50700 , @@global.server_uuid */; $HISTORY SELECT id FROM mysql.cluster_identity;" ours theirs
    SEEN=unreachable
    # This server is asked first: what it has from the primary, the primary then has, too.
    ours=$(admin <<<"$question" 2>&1) || [[ $ours == *"ERROR 1146"* ]] || return 0
    if ! theirs=$(sql replication "$PRIMARY_HOST" <<<"$question" 2>&1); then
        case $theirs in
            *"ERROR 1045"* | *"ERROR 1142"* | *"ERROR 1146"*) SEEN=denied ;;
            *"ERROR 2026"*)
                ! has_tls || SEEN=impostor
                IMPOSTURE=${theirs##*$'\n'}
                ;;
        esac
    elif [[ ${ours%%$'\n'*} == uuid$'\t'* && ${ours%%$'\n'*} == "${theirs%%$'\n'*}" ]]; then
        SEEN=twin
    elif [[ $ours == *"ERROR 1146"* || ${ours##*$'\n'} == "${theirs##*$'\n'}" ]]; then
        SEEN=same
        compare_histories "$ours" "$theirs" || SEEN=unreachable
    else
        SEEN=different
    fi
}

# Stops the receiver; the place stays, the login becomes the Secret's, and the primary is called by its name of now. The applier runs on where the server
# allows that: with both threads stopped what was received and not yet applied would be dropped, and fetched again.
refresh_login() {
    local host=""
    [[ ${FIELD[Source_Host]} == "$PRIMARY_HOST" ]] || host=$(host_clause "$PRIMARY_HOST")
    admin <<<"$STOP_RECEIVER $(change_source "$host$(login_clause)")"
}

start_threads() {
    admin <<<"$START_REPLICA" && rm -f "$STARTING"
}

# receives <ordinal>: that replica has a connection to the primary.
receives() {
    local -A FIELD=()
    local SQL_SECONDS=5
    read_fields < <(sql backup "$(peer_host "$1")" --vertical <<<"$SHOW_REPLICA_STATUS" 2>/dev/null)
    [[ ${FIELD[Replica_IO_Running]:-} == Yes ]] && same_peer "${FIELD[Source_Host]:-}" "$PRIMARY_HOST"
}

# is_away <error>: the primary is, and not this pod cut off from it. One that has no connection left (1040, 1203), lets nobody in yet (1045) or cannot be verified
# (2026) is not away; nor is one whose other replicas receive from it, or whom a pod does not find that does not find itself.
is_away() {
    local ordinal
    [[ ! $1 =~ ERROR\ (1040|1203|1045|2026) ]] || return 1
    if ! is_listed; then
        log_wait "the name $HEADLESS_SERVICE does not list this pod: that $PRIMARY_HOST does not answer says nothing of it"
        return 1
    fi
    for ordinal in $(other_ordinals); do
        if ((ordinal > 0)) && receives "$ordinal"; then
            log_wait "$PRIMARY_HOST does not answer this pod, and $(peer_host "$ordinal") receives from it"
            return 1
        fi
    done
}

# has_caught_up: this replica has what the primary had when it was first asked; while the primary is away, all that was received from it. What a primary said
# counts only as long as the receiver stays with it: the next one may never have had that.
has_caught_up() {
    local said
    if [[ -z $TARGET || ${FIELD[Replica_IO_Running]} != Yes ]]; then
        TARGET=""
        if said=$(primary_place); then
            TARGET=$said
        elif ! is_away "$said"; then
            return 1
        fi
    fi
    if [[ -n $TARGET ]]; then reaches "$TARGET"; else whole_transactions_are_applied; fi
}

# arrive: once a pod's life.
arrive() {
    [[ ! -e $BEHIND ]] || ! has_caught_up || rm -f "$BEHIND"
}

begin_following() {
    keep_received || return 0
    refresh_login && start_threads && tell following "started replication from $PRIMARY_HOST" && read_status && arrive
}

# release: the threads are started, once a pod's life.
release() {
    if [[ -e $STARTING ]]; then
        begin_following
        return
    fi
    look_at_primary
    case $SEEN in
        same | errant)
            # The server no longer keeps the threads stopped at its own restarts; from here on they are started again until that has worked.
            mv -T "$HELD" "$STARTING" || return 1
            begin_following
            ;;
        purged)
            catch_up
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
        impostor)
            apply_what_is_here && tell impostor "$PRIMARY_HOST shows no certificate that ca.crt verifies for this name, and is not followed: $IMPOSTURE. Where the primary is still of before there were certificates, it has to be made anew: without update.partition and update.primary, kubectl delete pod ${PRIMARY_HOST%%.*}"
            ;;
        unreachable)
            apply_what_is_here && arrive && tell waiting "waiting for $PRIMARY_HOST to answer"
            ;;
    esac
}

# While the primary cannot be asked, what was received from it before can be applied.
apply_what_is_here() {
    local said
    [[ ${FIELD[Replica_SQL_Running]} != Yes && ${FIELD[Last_SQL_Errno]} == 0 ]] || return 0
    said=$(admin <<<"$START_APPLIER" 2>&1) || { tell torn "the applier cannot be started: ${said##*$'\n'}. If that stays so, $HOW_TO_RESEED"; return 1; }
}

# A receiver that is connected is told a rotated password while the old one is still taken; else the primary's next restart would refuse all replicas at once.
# Of a rotation before this sidecar began it is seen by the refusal. An applier that someone stopped stays so.
renew_login() {
    [[ ${FIELD[Replica_SQL_Running]} == Yes && ${FIELD[Replica_IO_Running]} != No ]] || return 0
    if [[ ${FIELD[Replica_IO_Running]} == Connecting && ${FIELD[Last_IO_Errno]} == 1045 ]]; then
        LOGIN_TOLD=""
    elif [[ ${LOGIN_TOLD:=${PASSWORD[replication]}} == "${PASSWORD[replication]}" ]]; then
        return 0
    fi
    look_at_primary
    [[ $SEEN == same || $SEEN == errant ]] || return 0
    log "the password has changed; taking the Secret's"
    : >"$STARTING" && refresh_login && start_threads && LOGIN_TOLD=${PASSWORD[replication]}
}

# begin_to_verify: once the primary was made anew, with a certificate; from then on data of before there were any are held to it, too. A receiver that was told
# nothing of certificates connects again.
begin_to_verify() {
    verify_as_soon_as_possible
    verifies && [[ ${FIELD[Source_SSL_Verify_Server_Cert]:-} == No && ${FIELD[Replica_SQL_Running]} == Yes && ${FIELD[Replica_IO_Running]} != No ]] || return 0
    : >"$STARTING" && refresh_login && start_threads
}

verify_as_soon_as_possible() {
    has_tls && [[ -e $UNVERIFIED && $((ROUND % WATCH_ROUNDS)) -eq 0 ]] || return 0
    VERIFY=yes sql replication "$PRIMARY_HOST" <<<'SELECT 1;' >/dev/null 2>&1 || return 0
    note_verified "$DATA" && rm -f "$UNVERIFIED" && log "$PRIMARY_HOST has a certificate that was verified; from now on it has to have one"
}

# The receiver connects again on its own account. If the primary's name ever leads to other data, or to data that this replica cannot
# follow on, replication is held back as in a new pod.
watch_primary() {
    [[ $((ROUND % WATCH_ROUNDS)) -eq 0 ]] || return 0
    [[ ${FIELD[Replica_IO_Running]} != No || ${FIELD[Last_IO_Errno]} != 0 ]] || return 0
    look_at_primary
    case $SEEN in
        different) hold_replication && admin <<<"$STOP_REPLICA" ;;
        purged) [[ ${FIELD[Replica_IO_Running]} != No ]] || hold_replication ;;
    esac
}

tell_steady() {
    if [[ -n $ERRANT ]]; then
        tell errant "this replica has transactions that $PRIMARY_HOST does not have: $ERRANT. Somebody wrote here, or the primary lost them. No other server gets them. To give them up, $HOW_TO_RESEED"
    elif [[ -e $BEHIND ]]; then
        tell arriving "$NOT_CAUGHT_UP"
    else
        tell steady "replication is in the server's own hands"
    fi
}

reconcile_replica() {
    if ! log_in; then
        tell login "waiting for this pod's server to let root in: $LOGIN_ERROR"
        return
    fi
    if [[ $NOTED != "${PASSWORD[root]}" ]]; then
        root_password_is_known "$DATA" || note_root_password "$DATA" || return 1
        NOTED=${PASSWORD[root]}
    fi
    ensure_source || return 0
    if [[ -z ${FIELD[Source_Host]:-} ]]; then
        tell unconfigured "this server follows nobody and has no coordinates to begin from; $HOW_TO_RESEED"
    elif ! same_peer "${FIELD[Source_Host]}" "$PRIMARY_HOST"; then
        tell conflict "this server follows ${FIELD[Source_Host]}, not $PRIMARY_HOST; that is left as it is"
    elif [[ -e $HELD || -e $STARTING ]]; then
        release
    else
        mend_relay_log || return 0
        renew_login && begin_to_verify && watch_primary && arrive && tell_steady
    fi
}

# do_now_and_then: neither keeps the other from being done.
do_now_and_then() {
    local code=0
    ((SECONDS >= NOTE_DUE)) || return 0
    NOTE_DUE=$((SECONDS + NOTE_SECONDS))
    discard_old_passwords || code=1
    keep_root_hosts || code=1
    note_disabled_events || code=1
    return "$code"
}

reconcile_primary() {
    if reconcile_users; then
        do_now_and_then && tell steady "${ROOT_STAYS:-the users are as they should be}"
    elif [[ -n $REFUSED ]]; then
        do_now_and_then && tell refused "$USERS_ERROR"
    else
        tell login "waiting for this pod's server to let root in: $USERS_ERROR"
    fi
}

# until_next_round: a server that is only just starting is met as soon as it listens.
until_next_round() {
    local looks
    if [[ $TOLD != "login "*"ERROR 2003"* ]]; then
        sleep "$INTERVAL"
        return
    fi
    for ((looks = 0; looks < 5 * INTERVAL; looks++)); do
        sleep 0.2
        ! { : <"/dev/tcp/127.0.0.1/$LOCAL_PORT"; } 2>/dev/null || return 0
    done
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
        keep_certificate || true
        keep_exporter || true
        until_next_round
    done
}

main

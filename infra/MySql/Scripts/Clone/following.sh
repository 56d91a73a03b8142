# shellcheck shell=bash
# Sourced by replication.sh: where a replica begins to follow, by global transaction identifiers (GTIDs). The server itself knows which transactions
# it has, so that nothing is remembered here and following anyone is a matter of that server's name.
#
# A replica may lack transactions that the primary no longer has in its binary logs: it was away for long, or the primary was seeded from
# a more advanced replica. Other replicas may still have them; this one then follows such a peer until it has them, and the primary again.

# What look_at_primary asks besides.
HISTORY="SELECT CONCAT('history ', REPLACE(@@global.gtid_executed, CHAR(10), ''), '|', REPLACE(@@global.gtid_purged, CHAR(10), ''));"
# With semi-synchronous replication a replica has a transaction some seconds before the primary says that it has it.
COMMIT_SECONDS=11
MISSING=""

# histories <answer> <answer>: EXECUTED and PURGED of both answers.
histories() {
    [[ $1 =~ history\ ([^|]*)\|([^$'\n']*) ]] || return 1
    EXECUTED=("${BASH_REMATCH[1]}")
    PURGED=("${BASH_REMATCH[2]}")
    [[ $2 =~ history\ ([^|]*)\|([^$'\n']*) ]] || return 1
    EXECUTED+=("${BASH_REMATCH[1]}")
    PURGED+=("${BASH_REMATCH[2]}")
}

# confirm_errant <GTID set>: ERRANT becomes what of it the primary does not have after all. Asked once for the same ones.
confirm_errant() {
    local errant=$1 timed_out
    if [[ -n $errant && $errant != "$ERRANT" ]]; then
        timed_out=$(sql replication "$PRIMARY_HOST" <<<"SELECT WAIT_FOR_EXECUTED_GTID_SET('$errant', $COMMIT_SECONDS);") || return 1
        [[ $timed_out != 0 ]] || errant=""
    fi
    ERRANT=$errant
}

# compare_histories <this server's answer> <the primary's>: SEEN becomes purged if the primary's logs no longer have what this replica lacks,
# errant if only this replica has some transactions. What was known of both stays until there is a whole answer.
compare_histories() {
    local differences='|'
    histories "$1" "$2" || return 1
    if [[ ${EXECUTED[0]} != "${EXECUTED[1]}" ]]; then
        differences=$(admin <<<"SELECT CONCAT(GTID_SUBTRACT('${EXECUTED[0]}', '${EXECUTED[1]}'), '|', GTID_SUBTRACT('${PURGED[1]}', '${EXECUTED[0]}'));") || return 1
    fi
    confirm_errant "${differences%%|*}" || return 1
    MISSING=${differences#*|}
    if [[ -n $MISSING ]]; then
        SEEN=purged
    elif [[ -n $ERRANT ]]; then
        SEEN=errant
    fi
}

# primary_place: prints what the primary has, or false and why it cannot be asked.
primary_place() {
    sql replication "$PRIMARY_HOST" <<<"SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');" 2>&1
}

# reaches <what the primary had>: this replica has it, or will within a second.
reaches() {
    [[ $(admin <<<"SELECT WAIT_FOR_EXECUTED_GTID_SET('$1', 1);") == 0 ]]
}

# follow <host>: from the next transaction that this server lacks. The threads are stopped.
follow() {
    admin <<<"$STOP_REPLICA $(change_source "$(source_clause "$1"), SOURCE_AUTO_POSITION=1")" && read_status
}

# primary_has_received: the primary has all that this replica received.
primary_has_received() {
    [[ $(sql replication "$PRIMARY_HOST" <<<"$(has_received)" 2>/dev/null) == 1 ]]
}

# keep_received: what was received and not yet applied outlives a change of the source only while the applier runs. A client may have heard that it is safe.
# False, and told, where it would be lost.
keep_received() {
    apply_what_is_here && read_status || return 1
    [[ ${FIELD[Replica_SQL_Running]} != Yes || ${FIELD[Last_SQL_Errno]} != 0 ]] || return 0
    [[ -n ${FIELD[Retrieved_Gtid_Set]:-} ]] && ! primary_has_received || return 0
    tell torn "the applier failed (error ${FIELD[Last_SQL_Errno]}: ${FIELD[Last_SQL_Error]:-}), and $PRIMARY_HOST does not say that it has all that was received here; that is kept. To give it up, $HOW_TO_RESEED"
    return 1
}

relay_log_is_torn() {
    [[ ${FIELD[Last_SQL_Errno]} == 1594 || ${FIELD[Last_SQL_Errno]} == 13121 ]]
}

# mend_relay_log: false if this round should end. A relay log that a crash has torn cannot be applied any further. It is dropped, and fetched again, only
# while the primary answers and has all that it held.
mend_relay_log() {
    relay_log_is_torn || return 0
    look_at_primary
    case $SEEN in
        same | errant | purged)
            if primary_has_received; then
                # Where its logs no longer go back that far, the receiver says so, and another replica may have it.
                log "the relay log cannot be read (error ${FIELD[Last_SQL_Errno]}); $PRIMARY_HOST has all that it held, and it is fetched again"
                ! follow "$PRIMARY_HOST" || admin <<<"$START_REPLICA" || true
            else
                tell torn "the relay log cannot be read (error ${FIELD[Last_SQL_Errno]}), and $PRIMARY_HOST does not have all that it held; it is kept. To give that up, $HOW_TO_RESEED"
            fi
            return 1
            ;;
        different | twin) return 0 ;;
        *)
            tell torn "the relay log cannot be read (error ${FIELD[Last_SQL_Errno]}); it is kept until $PRIMARY_HOST answers and has what it held"
            return 1
            ;;
    esac
}

follows_a_peer() {
    [[ ${FIELD[Source_Host]} =~ ^"$POD_BASE"-[0-9]+\.(.+)$ ]] && same_peer "${BASH_REMATCH[1]}" "$HEADLESS_SERVICE" && ! same_peer "${FIELD[Source_Host]}" "$PRIMARY_HOST"
}

# has_what_is_missing <host>: that peer belongs to this cluster, has nothing that the primary lacks, and its logs go back far enough.
has_what_is_missing() {
    local answer differences
    answer=$(sql replication "$1" <<<"$HISTORY SELECT id FROM mysql.cluster_identity;" 2>/dev/null) || return 1
    [[ ${answer##*$'\n'} == "$(admin <<<'SELECT id FROM mysql.cluster_identity;')" ]] && histories "history ${EXECUTED[0]}|${PURGED[0]}" "$answer" || return 1
    differences=$(sql replication "$PRIMARY_HOST" <<<"SELECT CONCAT(GTID_SUBTRACT('${EXECUTED[1]}', @@global.gtid_executed), GTID_SUBTRACT('$MISSING', '${EXECUTED[1]}'), GTID_SUBTRACT('${PURGED[1]}', '${EXECUTED[0]}'), '|');") || return 1
    [[ $differences == '|' ]]
}

# catch_up: replication is held back; the primary's logs no longer have what is missing.
catch_up() {
    local i host
    if [[ $(admin <<<"$(has_received)") != 1 ]] && ! { relay_log_is_torn && primary_has_received; }; then
        apply_what_is_here && tell catching-up "what was received is applied before anything is fetched from another replica${FIELD[Last_SQL_Error]:+; the applier failed: ${FIELD[Last_SQL_Error]}. To give that up, $HOW_TO_RESEED}"
        return
    fi
    for i in $(other_ordinals); do
        host=$(peer_host "$i")
        if [[ $host == "$PRIMARY_HOST" ]] || ! has_what_is_missing "$host"; then
            continue
        fi
        follow "$host" && admin <<<"$START_REPLICA" && tell catching-up "$PRIMARY_HOST no longer has the binary logs with $MISSING; fetching that from $host"
        return
    done
    apply_what_is_here && tell purged "$PRIMARY_HOST no longer has the binary logs with what this replica lacks ($MISSING), nor has any other replica, so it can never catch up; $HOW_TO_RESEED"
}

# peer_delivers: a receiver that cannot connect goes on trying for ever, and another peer may do.
peer_delivers() {
    [[ ${FIELD[Replica_SQL_Running]} == Yes ]] || return 1
    [[ ${FIELD[Replica_IO_Running]} == Yes || (${FIELD[Replica_IO_Running]} == Connecting && ${FIELD[Last_IO_Errno]} == 0) ]]
}

# keep_catching_up: false while the peer is followed. When all is there, when the peer fails, or after a restart of pod or server, the
# primary is taken again, with the threads stopped: release looks further.
keep_catching_up() {
    look_at_primary
    case $SEEN in
        purged)
            if [[ ${FIELD[Last_SQL_Errno]} != 0 ]]; then
                tell catching-up "the applier failed while fetching from ${FIELD[Source_Host]}: error ${FIELD[Last_SQL_Errno]}: ${FIELD[Last_SQL_Error]}"
                return 1
            elif peer_delivers; then
                tell catching-up "fetching from ${FIELD[Source_Host]} what $PRIMARY_HOST no longer has in its binary logs ($MISSING)"
                return 1
            fi
            ;;
        unreachable | denied | impostor)
            if threads_run; then
                tell catching-up "following ${FIELD[Source_Host]} until $PRIMARY_HOST answers"
                return 1
            fi
            ;;
    esac
    follow "$PRIMARY_HOST" && log "follows $PRIMARY_HOST again"
}

# ensure_source: false if this round should end. Only a replica whose threads are stopped is told whom to follow.
ensure_source() {
    if [[ -z ${FIELD[Source_Host]:-} ]]; then
        follow "$PRIMARY_HOST" || { tell failed "the server cannot be told to follow $PRIMARY_HOST"; return 1; }
        log "configured: follows $PRIMARY_HOST"
    elif [[ -e $HELD ]] && follows_a_peer; then
        keep_catching_up
    fi
}

#!/usr/bin/env bash
# The archive: what is written between backups goes into their store, every ARCHIVE_SECONDS. A server that nobody reaches receives the primary's transactions as a
# replica does, and applies none of them; of the logs that it has received, each that is closed is packed, kept in the store, and removed here.
#
# Guarantees: nothing is kept here that the store and the primary do not have; after a kill at any instant it goes on from what the store has. A log counts only
# with its info, which is written after it. What is missing between two logs, as the primary's own logs no longer had it, is told by their sets of transactions.

# This pod belongs to the set of no server. To the scripts it is a member that nobody else will ever be.
HOSTNAME=${PRIMARY_HOST%%-0.*}-9998
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE SERVER_ID_BASE ARCHIVE_SECONDS
# shellcheck source=../root-password.sh
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=../scratch-server.sh
. "${BASH_SOURCE%/*}/scratch-server.sh"
# shellcheck source=../transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=../source.sh
. "${BASH_SOURCE%/*}/source.sh"
# shellcheck source=store.sh
. "${BASH_SOURCE%/*}/store.sh"
# shellcheck source=archive.sh
. "${BASH_SOURCE%/*}/archive.sh"
# shellcheck source=logs.sh
. "${BASH_SOURCE%/*}/logs.sh"

ROLE_CONFIG=$(role_config)
RECEIVER=$VOLUME/staging-receiver
RELAY=$VOLUME/staging-relay
OUTGOING=$VOLUME/staging-packed
ARCHIVED=${TMPDIR:-/tmp}/archived
# A log is closed at this size, too, so that a restore need not read a long one for a short stretch of it.
LOG_SIZE=64M
# Kept free for the packed form of a log, however full the volume is: a backlog may be more than it holds.
RESERVE=$VOLUME/staging-reserve
RESERVED=96M
# Everything that is asked of a server here is answered at once, if ever.
LIMIT=60
# For how long what the primary has may take to come here, in seconds, before that is told.
RECEIVE_SECONDS=${RECEIVE_SECONDS:-30}

declare -A PRIMARY=()
IDENTITY=""
# The number of the last log, the transactions that the archive has, when the last of them was committed, and what lost primaries took along.
NUMBER=0
AFTER=""
LAST=""
LOST=""
# What was never archived, as the primary's logs no longer had it, until a good backup has it.
GAP=""
# How many lines of the index of relay logs are of those that are removed.
REMOVED=0
# The transactions with which the receiver began: of all others it knows itself.
BASE=""
TOLD_PASSWORD=""

finish() {
    end_scratch_server
    rm -rf "$WORK" "$STORE_REPORT" "$WORDS" "$RECEIVER" "$RELAY" "$OUTGOING" "$RESERVE" "$ARCHIVED"
}
trap finish EXIT
trap 'exit 143' TERM INT

# ask_primary: PRIMARY becomes its time, and after that its transactions and those that its logs no longer have, and whose data it holds.
ask_primary() {
    local answer key value
    answer=$(sql replication "$PRIMARY_HOST" 2>&1 <<'SQL'
SELECT CONCAT('at ', DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ'));
SELECT CONCAT('executed ', REPLACE(@@global.gtid_executed, CHAR(10), '')), CONCAT('purged ', REPLACE(@@global.gtid_purged, CHAR(10), '')), CONCAT('server ', VERSION());
SELECT CONCAT('uuid ', @@global.server_uuid), CONCAT('identity ', id) FROM mysql.cluster_identity;
SQL
    ) || { log_wait "$PRIMARY_HOST does not answer: ${answer##*$'\n'}"; return 1; }
    PRIMARY=()
    while read -r key value; do
        PRIMARY[$key]=$value
    done <<<"${answer//$'\t'/$'\n'}"
    [[ -n ${PRIMARY[identity]:-} ]]
}

# last_log: NUMBER, AFTER, LAST and LOST become those of the newest log, where there is one, and GAP what the store says. False where the store does not say.
last_log() {
    local names name
    names=$(store_list "logs/$IDENTITY") || return 1
    NUMBER=0
    AFTER=""
    LAST=""
    LOST=""
    read_gap "$IDENTITY" "$names" || return 1
    names=$(logs_among "$names")
    [[ -n $names ]] || return 0
    name=${names##*$'\n'}
    store_get "logs/$IDENTITY/$name.info" "$WORK/info" || return 1
    read_info "$WORK/info" || fail "the info of the log $name in $STORE is damaged: what the archive has is not known. Way out: move logs/$IDENTITY of $STORE_SYSTEM to another place; the archive then begins anew"
    NUMBER=$((10#${name%%-*}))
    AFTER=${LOG[after]}
    LAST=${LOG[last]}
    LOST=${LOG[lost]}
}

# find_backup_with <set>: BACKUP becomes the newest good backup of this cluster's data that has all of that, and MANIFEST what it is; or BACKUP is nothing. False where
# the store does not say.
find_backup_with() {
    local ids
    ids=$(backup_ids) || return 1
    for BACKUP in $(tac <<<"$ids"); do
        look_at "$BACKUP" || return 1
        [[ $STATE != good || ${MANIFEST[identity]} != "$IDENTITY" ]] || ! is_subset "$1" "${MANIFEST[executed]}" || return 0
    done
    BACKUP=""
}

# first_base: prints from where an archive that has nothing yet begins: the newest good backup, where the primary's logs go back so far, or now.
first_base() {
    find_backup_with "${PRIMARY[purged]}" || return 1
    if [[ -n $BACKUP ]]; then printf '%s' "${MANIFEST[executed]}"; else printf '%s' "${PRIMARY[executed]}"; fi
}

# begin: a receiver that has no data of its own goes on from where the archive ends.
begin() {
    local missing
    rm -rf "$VOLUME"/staging-*
    load_secrets && ask_primary || return 1
    TOLD_PASSWORD=${PASSWORD[replication]}
    IDENTITY=${PRIMARY[identity]}
    last_log || return 1
    head -c "$RESERVED" /dev/zero >"$RESERVE" && mkdir "$RELAY" "$OUTGOING" && initialise_data "$RECEIVER" &&
        start_scratch_server "$RECEIVER" --super-read-only=0 --read-only=0 --skip-log-bin --relay-log="$RELAY/relay" --relay-log-index="$RELAY/relay.index" --max-relay-log-size="$LOG_SIZE" --sync-relay-log=0 "${OWN_WAY[@]}" || return 1
    REMOVED=0
    BASE=$AFTER
    if [[ -z $BASE ]]; then
        BASE=$(first_base) || return 1
        log "the archive of $STORE_SYSTEM begins after the transactions $BASE"
    else
        missing=$(gtids "GTID_SUBTRACT('${PRIMARY[purged]}', '$BASE')") || return 1
        if [[ -n $missing ]]; then
            log "GAP: $PRIMARY_HOST no longer has the binary logs with $missing, and the archive does not have them: no point in time after them can be restored from a backup before them. A new backup ends that: make one now"
            GAP=$(gtids "GTID_SUBTRACT('$GAP,$missing', '')") && note_in_store "logs/$IDENTITY" gap "$GAP" || return 1
            BASE=$(gtids "GTID_SUBTRACT('$BASE,$missing', '')") || return 1
        fi
    fi
    AFTER=$BASE
    [[ -z $BASE ]] || scratch_client <<<"SET GLOBAL gtid_purged = '$BASE';" || return 1
    receive && log "archiving what $PRIMARY_HOST writes into logs/$IDENTITY of $STORE_SYSTEM in $STORE, every $ARCHIVE_SECONDS s"
}

# gap_is_covered: there is none, or by now a good backup has what no log has.
gap_is_covered() {
    [[ -n $GAP ]] || return 0
    find_backup_with "$GAP" || return 1
    [[ -n $BACKUP ]] || { log_wait "a new backup is wanted: the archive has a gap, the transactions $GAP"; return 1; }
    log "the backup $BACKUP has what no log of the archive has: $GAP"
    GAP=""
    store_delete "logs/$IDENTITY/gap"
}

receive() {
    scratch_client <<<"$(change_source "$(source_clause "$PRIMARY_HOST"), SOURCE_AUTO_POSITION=1") START REPLICA IO_THREAD;" || { log_wait "the receiver does not start; the reason stands above"; return 1; }
}

# received: prints all that was received to its end, and what the receiver began with.
received() {
    gtids "GTID_SUBTRACT('$BASE,${FIELD[Retrieved_Gtid_Set]:-}', '')"
}

# keep_receiving: false where the receiver does not connect. It tries again by itself; what it can never do so, because its password is an old one, or the primary's
# logs do not go back so far, begins anew.
keep_receiving() {
    read_scratch_status || begin_anew "the receiving server does not answer" || return 1
    [[ ${FIELD[Last_IO_Errno]} != 0 || ${FIELD[Replica_IO_Running]} == No ]] || return 0
    log_wait "receiving from $PRIMARY_HOST failed: error ${FIELD[Last_IO_Errno]}: ${FIELD[Last_IO_Error]}"
    [[ ${FIELD[Replica_IO_Running]} != No && ${PASSWORD[replication]} == "$TOLD_PASSWORD" ]] || begin_anew "the receiver is to look anew at where it goes on"
    return 1
}

# begin_anew <why>: false; the next round has another receiver. What is not stored, the primary has.
begin_anew() {
    log "$1"
    kill_scratch_server
    return 1
}

# note_lost <set>: what of it the primary does not have, and was not written under its present name, it has lost: it came back from a replica which had not
# received it. What has its present name is on its way to be committed. Its name is noted with it: once that server has written something, the loss is history.
note_lost() {
    local missing pair lost=""
    for pair in ${LOST//;/ }; do
        missing=$(gtids "GTID_SUBTRACT('${pair#*=}', '${PRIMARY[executed]}')") || return 1
        lost+=${missing:+${lost:+;}${pair%%=*}=$missing}
    done
    missing=$(gtids "GTID_SUBTRACT(GTID_SUBTRACT('$1', '${PRIMARY[executed]}'), '$(lost_sets "$lost")')") || return 1
    missing=$(tr , '\n' <<<"$missing" | sed "/^${PRIMARY[uuid]}:/d" | paste -s -d ,)
    LOST=$lost
    [[ -n $missing ]] || return 0
    log "the archive has transactions that the cluster has lost ($missing): a restore to a time after this leaves them out"
    LOST+=${LOST:+;}${PRIMARY[uuid]}=$missing
}

# await_received <set>: all of that is here; false, and told, when it takes too long.
await_received() {
    local began=$SECONDS all
    while true; do
        all=$(received) || return 1
        ! is_subset "$1" "$all" || return 0
        ((SECONDS - began < RECEIVE_SECONDS)) || { log_wait "what $PRIMARY_HOST has had for $((SECONDS - began)) s has not all been received"; return 1; }
        sleep 0.5
        read_scratch_status || return 1
    done
}

# has_before <relay log>: prints the transactions that the archive has when that log begins: its second event tells what was received before it.
has_before() {
    local events
    events=$(relay_events "$1" 'LIMIT 2') || return 1
    events=${events##*$'\n'}
    [[ $events == *$'\tPrevious_gtids\t'* ]] || { log "the relay log $1 does not tell what was received before it"; return 1; }
    events=${events##*$'\t'}
    gtids "GTID_SUBTRACT('$BASE,${events//\\n/}', '')"
}

# pack_log <relay log>: prints the digest of its packed form.
pack_log() {
    zstd --quiet --check --threads=0 <"$1" | tee "$OUTGOING/log" | digest
}

# keep_log <relay log> <what the archive has with it> <last>: into the store, unless it has no transaction. It is not needed here any more then.
keep_log() {
    local file=$RELAY/$1 name time packed
    if [[ $2 != "$AFTER" ]]; then
        # By the primary's clock, which also tells when a backup may be so old that nobody needs this any more.
        time=${PRIMARY[at]%.*}Z
        printf -v name '%08d-%s' "$((NUMBER + 1))" "${time//[-:]/}"
        packed=$(pack_log "$file" 2>/dev/null) || { rm -f "$RESERVE" && packed=$(pack_log "$file"); } || return 1
        LOG=([format]=$FORMAT [identity]=$IDENTITY [server]=${PRIMARY[server]} [before]=$AFTER [after]=$2 [lost]=$LOST [last]=$3 [size]=$(size_of "$file") [packed]=$packed)
        write_info "$OUTGOING/info" && store_put "$OUTGOING/log" "logs/$IDENTITY/$name.zst" && store_put "$OUTGOING/info" "logs/$IDENTITY/$name.info" || return 1
        rm "$OUTGOING/log"
        NUMBER=$((NUMBER + 1))
        AFTER=$2
        LAST=$3
    fi
    rm "$file"
}

# last_received: prints when the newest transaction of those received was committed.
last_received() {
    scratch_client --batch --skip-column-names <<<"SET time_zone = '+00:00'; SELECT DATE_FORMAT(LAST_QUEUED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP, '%Y-%m-%dT%H:%i:%s.%fZ') FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = '';"
}

# keep_closed: keeps each log that is closed, the oldest first. A receiver that found the volume full stands still for a minute; another goes on at once.
keep_closed() {
    local last names=() i after
    mapfile -t names < <(tail -n "+$((REMOVED + 1))" "$RELAY/relay.index")
    # Asked after the names, so that it is never earlier than what is in them; and never earlier than it was, whatever a clock does.
    last=$(last_received) || return 1
    [[ $last > $LAST ]] || last=$LAST
    for ((i = 0; i + 1 < ${#names[@]}; i++)); do
        after=$(has_before "${names[i + 1]##*/}") && keep_log "${names[i]##*/}" "$after" "$last" || return 1
        REMOVED=$((REMOVED + 1))
    done
    [[ -e $RESERVE ]] || begin_anew "the volume was full of logs that are stored now; receiving the next ones"
}

# archive: one round. True when the archive has all that the primary had at its beginning.
archive() {
    local had
    load_secrets && keep_receiving && had=$(received) && ask_primary || return 1
    [[ ${PRIMARY[identity]} == "$IDENTITY" ]] || begin_anew "$PRIMARY_HOST holds another cluster's data now" || return 1
    # What is closed goes first: all that is still to come may be more than the volume holds.
    note_lost "$had" && keep_closed && await_received "${PRIMARY[executed]}" || return 1
    is_subset "${PRIMARY[executed]}" "$AFTER" || { scratch_client <<<"FLUSH RELAY LOGS;" && keep_closed; } || return 1
    # A log in which a transaction is still on its way is closed after that.
    is_subset "${PRIMARY[executed]}" "$AFTER" || { log_wait "what was received is in a log that is not closed yet"; return 1; }
    note_in_store "logs/$IDENTITY" through "${PRIMARY[at]} ${PRIMARY[executed]}${LOST:+ $LOST}" || return 1
    ! gap_is_covered || : >"$ARCHIVED"
}

# rest <seconds>: ends with the pod.
rest() {
    sleep "$1" &
    wait $!
}

main() {
    local pause=1
    rm -f "$ARCHIVED"
    while true; do
        if [[ -z $SCRATCH_SERVER ]]; then
            if ! begin; then
                kill_scratch_server
                rest "$pause"
                pause=$((pause < 16 ? pause * 2 : 16))
                continue
            fi
            pause=1
        fi
        if archive; then rest "$ARCHIVE_SECONDS"; else rest $((ARCHIVE_SECONDS < 5 ? ARCHIVE_SECONDS : 5)); fi
    done
}

main

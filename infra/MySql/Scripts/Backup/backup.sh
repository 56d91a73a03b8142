#!/usr/bin/env bash
# A backup of the cluster: a replica that never serves. It fetches the data as a new replica does, packs them, keeps them in the store, and calls the backup good
# only when it has fetched it back, started a server on it, and seen the same transactions and the same checksum of every table.
#
#     backup.sh make            a new backup; then those that are too many or too old go
#     backup.sh list            what is there, a line each
#     backup.sh show ID         what a backup is
#     backup.sh verify ID       fetches a backup back and compares, as after making it; "latest" is the newest that was good
#
# Guarantees: the manifest is written last, so that a kill at any instant leaves no backup or a whole one; one that was not restored is not called good; the
# newest good one is never removed, nor anything of which it is not sure that it is this cluster's.
# Exit codes: 0 done; 1 no copy of the data came; 2 wrong use; 3 the store failed; 4 the backup is not what it should be.

# This pod belongs to no set. To the scripts that fetch data it is a member that nobody else will ever be.
HOSTNAME=${PRIMARY_HOST%%-0.*}-9999
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE SEED_TIMEOUT_SECONDS SEED_STALL_SECONDS MAX_LAG_SECONDS

STAGING=$VOLUME/staging-clone
OUTGOING=$VOLUME/staging-packed
INCOMING=$VOLUME/staging-fetched
RESTORED=$VOLUME/staging-restored
RESEED=$VOLUME/$RESEED
REPORTS=$(mktemp -d)
MAX_TRANSFERS=5
# shellcheck source=../transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=../Clone/fetch.sh
. "${BASH_SOURCE%/*}/fetch.sh"
# shellcheck source=store.sh
. "${BASH_SOURCE%/*}/store.sh"
# shellcheck source=commands.sh
. "${BASH_SOURCE%/*}/commands.sh"

# What this run has begun in the store and not brought to its manifest.
BEGUN=""
# withdraw: what is there of it is no backup, and would take the room that the next one needs.
withdraw() {
    local id=$BEGUN
    [[ -n $id ]] || return 0
    BEGUN=""
    store_remove "$id" || true
}

finish() {
    end_zstd
    withdraw
    end_fetch
    rm -rf "$REPORTS" "$WORK" "$STORE_REPORT" "$WORDS" "$STAGING" "$OUTGOING" "$INCOMING" "$RESTORED"
}
trap finish EXIT
trap 'exit 143' TERM INT

# end <exit code> <sentence>
end() {
    withdraw
    log "$2"
    exit "$1"
}

# get_copy: data that are complete and proved stand in RECEIVED then, and DONOR is the server that they came from.
get_copy() {
    local donor pause=1
    while true; do
        load_secrets || end "$NO_COPY" "cannot ask for data without the Secret's passwords"
        for donor in $(donors); do
            FROM=$(peer_host "$donor")
            [[ -n $(getent ahosts "$FROM") ]] || { log_wait "$FROM: the name does not resolve"; continue; }
            same_clock "$FROM" || continue
            ! fetch "$donor" || return 0
            rm -rf "$STAGING"
        done
        ((TRANSFERS < MAX_TRANSFERS)) || end "$NO_COPY" "no backup: $TRANSFERS clones were asked for and none came whole and usable; the reasons stand above"
        ((SECONDS - LAST_PROGRESS < SEED_TIMEOUT_SECONDS)) || end "$NO_COPY" "no backup: no server gave its data for $((SECONDS - LAST_PROGRESS)) s. Last: $LAST_WAIT"
        sleep "$pause"
        pause=$((pause < 8 ? pause * 2 : 8))
    done
}

# note_content <id>: MANIFEST becomes what the copy is, as a server on it says.
note_content() {
    start_on_copy "$RECEIVED" || return 1
    MANIFEST=([format]=$FORMAT [id]=$1 [system]=$STORE_SYSTEM [server]=${DONOR[version]} [uuid]=${DONOR[server_uuid]} [donor]=$FROM [identity]=${DONOR[identity]})
    log "reading every table of the copy"
    MANIFEST[executed]=$(told_executed) && MANIFEST[emptied]=$(told_emptied) && table_checksums "$WORK/tables" && stop_scratch_server && strip "$RECEIVED" || return 1
    MANIFEST[tables]=$(wc -l <"$WORK/tables")
}

# pack_copy <id>: the copy becomes what the store is to have.
pack_copy() {
    { note_in_store "$1" begun "${MANIFEST[identity]}" && store_outgoing "$OUTGOING" "$1"; } || end "$NO_STORE" "no backup: the store did not take it; the reason stands above"
    if ! { mv "$WORK/tables" "$OUTGOING/tables" && pack "$RECEIVED" "$OUTGOING"; }; then
        ! is_lent "$OUTGOING" || end "$NO_STORE" "no backup: the store did not take it; the reason stands above"
        end "$NO_COPY" "no backup: the copy could not be packed; the volume has $(megabytes "$(free_bytes)") MB left, and the reason stands above. A larger volume for the work is backup.workStorage"
    fi
    rm -rf "$STAGING"
    MANIFEST[bytes]=$BYTES
    MANIFEST[packed]=$PACKED
    MANIFEST[files]=$(digest <"$OUTGOING/files")
    MANIFEST[checksums]=$(digest <"$OUTGOING/tables")
}

# keep_outgoing <id>: the packed copy goes into the store, its manifest last.
keep_outgoing() {
    local began
    began=$(tenths)
    store_send "$OUTGOING" "$1" && write_manifest "$WORK/written" && store_put "$WORK/written" "$1/manifest" || return 1
    BEGUN=""
    rm -rf "$OUTGOING"
    log "stored $(megabytes "${MANIFEST[packed]}") MB in $(since "$began") s; now the test: it is fetched back and restored"
}

# What became of a proof.
UNSEEN=1
DAMAGED=2
DIFFERENT=3

# prove_backup <id>: it is fetched from the store, and a server on it tells what the manifest says; or else UNSEEN, DAMAGED or DIFFERENT.
prove_backup() {
    local code=0
    rm -rf "$INCOMING" "$RESTORED"
    look_at "$1" || return "$UNSEEN"
    [[ $STATE != partial ]] || end "$WRONG_USE" "$1 is no backup: it is not there, or has no manifest, as it was not made to its end"
    [[ $STATE != damaged ]] || { log "it was found so before, or its manifest is not what was written"; return "$DAMAGED"; }
    fetch_archive "$1" "$INCOMING" || return $?
    unpack "$INCOMING" "$RESTORED" || return $?
    compare_content "$1" || code=$DIFFERENT
    kill_scratch_server
    rm -rf "$INCOMING" "$RESTORED"
    return "$code"
}

# compare_content <id>: a server on the restored data against the manifest and the list of tables.
compare_content() {
    local executed
    start_on_copy "$RESTORED" || { log "no server starts on the backup $1, which MySQL ${MANIFEST[server]} made"; return 1; }
    executed=$(told_executed) && table_checksums "$WORK/tables" && stop_scratch_server || return 1
    if [[ $executed != "${MANIFEST[executed]}" ]]; then
        log "a server on the backup $1 has the transactions $executed; the copy had ${MANIFEST[executed]}"
        return 1
    elif ! same_tables "$INCOMING/tables" "$WORK/tables"; then
        log "tables of the backup $1 are not those of the copy: $DIFFERENCE"
        return 1
    fi
}

# judge <id>: proves a backup and says in the store what came of it.
judge() {
    local code=0 began=$SECONDS
    load_secrets || end "$NO_COPY" "cannot start a server without the Secret's passwords"
    prove_backup "$1" || code=$?
    case $code in
        0)
            note_in_store "$1" verified "manifest $(digest <"$WORK/manifest")" || end "$NO_STORE" "the backup $1 is good, but that could not be noted in the store"
            log "the backup $1 is good: restored and compared in $((SECONDS - began)) s: ${MANIFEST[tables]} tables, transactions ${MANIFEST[executed]}"
            ;;
        "$UNSEEN") end "$NO_STORE" "whether the backup $1 is good could not be seen; the reason stands above" ;;
        "$DAMAGED")
            note_in_store "$1" damaged "found by a test" || true
            end "$NOT_GOOD" "the backup $1 is damaged, and not restored from or counted as one; the reason stands above"
            ;;
        *)
            store_delete "$1/verified" || true
            end "$NOT_GOOD" "the backup $1 did not pass its test, and is not called good; the reason stands above"
            ;;
    esac
}

# name_others: another cluster of the same name in the same place makes it unclear whose the newest one is.
name_others() {
    local id newest=""
    for id in $IDS; do
        [[ ${STATES[$id]} != good ]] || newest=$id
    done
    [[ -z $newest ]] || is_own "$newest" ||
        log "the newest good backup in $STORE, $newest, is of another cluster (${OWNERS[$newest]}) that is or was called $STORE_SYSTEM, too: from \"latest\" nothing is restored while there are good ones of both. Keep them in another place, or remove those that nobody wants"
}

make_backup() {
    local id began=$SECONDS
    TZ=UTC printf -v id '%(%Y%m%dT%H%M%SZ)T' -1
    survey || end "$NO_STORE" "no backup: the store cannot be read"
    [[ -z ${STATES[$id]:-} ]] || end "$WRONG_USE" "no backup: another one of this second, $id, is there or under way"
    # Before hours of copying: whether it can be written there.
    note_in_store "$id" begun "$UNKNOWN" || end "$NO_STORE" "no backup: the store cannot be written; the reason stands above"
    BEGUN=$id
    rm -rf "$VOLUME"/staging-*
    get_copy
    name_others
    make_room
    note_content "$id" || end "$NO_COPY" "no backup: the copy could not be read; the reason stands above"
    kill_scratch_server
    pack_copy "$id"
    keep_outgoing "$id" || end "$NO_STORE" "no backup: the store did not take it; the reason stands above"
    judge "$id"
    remove_old "$id"
    log "done: backup $id from $FROM in $((SECONDS - began)) s$(lacking)"
}

verify_backup() {
    local id
    id=$(chosen "$1") || exit $?
    judge "$id"
}

do_as_told "$@"

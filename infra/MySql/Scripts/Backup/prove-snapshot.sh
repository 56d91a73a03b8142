#!/usr/bin/env bash
# Proves a snapshot: this pod's volume is made from it, and a server that nobody reaches is started on it, as after a crash. What that tells becomes the snapshot's notes: then it is a
# backup, or is not called good. What it is to prove, its claim says. When it has told that, it waits to be taken away: a pod of a Deployment that ends is started again.
#
# Exit codes, after which it is started again: 1 there is nothing to prove, as the claim is of a run that has ended; 3 the API server failed.

HOSTNAME=${PRIMARY_HOST%%-0.*}-9999
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
# shellcheck source=../root-password.sh
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=../scratch-server.sh
. "${BASH_SOURCE%/*}/scratch-server.sh"
require_environment PRIMARY_HOST SERVER_ID_BASE PROOF_CLAIM

NOTHING=1
NO_STORE=3
ROLE_CONFIG=$(role_config)
# shellcheck source=../transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=store.sh
. "${BASH_SOURCE%/*}/store.sh"
# shellcheck source=archive.sh
. "${BASH_SOURCE%/*}/archive.sh"

finish() {
    end_scratch_server
    end_api
    rm -rf "$WORK" "$STORE_REPORT" "$WORDS" "${TMPDIR:-/tmp}/told"
}
trap finish EXIT
trap 'exit 143' TERM INT

# end <exit code> <sentence>
end() {
    log "$2"
    exit "$1"
}

# read_claim: ID becomes the snapshot that the volume is made from, and WORD that by which its proof is asked for.
read_claim() {
    api GET "$CLAIMS/$PROOF_CLAIM" || { [[ $STATUS == 404 ]] && end "$NOTHING" "the claim $PROOF_CLAIM is gone"; end "$NO_STORE" "the claim $PROOF_CLAIM cannot be read: $REASON"; }
    [[ -z ${ANSWER[metadata/deletionTimestamp]:-} ]] || end "$NOTHING" "the claim $PROOF_CLAIM is being removed: it is of a run that has ended"
    WORD=$(note proof)
    ID=$(id_of "${ANSWER[spec/dataSource/name]:-}")
    [[ -n $WORD && $ID =~ $ID_PATTERN ]] || end "$NOTHING" "the claim $PROOF_CLAIM is not made from a snapshot of $STORE_SYSTEM for a proof"
}

declare -A TAKEN=()
# read_taken: TAKEN becomes what the server said of itself before it was cut.
read_taken() {
    local key value
    read_snapshot "$ID" || { [[ $STATUS == 404 ]] && end "$NOTHING" "the snapshot of $ID is gone"; end "$NO_STORE" "the snapshot of $ID cannot be read: $REASON"; }
    while IFS=' ' read -r key value; do
        TAKEN[$key]=$value
    done <<<"$(note taken)"
}

# Why it is not called good.
WHY=""
# refute <sentence>
refute() {
    WHY=$1
    log "$1"
    return 1
}

# content: MANIFEST becomes what a server on the volume tells, held against what the server told that was cut, and, where it was proved before, against what was told then.
content() {
    local state identity lacks before="" checksums=""
    state=$(data_state "$VOLUME_DATA")
    [[ $state == complete ]] || { refute "the volume of $ID has no data that a server could start on: $state"; return 1; }
    [[ ${#MANIFEST[@]} -le 1 ]] || { before=${MANIFEST[executed]}; checksums=${MANIFEST[checksums]}; }
    MANIFEST=([format]=$FORMAT [id]=$ID [system]=$STORE_SYSTEM [server]=${TAKEN[server]} [uuid]=${TAKEN[uuid]} [donor]=${TAKEN[donor]} [identity]=${TAKEN[identity]} [packed]=0 [files]=none [emptied]="")
    if ! { MANIFEST[bytes]=$(du -sb "$VOLUME_DATA" | cut -f 1) && strip "$VOLUME_DATA"; }; then
        refute "the volume of $ID cannot be read and written"
        return 1
    fi
    start_on_copy "$VOLUME_DATA" || { refute "no server starts on $ID, which MySQL ${TAKEN[server]} wrote: $(grep -a -m 1 '\[ERROR\]' "$RUN/mysqld.log")"; return 1; }
    if ! { identity=$(scratch_client --batch --skip-column-names <<<"SELECT id FROM mysql.cluster_identity;") && MANIFEST[executed]=$(told_executed) &&
        lacks=$(scratch_client --batch --skip-column-names <<<"SELECT GTID_SUBTRACT('${TAKEN[executed]}', @@global.gtid_executed);"); }; then
        refute "a server on $ID does not say what it has"
    elif [[ $identity != "${TAKEN[identity]}" ]]; then
        refute "$ID is of the data of $identity, and the server that was cut had those of ${TAKEN[identity]}"
    elif [[ -n $lacks ]]; then
        refute "$ID lacks transactions that the server had before it was cut: $lacks"
    elif ! { log "reading every table of $ID" && table_checksums "$WORK/tables"; }; then
        refute "not every table of $ID can be read"
    else
        MANIFEST[tables]=$(wc -l <"$WORK/tables")
        MANIFEST[checksums]=$(digest <"$WORK/tables")
        [[ -z $before || ($before == "${MANIFEST[executed]}" && $checksums == "${MANIFEST[checksums]}") ]] || refute "a server on $ID tells other transactions, or other rows, than one did when it was made"
    fi
}

# tell <annotations>: they become the snapshot's.
tell() {
    api PATCH "$SNAPSHOTS/$(snapshot_of "$ID")" application/merge-patch+json "{\"metadata\":{\"annotations\":{$1}}}" || end "$NO_STORE" "what came of the proof of $ID could not be noted: $REASON"
}

# rest: ready, by the file that the probe looks at, until the pod is ended.
rest() {
    : >"${TMPDIR:-/tmp}/told"
    sleep infinity &
    wait $!
}

main() {
    load_secrets || end "$NOTHING" "cannot start a server without the Secret's passwords"
    read_claim
    look_at "$ID" || end "$NO_STORE" "the snapshot of $ID cannot be read"
    read_taken
    if content; then
        write_manifest "$WORK/manifest" || end "$NO_STORE" "the manifest of $ID cannot be written"
        tell "\"$NOTES/manifest\":$(json_string "$(<"$WORK/manifest")"),\"$NOTES/verified\":\"manifest $(digest <"$WORK/manifest")\",\"$NOTES/proof\":\"$WORD good\""
        log "the backup $ID is good: ${MANIFEST[tables]} tables, transactions ${MANIFEST[executed]}"
    else
        tell "\"$NOTES/verified\":null,\"$NOTES/proof\":$(json_string "$WORD not good: $WHY")"
        log "the backup $ID is not called good"
    fi
    rest
}

main

#!/usr/bin/env bash
# A backup of the cluster by its storage: a replica's volume is cut while its server keeps its files in place, and a server is started on a volume made from that. Until it has
# told what it should, the snapshot is no backup. That server is another pod's, prove-snapshot.sh: no pod can mount what is not there yet when it starts. It is of a Deployment, of which this one may say how many
# pods it has, none or one; nobody here may make pods.
#
#     snapshot.sh make            a new backup; then those that are too many or too old go
#     snapshot.sh list            what is there, a line each
#     snapshot.sh show ID         what a backup is
#     snapshot.sh verify ID       proves a backup once more; "latest" is the newest that was good
#
# Guarantees: the manifest is written when the snapshot is proved, so that a kill at any instant leaves no backup or a whole one; the newest good one is never removed, nor anything of
# which it is not sure that it is this cluster's. The server is held for as long as the storage takes to cut, and no longer than CUT_SECONDS, whatever becomes of this pod.
# Exit codes: 0 done; 1 no server could be cut; 2 wrong use; 3 the storage or the API server failed; 4 the backup is not what it should be.

HOSTNAME=${PRIMARY_HOST%%-0.*}-9999
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE SEED_TIMEOUT_SECONDS MAX_LAG_SECONDS SNAPSHOT_CLASS PROOF_CLAIM PROOF_DEPLOYMENT DATA_CLAIM

# How long the server is held at most, and how long it may take until it can be: what renames its files at the moment comes first.
CUT_SECONDS=${CUT_SECONDS:-300}
LOCK_SECONDS=${LOCK_SECONDS:-60}
# shellcheck source=../peers.sh
. "${BASH_SOURCE%/*}/peers.sh"
# shellcheck source=../transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=../Clone/donor.sh
. "${BASH_SOURCE%/*}/donor.sh"
# shellcheck source=store.sh
. "${BASH_SOURCE%/*}/store.sh"
# shellcheck source=commands.sh
. "${BASH_SOURCE%/*}/commands.sh"

# What this run has begun and not brought to its end: a snapshot that nobody has looked at, and the claim for looking at it.
BEGUN=""
CLAIMED=""
withdraw() {
    local id=$BEGUN claim=$CLAIMED
    BEGUN=""
    CLAIMED=""
    [[ -z $claim ]] || { scale_proof 0 && api_delete "$CLAIMS/$PROOF_CLAIM"; } || true
    [[ -z $id ]] || store_remove "$id" || true
}

# scale_proof <number>: so many pods prove, none or one.
scale_proof() {
    api PATCH "/apis/apps/v1/namespaces/$NAMESPACE_HERE/deployments/$PROOF_DEPLOYMENT/scale" application/merge-patch+json "{\"spec\":{\"replicas\":$1}}"
}

# The session that holds the server.
LOCK=""
release() {
    [[ -n $LOCK ]] || return 0
    kill "$LOCK" 2>/dev/null || true
    wait "$LOCK" 2>/dev/null || true
    LOCK=""
}

finish() {
    release
    withdraw
    end_api
    rm -rf "$WORK" "$STORE_REPORT" "$WORDS"
}
trap finish EXIT
trap 'exit 143' TERM INT

# end <exit code> <sentence>
end() {
    release
    withdraw
    log "$2"
    exit "$1"
}

# choose_donor: FROM becomes the healthiest server, SOURCE the claim of its volume, and DONOR what it is.
choose_donor() {
    local donor pause=1
    while true; do
        load_secrets || end "$NO_COPY" "cannot ask a server without the Secret's passwords"
        for donor in $(donors); do
            FROM=$(peer_host "$donor")
            [[ -n $(getent ahosts "$FROM") ]] || { log_wait "$FROM: the name does not resolve"; continue; }
            if ! { same_clock "$FROM" && can_be_donor "$donor"; }; then continue; fi
            SOURCE=${DATA_CLAIM%0}$donor
            return 0
        done
        ((SECONDS < SEED_TIMEOUT_SECONDS)) || end "$NO_COPY" "no backup: there is no server whose volume could be cut for $SECONDS s. Last: $LAST_WAIT"
        sleep "$pause"
        pause=$((pause < 8 ? pause * 2 : 8))
    done
}

# lock_statements: the server makes, renames and removes no files then, and what was committed before is on its disk, whatever the stack's options say of that. Each statement takes a second, so that it is
# free a second after this client is gone, and, where the pod's whole node is, a little later.
lock_statements() {
    local second
    printf 'SET SESSION lock_wait_timeout = %d, wait_timeout = 10;\nLOCK INSTANCE FOR BACKUP;\n' "$LOCK_SECONDS"
    printf 'DO SLEEP(IF(@@global.innodb_flush_log_at_trx_commit = 1, 0, @@global.innodb_flush_log_at_timeout + 1));\n'
    printf "SELECT 'locked';\n"
    for ((second = 0; second < CUT_SECONDS; second++)); do
        printf 'DO SLEEP(1);\n'
    done
}

# hold: the server of FROM is held from now on.
hold() {
    local began=$SECONDS limit=$((LOCK_SECONDS + CUT_SECONDS)) ended
    lock_statements >"$WORK/statements"
    mysql --defaults-file=<(client_options backup "$FROM") --connect-timeout=3 --batch --skip-column-names --unbuffered <"$WORK/statements" >"$WORK/lock" 2>"$WORK/lock.said" &
    LOCK=$!
    while true; do
        # Whether it is there is asked before what it said is read: of one that says it and ends, both are true.
        ended=""
        kill -0 "$LOCK" 2>/dev/null || ended=yes
        ! grep -qx locked "$WORK/lock" || return 0
        [[ -z $ended ]] || { log "$FROM: its server cannot be held: $(grep -m 1 '^ERROR' "$WORK/lock.said" || echo "the client ended")"; return 1; }
        ((SECONDS - began < limit)) || { log "$FROM: its server cannot be held: it does not say that it is, for $limit s"; return 1; }
        sleep 0.2
    done
}

# is_held: still; the limit may have passed.
is_held() {
    kill -0 "$LOCK" 2>/dev/null
}

# taken: what the server was before it was cut, a line each.
taken() {
    printf 'server %s\nuuid %s\ndonor %s\nidentity %s\nexecuted %s' "${DONOR[version]}" "${DONOR[server_uuid]}" "$FROM" "${DONOR[identity]}" "${DONOR[executed]}"
}

# labels: what all snapshots of the system have, as JSON.
labels() {
    local label separator=""
    for label in ${STORE_LABELS//,/ }; do
        printf '%s%s:%s' "$separator" "$(json_string "${label%%=*}")" "$(json_string "${label#*=}")"
        separator=,
    done
}

# ask_for_snapshot <id>
ask_for_snapshot() {
    local body
    body="{\"apiVersion\":\"$SNAPSHOT_GROUP/v1\",\"kind\":\"VolumeSnapshot\",\"metadata\":{\"name\":\"$(snapshot_of "$1")\",\"labels\":{$(labels)},\"annotations\":{"
    body+="\"$NOTES/begun\":$(json_string "${DONOR[identity]}"),\"$NOTES/taken\":$(json_string "$(taken)")}},"
    body+="\"spec\":{\"volumeSnapshotClassName\":$(json_string "$SNAPSHOT_CLASS"),\"source\":{\"persistentVolumeClaimName\":\"$SOURCE\"}}}"
    BEGUN=$1
    api_create "$SNAPSHOTS" "$body" && return 0
    # Another run's.
    [[ $STATUS != 409 ]] || BEGUN=""
    [[ $STATUS != 404 ]] || REASON+=". Volume snapshots are kinds that their controller brings (snapshot.storage.k8s.io/v1), and the cluster has none"
    refused_by_store "making a snapshot"
}

# await <id> <field of its status> <value or nothing> <seconds> <what is waited for>: until that is there.
await() {
    local began=$SECONDS
    while true; do
        read_snapshot "$1" || { refused_by_store "reading $1"; return 1; }
        [[ -z ${ANSWER[status/$2]:-} || (-n $3 && ${ANSWER[status/$2]} != "$3") ]] || return 0
        log_wait "waiting until $5${ANSWER[status/error/message]:+; the storage says: $(json_text "${ANSWER[status/error/message]}")}"
        ((SECONDS - began < $4)) || { log "$5: not within $4 s. $LAST_WAIT"; return 1; }
        sleep 1
    done
}

# cut_volume <id>: the snapshot is cut while its server is held.
cut_volume() {
    hold || end "$NO_COPY" "no backup: the server of $FROM cannot be held; the reason stands above"
    if ! { ask_for_snapshot "$1" && await "$1" creationTime "" "$CUT_SECONDS" "the volume of $FROM is cut"; }; then
        end "$NO_STORE" "no backup: there is no snapshot; the reason stands above"
    fi
    is_held || end "$NO_COPY" "no backup: $FROM was not held until its volume was cut: $(grep -m 1 '^ERROR' "$WORK/lock.said" || echo "it took too long")"
    release
    log "cut the volume of $FROM, the claim $SOURCE"
    await "$1" readyToUse true "$DEADLINE_SECONDS" "the snapshot can be used" || end "$NO_STORE" "no backup: the snapshot cannot be used; the reason stands above"
}

# free_claim: what a killed run left goes, the pod that looks at it first.
free_claim() {
    scale_proof 0 || end "$NO_STORE" "no backup: of $PROOF_DEPLOYMENT it cannot be said how many pods it has: $REASON"
    api_delete "$CLAIMS/$PROOF_CLAIM" || end "$NO_STORE" "no backup: the claim $PROOF_CLAIM of an earlier run cannot be removed: $REASON"
    while api GET "$CLAIMS/$PROOF_CLAIM"; do
        log_wait "waiting until the claim $PROOF_CLAIM of an earlier run is gone"
        ((SECONDS < DEADLINE_SECONDS)) || end "$NO_STORE" "no backup: the claim $PROOF_CLAIM of an earlier run does not go"
        sleep 2
    done
    [[ $STATUS == 404 ]] || end "$NO_STORE" "no backup: the claim $PROOF_CLAIM cannot be read: $REASON"
}

# make_claim <id>: a volume with what the snapshot has, of the class and the size of that which was cut. WORD is that by which its proof is told from one of before.
make_claim() {
    local class="" size
    api GET "$CLAIMS/${ANSWER[spec/source/persistentVolumeClaimName]}" || { log "the claim that was cut cannot be read: $REASON"; return 1; }
    size=${ANSWER[status/capacity/storage]:-${ANSWER[spec/resources/requests/storage]}}
    [[ -z ${ANSWER[spec/storageClassName]:-} ]] || class="\"storageClassName\":\"${ANSWER[spec/storageClassName]}\","
    WORD=$(</proc/sys/kernel/random/uuid)
    CLAIMED=$PROOF_CLAIM
    api_create "$CLAIMS" "{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"$PROOF_CLAIM\",\"labels\":{$(labels)},\"annotations\":{\"$NOTES/proof\":\"$WORD\"}},\"spec\":{$class\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"$size\"}},\"dataSource\":{\"apiGroup\":\"$SNAPSHOT_GROUP\",\"kind\":\"VolumeSnapshot\",\"name\":\"$(snapshot_of "$1")\"}}}" && return 0
    [[ $STATUS != 409 ]] || CLAIMED=""
    log "the claim $PROOF_CLAIM cannot be made: $REASON"
    return 1
}

# judge <id>: has the snapshot proved by the other pod, and is as that says.
judge() {
    local proof began=$SECONDS
    read_snapshot "$1" || end "$NO_STORE" "whether the backup $1 is good could not be seen: $REASON"
    make_claim "$1" || end "$NO_STORE" "whether the backup $1 is good could not be seen; the reason stands above"
    scale_proof 1 || end "$NO_STORE" "whether the backup $1 is good could not be seen: $PROOF_DEPLOYMENT gets no pod: $REASON"
    while true; do
        read_snapshot "$1" || end "$NO_STORE" "whether the backup $1 is good could not be seen: $REASON"
        proof=$(note proof)
        [[ $proof != "$WORD "* ]] || break
        if ! api GET "$CLAIMS/$PROOF_CLAIM"; then
            [[ $STATUS != 404 ]] || CLAIMED=""
            end "$NO_STORE" "whether the backup $1 is good could not be seen: the claim $PROOF_CLAIM is not there any more, or cannot be read: $REASON"
        fi
        log_wait "waiting for the pod of $PROOF_DEPLOYMENT to prove it on the claim $PROOF_CLAIM, which is ${ANSWER[status/phase]:-there}"
        ((SECONDS - began < DEADLINE_SECONDS)) || end "$NO_STORE" "whether the backup $1 is good could not be seen: the pod of $PROOF_DEPLOYMENT has not told it for $((SECONDS - began)) s; what describes it says why"
        sleep 2
    done
    proof=${proof#"$WORD "}
    # Somebody has looked at it by now, and it stays until a later run.
    BEGUN=""
    [[ $proof == good ]] || end "$NOT_GOOD" "the backup $1 did not pass its test, and is not called good: ${proof#not good: }"
    look_at "$1" || end "$NO_STORE" "the store cannot be read"
    [[ $STATE == good ]] || end "$NOT_GOOD" "the backup $1 is said to be good, and its notes say that it is $STATE"
    withdraw
    log "the backup $1 is good: a server was started on it in $((SECONDS - began)) s: ${MANIFEST[tables]} tables, transactions ${MANIFEST[executed]}"
}

make_backup() {
    local id began=$SECONDS
    survey || end "$NO_STORE" "no backup: the store cannot be read"
    free_claim
    choose_donor
    make_room
    TZ=UTC printf -v id '%(%Y%m%dT%H%M%SZ)T' -1
    [[ -z ${STATES[$id]:-} ]] || end "$WRONG_USE" "no backup: another one of this second, $id, is there or under way"
    cut_volume "$id"
    judge "$id"
    remove_old "$id"
    log "done: backup $id from $FROM in $((SECONDS - began)) s"
}

verify_backup() {
    local id
    id=$(chosen "$1") || exit $?
    look_at "$id" || end "$NO_STORE" "the store cannot be read"
    [[ $STATE != partial ]] || end "$WRONG_USE" "$id is no backup: it is not there, or has no manifest, as it was not made to its end"
    free_claim
    judge "$id"
}

do_as_told "$@"

# shellcheck shell=bash
# Sourced by store.sh, in the place of what is there, where the store is the VolumeSnapshots of the namespace. Each is a folder, called after the time when it was begun, and its notes are
# the small files in it; the data are the storage's to keep. What is in it otherwise is in annotations:
#
#     begun      whose data it is
#     taken      what the server said of itself before it was cut
#     manifest   what a server on it told, as of any backup
#     verified   written with it, where that was what it should be
#     proof      what came of the last proof, after the word by which it was asked for
# shellcheck source=api.sh
. "${BASH_SOURCE%/*}/api.sh"
require_environment STORE_LABELS

NAMESPACE_HERE=$(own_namespace_here) || exit 3
STORE="the namespace $NAMESPACE_HERE"
SNAPSHOT_GROUP=snapshot.storage.k8s.io
SNAPSHOTS=/apis/$SNAPSHOT_GROUP/v1/namespaces/$NAMESPACE_HERE/volumesnapshots
CLAIMS=/api/v1/namespaces/$NAMESPACE_HERE/persistentvolumeclaims
NOTES=backup.mysql
NOTE=metadata/annotations/$NOTES/

# snapshot_of <id>: prints the VolumeSnapshot's name.
snapshot_of() {
    printf '%s%s' "$STORE_SNAPSHOTS" "${1,,}"
}

# id_of <name>
id_of() {
    local id=${1#"$STORE_SNAPSHOTS"}
    printf '%s' "${id^^}"
}

# read_snapshot <id>: ANSWER becomes what it is. False where it is not there (STATUS is 404 then), or that is not known.
read_snapshot() {
    api GET "$SNAPSHOTS/$(snapshot_of "$1")"
}

# note <name>: prints that of the snapshot in ANSWER.
note() {
    json_text "${ANSWER[$NOTE$1]:-}"
}

# refused_by_store <what it does>: says so, and is false.
refused_by_store() {
    log "the store, VolumeSnapshots of $STORE: $1 failed: $REASON"
    return 1
}

# One that is on its way out is none.
store_list() {
    local key
    if [[ -z $1 ]]; then
        api GET "$SNAPSHOTS?labelSelector=$(percent "$STORE_LABELS")" || { refused_by_store "reading"; return 1; }
        for key in "${!ANSWER[@]}"; do
            [[ $key =~ ^items/[0-9]+/metadata/name$ && -z ${ANSWER[${key%name}deletionTimestamp]:-} ]] || continue
            id_of "${ANSWER[$key]}" && echo
        done | LC_ALL=C sort
    elif [[ $1 =~ $ID_PATTERN ]]; then
        read_snapshot "$1" || { [[ $STATUS == 404 ]] || { refused_by_store "reading $1"; return 1; }; return 0; }
        for key in "${!ANSWER[@]}"; do
            [[ $key != "$NOTE"* ]] || printf '%s\n' "${key#"$NOTE"}"
        done | LC_ALL=C sort
    fi
}

store_get() {
    read_snapshot "${1%%/*}" || { refused_by_store "reading ${1##*/}"; return 1; }
    printf '%s\n' "$(note "${1##*/}")" >"$2"
}

store_remove() {
    api_delete "$SNAPSHOTS/$(snapshot_of "$1")" || refused_by_store "removing $1"
}

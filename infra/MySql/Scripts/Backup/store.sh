# shellcheck shell=bash
# Sourced after lib.sh: where backups are kept, a directory of a claim, whatever rclone reaches, or snapshots of volumes (snapshots.sh). Beneath it every system has a folder, and in that every
# backup one, called after the time when it was begun. No other script knows which kind of store it is.
#
# A function that asks the store is false, with the reason in the log, when the store did not do it; what is not there is an empty answer.
require_environment STORE_SYSTEM

STORE=${STORE_DIRECTORY:-${STORE_REMOTE:-${STORE_SNAPSHOTS:-}}}
[[ -n $STORE ]] || fail "neither STORE_DIRECTORY nor STORE_REMOTE nor STORE_SNAPSHOTS is set; the pod's template sets one of them"
ID_PATTERN='^[0-9]{8}T[0-9]{6}Z$'
STORE_REPORT=$(mktemp)
WORDS=$STORE_REPORT.words
# rclone's own word for a folder that is not there; a store of objects knows no empty folders.
NOT_FOUND=3

# try_store <what it does> <command...>: what the command says on errors is in the log, and its last line in the sentence about it.
try_store() {
    local what=$1 code=0
    { "${@:2}" 2>&1 1>&3 3>&- | tee "$STORE_REPORT" >&2 3>&-; } 3>&1 || code=$?
    ((code == 0)) || log "the store $STORE: $what failed with exit code $code: $(tail -n 1 "$STORE_REPORT")"
    return "$code"
}

is_directory() {
    [[ -n ${STORE_DIRECTORY:-} ]]
}

# remote <command...>: rclone, which reads its remotes and their secrets from the file that the store's Secret holds.
remote() {
    "${RCLONE:-rclone}" --config "${STORE_CONFIG:-/mnt/store-secret/rclone.conf}" --cache-dir "${TMPDIR:-/tmp}" ${STORE_CERTIFICATES:+--ca-cert "$STORE_CERTIFICATES"} "$@"
}

# What rclone says of bytes that are not those that were stored: by the digest that the store keeps of them, or by that within what is encrypted. It has tried again by then.
OTHER_BYTES='corrupted on transfer|failed to authenticate decrypted block'
CAME_DAMAGED=2

# fetch_remote <argument...>: CAME_DAMAGED where the store does not have what was stored.
fetch_remote() {
    try_store "reading" remote copy "${PROGRESS[@]}" "$@" && return 0
    [[ ! $(tail -n 1 "$STORE_REPORT") =~ $OTHER_BYTES ]] || return "$CAME_DAMAGED"
    return 1
}

# How far a long copy is, twice a minute.
PROGRESS=(--stats 30s --stats-one-line --stats-log-level NOTICE)

# place <path>: where that is in the store.
place() {
    local root=${STORE%/}
    # A slash behind the name of a remote may be the root of a disk there.
    [[ $root == *: ]] || root+=/
    printf '%s%s/%s' "$root" "$STORE_SYSTEM" "$1"
}

# store_list <path>: prints the names in a folder, in order.
store_list() {
    local names
    if is_directory; then
        [[ -d $STORE ]] || { log "the store $STORE is not there"; return 1; }
        names=$(try_store "reading a folder" list_directory "$(place "$1")") || return 1
    else
        names=$(try_store "reading a folder" list_remote "$(place "$1")") || return 1
    fi
    [[ -z $names ]] || LC_ALL=C sort <<<"$names"
}

list_directory() {
    [[ ! -d $1 ]] || ls -A "$1"
}

list_remote() {
    local names code=0
    names=$(remote --retries 1 lsf "$1" 2>"$WORDS") || code=$?
    if ((code != 0 && code != NOT_FOUND)); then
        cat "$WORDS" >&2
        return "$code"
    fi
    # It ends folders with a slash.
    [[ -z $names ]] || printf '%s\n' "$names" | sed 's|/$||'
}

# store_outgoing <directory> <path>: makes a directory for what store_send is to bring into a folder. Where the store is a directory itself, "data" in it is that folder's own:
# what is large is written once, and into the store.
store_outgoing() {
    mkdir -p "$1" || return 1
    if is_directory; then
        try_store "writing" mkdir -p "$(place "$2")/data" && ln -s "$(place "$2")/data" "$1/data"
    else
        mkdir -p "$1/data"
    fi
}

# is_lent <directory>: its "data" is the store's own.
is_lent() {
    [[ -L $1/data ]]
}

# store_send <directory> <path>: all files beneath a directory that store_outgoing made go into a folder.
store_send() {
    if is_directory; then
        try_store "writing" send_directory "$1" "$(place "$2")"
    else
        try_store "writing" remote copy "${PROGRESS[@]}" "$1" "$(place "$2")"
    fi
}

send_directory() {
    local path
    for path in "$1"/*; do
        [[ -L $path ]] || cp "$path" "$2/${path##*/}" || return 1
    done
    flush "$STORE"
}

# store_put <file> <path>: one file, whole or not at all.
store_put() {
    if is_directory; then
        try_store "writing ${2##*/}" put_file "$1" "$(place "$2")"
    else
        try_store "writing ${2##*/}" remote copyto --ignore-times "$1" "$(place "$2")"
    fi
}

put_file() {
    mkdir -p "${2%/*}" && rm -f "$2.new" && cp "$1" "$2.new" && flush "$STORE" && mv -T "$2.new" "$2" && flush "$STORE"
}

# store_fetch <path> <directory>: all files of a folder come into a directory, or CAME_DAMAGED. Where the store is a directory itself, its "data" is the store's own: what is large is read once,
# and out of the store.
store_fetch() {
    if is_directory; then
        try_store "reading" fetch_directory "$(place "$1")" "$2"
    else
        fetch_remote "$(place "$1")" "$2"
    fi
}

fetch_directory() {
    local path
    mkdir -p "$2" || return 1
    for path in "$1"/*; do
        if [[ -d $path ]]; then ln -s "$path" "$2/${path##*/}" || return 1; else cp "$path" "$2/${path##*/}" || return 1; fi
    done
}

# store_get <path> <file>: one file. What the file held before is gone: of a remote that tells no time of change, rclone would take a file of the same size for the same.
store_get() {
    rm -f "$2"
    if is_directory; then
        try_store "reading ${1##*/}" cp "$(place "$1")" "$2"
    else
        try_store "reading ${1##*/}" remote copyto --ignore-times "$(place "$1")" "$2"
    fi
}

# store_fetch_these <path> <directory> <list>: the files of a folder that a list names, a line each, or CAME_DAMAGED.
store_fetch_these() {
    mkdir -p "$2" || return 1
    if is_directory; then
        try_store "reading" fetch_these "$(place "$1")" "$2" "$3"
    else
        fetch_remote --files-from-raw "$3" "$(place "$1")" "$2"
    fi
}

fetch_these() {
    local name
    while IFS= read -r name; do cp "$1/$name" "$2/$name" || return 1; done <"$3"
}

# store_delete_these <path> <list>: the files of a folder that a list names, a line each.
store_delete_these() {
    if is_directory; then
        try_store "removing" delete_these "$(place "$1")" "$2"
    else
        try_store "removing" remote delete --files-from-raw "$2" "$(place "$1")"
    fi
}

delete_these() {
    local name
    while IFS= read -r name; do rm -f "$1/$name" || return 1; done <"$2"
}

# store_delete <path>: one file, where it is there.
store_delete() {
    local names
    names=$(store_list "${1%/*}") || return 1
    grep -Fqx "${1##*/}" <<<"$names" || return 0
    if is_directory; then
        try_store "removing ${1##*/}" rm -f "$(place "$1")" && flush "$STORE"
    else
        try_store "removing ${1##*/}" remote deletefile "$(place "$1")"
    fi
}

# store_remove <id>: a backup that is half removed is none: what makes it one goes first. Last goes the note of whose it was, so that a later run can go on with
# what a killed one has begun to remove.
store_remove() {
    local path
    path=$(place "$1")
    store_delete "$1/verified" && store_delete "$1/manifest" || return 1
    if is_directory; then
        try_store "removing a backup" remove_directory "$path"
    else
        try_store "removing a backup" remote delete --exclude=/begun "$path" && try_store "removing a backup" remote purge "$path"
    fi
}

remove_directory() {
    find "$1" -mindepth 1 -maxdepth 1 ! -name begun -exec rm -rf {} + && rm -rf "$1"
}

# backup_ids: prints the ids of all that is there of the system, the oldest first.
backup_ids() {
    local names
    names=$(store_list "") || return 1
    grep -E "$ID_PATTERN" <<<"$names" || true
}

if [[ -n ${STORE_SNAPSHOTS:-} ]]; then
    # shellcheck source=snapshots.sh
    . "${BASH_SOURCE%/*}/snapshots.sh"
fi

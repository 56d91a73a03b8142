#!/usr/bin/env bash
# Stands for rclone: a remote is the folder "remotes" beside it. Where the file rclone.denied lies there, the remote refuses, as one does whose credentials are wrong; where
# rclone.readonly lies there, it only refuses to be written to. Where rclone.other lies there, what is copied from it is other bytes than its digest says, in the words of that file.
set -euo pipefail
here=${0%/*}
words=()
ignore_times=no
these=""
while (($# > 0)); do
    case $1 in
        --config | --cache-dir | --ca-cert | --stats | --stats-log-level | --retries) shift ;;
        --files-from-raw) these=$2; shift ;;
        --ignore-times) ignore_times=yes ;;
        --*) ;;
        *) words+=("$1") ;;
    esac
    shift
done
printf 'rclone %s\n' "${words[*]}" >>"$here/calls"
[[ ! -e $here/rclone.denied ]] || { echo "2026/11/27 02:30:00 NOTICE: Failed to ${words[0]}: AccessDenied: 403" >&2; exit 1; }

if [[ -e $here/rclone.readonly ]]; then
    case ${words[0]} in copy | copyto) [[ ${words[2]} != *:* ]] ;; lsf) ;; *) false ;; esac || { echo "2026/11/27 02:30:00 NOTICE: Failed to ${words[0]}: AccessDenied: 403" >&2; exit 1; }
fi

# transfer <file> <file>: as from and to a remote that keeps no time of change, one of the same size is taken for the same.
transfer() {
    [[ $ignore_times == no && -e $2 && $(stat -c %s "$1") == "$(stat -c %s "$2")" ]] || /bin/cp "$1" "$2"
}

# local_path <remote path or local path>
local_path() {
    case $1 in
        *:*) printf '%s/remotes/%s' "$here" "${1#*:}" ;;
        *) printf '%s' "$1" ;;
    esac
}

# list_files: all of this folder, or those of the list.
list_files() {
    local name
    if [[ -z $these ]]; then find . -type f -print0; return; fi
    while IFS= read -r name; do [[ ! -f $name ]] || printf './%s\0' "$name"; done <"$these"
}

[[ ! -e $here/rclone.other || ${words[0]} != copy || ${words[1]} != *:* ]] || { echo "2026/11/27 02:30:00 NOTICE: Failed to copy: $(<"$here/rclone.other")" >&2; exit 1; }

source=$(local_path "${words[1]}")
case ${words[0]} in
    lsf)
        [[ -d $source ]] || { echo "directory not found" >&2; exit 3; }
        ls -Ap "$source"
        ;;
    # Of folders only those that have a file come along; what a list names and is not there is passed over.
    copy)
        [[ -d $source ]] || { echo "directory not found" >&2; exit 3; }
        target=$(local_path "${words[2]}")
        (cd "$source" && list_files) | while IFS= read -r -d '' file; do
            mkdir -p "$(dirname "$target/$file")" && transfer "$source/$file" "$target/$file"
        done
        ;;
    copyto)
        target=$(local_path "${words[2]}")
        mkdir -p "${target%/*}" && transfer "$source" "$target"
        ;;
    # All but what is excluded, which is one file.
    delete) (cd "$source" && list_files | { grep -zvx ./begun || true; } | xargs -0 -r rm) ;;
    deletefile) rm "$source" ;;
    purge) rm -r "$source" ;;
    *) exit 2 ;;
esac

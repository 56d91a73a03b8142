# shellcheck shell=bash
# Sourced after store.sh by what makes backups, as copies (backup.sh) or as snapshots (snapshot.sh): what it may be told to do, and with which exit code it ends. Whoever
# sources it has make_backup and verify_backup, and end.
# shellcheck source=archive.sh
. "${BASH_SOURCE%/*}/archive.sh"
# shellcheck source=logs.sh
. "${BASH_SOURCE%/*}/logs.sh"
# shellcheck source=healthiest.sh
. "${BASH_SOURCE%/*}/healthiest.sh"
# shellcheck source=keep.sh
. "${BASH_SOURCE%/*}/keep.sh"

NO_COPY=1
WRONG_USE=2
NO_STORE=3
NOT_GOOD=4

# chosen <id>: prints it, or the newest good one's for "latest".
chosen() {
    local id=$1
    if [[ $id == latest ]]; then
        id=$(newest_good) || end "$NO_STORE" "the store cannot be read"
        [[ -n $id ]] || end "$WRONG_USE" "there is no good backup of $STORE_SYSTEM in $STORE"
    fi
    [[ $id =~ $ID_PATTERN ]] || end "$WRONG_USE" "'$id' is no backup's id, such as 20261127T023000Z, nor latest"
    printf '%s' "$id"
}

list_backups() {
    local ids id
    ids=$(backup_ids) || end "$NO_STORE" "the store cannot be read"
    printf '%-16s  %-8s  %12s  %12s  %7s  %-10s  %s\n' BACKUP STATE MB "MB PACKED" TABLES SERVER "DATA OF"
    for id in $ids; do
        look_at "$id" || end "$NO_STORE" "the store cannot be read"
        printf '%-16s  %-8s  %12s  %12s  %7s  %-10s  %s\n' "$id" "$STATE" "$(megabytes "${MANIFEST[bytes]:-0}")" "$(megabytes "${MANIFEST[packed]:-0}")" "${MANIFEST[tables]:--}" "${MANIFEST[server]:--}" "${MANIFEST[identity]:--}$(lacking)"
    done
    [[ -n $ids ]] || log "there is no backup of $STORE_SYSTEM in $STORE"
    list_archives || end "$NO_STORE" "the store cannot be read"
}

# list_archives: up to when a point in time can be restored, for each cluster whose logs are there.
list_archives() {
    local identities identity names first range
    identities=$(store_list logs) || return 1
    for identity in $identities; do
        names=$(store_list "logs/$identity") && read_through "$identity" "$names" && read_gap "$identity" "$names" || return 1
        first=$(logs_among "$names" | sed -n 1p)
        range="no log yet"
        [[ -z $first ]] || range="logs from $(date -u -d "@$(began_at "${first#*-}")" +%Y-%m-%dT%H:%M:%SZ)"
        printf 'archive of what was written to the data of %s: %s, %s%s\n' "$identity" "$range" "${THROUGH:+complete up to }${THROUGH:-not yet complete up to any time}" "${GAP:+, with a GAP that no good backup covers: $GAP}"
    done
}

show_backup() {
    local id key
    id=$(chosen "$1") || exit $?
    look_at "$id" || end "$NO_STORE" "the store cannot be read"
    printf 'state %s\n' "$STATE"
    for key in "${KEYS[@]}"; do
        [[ -z ${MANIFEST[$key]:-} ]] || printf '%s %s\n' "$key" "${MANIFEST[$key]}"
    done
    [[ $STATE != partial ]] || end "$WRONG_USE" "$id is no backup: it has no manifest"
}

# do_as_told [command [argument]]
do_as_told() {
    case "${1:-make} $#" in
        "make 0" | "make 1") make_backup ;;
        "list 1") list_backups ;;
        "show 2") show_backup "$2" ;;
        "verify 2") verify_backup "$2" ;;
        *) end "$WRONG_USE" "it takes make, list, show ID or verify ID" ;;
    esac
}

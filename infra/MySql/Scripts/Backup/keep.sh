# shellcheck shell=bash
# Sourced by commands.sh: which backups go. Only those of this cluster's own data, told by their identity: another cluster may have had this name, and its
# backups may be all that is left of it.
require_environment KEEP_COUNT KEEP_DAYS DEADLINE_SECONDS

# How far two clocks may be apart.
CLOCK_SECONDS=300
LIMIT_OF_AGE=""
((KEEP_DAYS == 0)) || LIMIT_OF_AGE=", or older than $KEEP_DAYS days"

# age_of <id>: prints how many seconds ago that was.
age_of() {
    local now began
    TZ=UTC printf -v now '%(%s)T' -1
    began=$(began_at "$1") && printf '%d' "$((now - began))"
}

# ages_are_known: false, and said, where a backup lies in the future: by which of the clocks the others are old is not known then.
ages_are_known() {
    local id age
    for id in $IDS; do
        age=$(age_of "$id") || { log "$id is no time; nothing is removed before a person has looked at it"; return 1; }
        ((age >= -CLOCK_SECONDS)) || { log "$id lies in the future by this pod's clock; nothing is removed before a person has looked at that: which ones are old is not known"; return 1; }
    done
}

# is_own <id>: it is of the data of the cluster that DONOR belongs to.
is_own() {
    [[ ${OWNERS[$1]} == "${DONOR[identity]}" ]]
}

# newest_own <state>: prints its id, or nothing.
newest_own() {
    local id newest=""
    for id in $IDS; do
        [[ ${STATES[$id]} != "$1" ]] || ! is_own "$id" || newest=$id
    done
    printf '%s' "$newest"
}

# make_room: before a new one comes, what is too much already goes: a store that is full would never take another one.
make_room() {
    local good
    ages_are_known || return 0
    good=$(newest_own good)
    # It may be newer than the newest good one, and turn out to be one, too.
    remove_leftovers "$(newest_own unproved)"
    [[ -z $good ]] || remove_good "$good"
}

# remove_old <id>: that one was just proved.
remove_old() {
    local id
    IDS+=$'\n'$1
    STATES[$1]=good
    OWNERS[$1]=${DONOR[identity]}
    for id in $IDS; do
        [[ ${STATES[$id]} != removed ]] || continue
        if [[ ${STATES[$id]} == damaged ]] || ! is_own "$id"; then
            log "$id is damaged, or not of this cluster's data; it is left alone"
        fi
    done
    ages_are_known || return 0
    remove_leftovers ""
    remove_good "$1"
    remove_logs
}

# remove_leftovers <id>: of this cluster's backups those that were not made or not proved to the end, but that one. A run that is older than the deadline has ended.
remove_leftovers() {
    local id
    for id in $IDS; do
        if [[ $id == "$1" ]] || (($(age_of "$id") <= DEADLINE_SECONDS)); then
            continue
        elif [[ ${STATES[$id]} == partial ]] && { is_own "$id" || [[ ${OWNERS[$id]} == "$UNKNOWN" ]]; }; then
            remove_backup "$id" "it was not made to its end"
        elif [[ ${STATES[$id]} == unproved ]] && is_own "$id"; then
            remove_backup "$id" "it was not proved, and no run is at it any more"
        fi
    done
}

# remove_good <id>: of the good backups of this cluster's data those beyond KEEP_COUNT and, where that is not 0, those older than KEEP_DAYS; that one stays whatever
# they say.
remove_good() {
    local id kept=0
    for id in $(tac <<<"$IDS"); do
        if [[ ${STATES[$id]} != good ]] || ! is_own "$id"; then
            continue
        fi
        kept=$((kept + 1))
        [[ $id != "$1" ]] || continue
        ((kept <= KEEP_COUNT && (KEEP_DAYS == 0 || $(age_of "$id") <= KEEP_DAYS * 86400))) || remove_backup "$id" "it is more than $KEEP_COUNT good ones ago${LIMIT_OF_AGE}"
    done
}

# remove_backup <id> <why>: a store that does not let anything be removed has the new backup all the same.
remove_backup() {
    store_remove "$1" || return 0
    STATES[$1]=removed
    log "removed $1: $2"
}

# remove_logs: of the archive of this cluster's data what no good backup needs any more. The newest log tells where the archive stands, and stays.
remove_logs() {
    local id all newest name limit="" names=() old=()
    for id in $IDS; do
        if [[ ${STATES[$id]} == good ]] && is_own "$id"; then
            limit=$(useful_since "$id") && all=$(store_list "logs/${DONOR[identity]}") && newest=$(logs_among "$all") || return 0
            break
        fi
    done
    [[ -n $limit ]] || return 0
    newest=${newest##*$'\n'}
    mapfile -t names < <(grep -E '^[0-9]{8}-[0-9]{8}T[0-9]{6}Z\.(info|zst)$' <<<"$all")
    for name in "${names[@]}"; do
        [[ ${name%.*} == "$newest" || ! ${name#*-} < $limit ]] || old+=("$name")
    done
    ((${#old[@]} > 0)) || return 0
    printf '%s\n' "${old[@]}" >"$WORK/old"
    ! store_delete_these "logs/${DONOR[identity]}" "$WORK/old" || log "removed what the archive had from more than a day before the oldest good backup, $id: ${#old[@]} files"
}

#!/usr/bin/env bash
# Init container 2. Gives an empty server its data from another pod; fetch.sh knows how.
#
# Guarantees: nothing is received into the data directory; a staging directory, emptied first, becomes the data directory by one
# rename, after the proof that it is complete and a sync. A kill at any instant leaves an empty data directory, or the old one, and the
# next run begins afresh. Data that is there is kept. Waits are bounded: SEED_TIMEOUT_SECONDS without progress, or five transfers that failed,
# end the run with a reason.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/tls.sh"
require_environment HEADLESS_SERVICE SEED_TIMEOUT_SECONDS SEED_STALL_SECONDS

STAGING=$VOLUME/staging-clone
# Where in it the data lies when it is complete.
RECEIVED=$STAGING
DISCARDED=$VOLUME/discarded
RESEED=$VOLUME_DATA/$RESEED
REPORTS=$(mktemp -d)
MAX_TRANSFERS=5
# shellcheck source=transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=Clone/fetch.sh
. "${BASH_SOURCE%/*}/fetch.sh"

finish() {
    end_fetch
    rm -rf "$REPORTS"
}
trap finish EXIT
trap 'exit 143' TERM INT

# A person asked for fresh data: the old data makes way by a rename, so that half of it never stays.
set_old_data_aside() {
    [[ -e $RESEED ]] || return 0
    log "throwing this replica's data away, as $RESEED asks"
    rm -rf "$DISCARDED" && mv -T "$VOLUME_DATA" "$DISCARDED" && flush "$VOLUME"
}

discard_old_data() {
    set_old_data_aside && rm -rf "$DISCARDED"
}

take_into_use() {
    note_owner "$RECEIVED" && note_verified "$RECEIVED" && flush "$VOLUME" && set_old_data_aside && mv -T "$RECEIVED" "$VOLUME_DATA" && flush "$VOLUME" && rm -rf "$DISCARDED"
}

# seed_from <ordinal>: one whole attempt. False leaves the data directory as it was and gives the room back before any wait.
seed_from() {
    local host asked=$SECONDS
    host=$(peer_host "$1")
    [[ -n $(getent ahosts "$host") ]] || { log_wait "$host: the name does not resolve"; return 1; }
    if fetch "$1" && take_into_use; then
        rm -rf "$STAGING"
        log "seeded from $host in $((SECONDS - asked)) s"
        return 0
    fi
    rm -rf "$STAGING"
    return 1
}

seed_replica() {
    local donor pause=1
    while true; do
        load_secrets || fail "cannot ask for data without the Secret's passwords"
        ! has_tls || take_certificate || true
        for donor in $(donors); do
            ! seed_from "$donor" || return 0
        done
        ((TRANSFERS < MAX_TRANSFERS)) || fail "$TRANSFERS backups were asked for and none came whole and usable; the reasons stand above"
        ((SECONDS - LAST_PROGRESS < SEED_TIMEOUT_SECONDS)) ||
            fail "no pod from $(peer_host "$((ORDINAL - 1))") down to $(peer_host 0) gave a backup; no progress for $((SECONDS - LAST_PROGRESS)) s. Last: $LAST_WAIT"
        # Backoff, with a random part so that two replicas do not ask in step.
        sleep "$pause.$((RANDOM % 10))"
        pause=$((pause < 8 ? pause * 2 : 8))
    done
}

main() {
    local state
    # What an earlier run left when it was killed.
    rm -rf "$VOLUME"/staging-* "$DISCARDED"
    state=$(data_state "$VOLUME_DATA")
    if [[ -e $RESEED ]]; then
        if is_primary; then
            log "$RESEED is ignored: ordinal 0 is the primary, and the others have their data from it"
        else
            state=empty
        fi
    fi
    case $state in
        complete) log "the volume holds data; nothing to seed"; return ;;
        empty) ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; this replica then seeds afresh." ;;
    esac
    if is_primary; then seed_primary; else seed_replica; fi
}

main

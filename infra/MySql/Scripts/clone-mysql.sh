#!/usr/bin/env bash
# Init container 2, xtrabackup image. Gives an empty replica its data: a backup streamed from another pod, checked and prepared.
#
# Guarantees: nothing is received into the data directory; a staging directory, emptied first, becomes the data directory by one
# rename, after the donor's proof of completeness, a finished --prepare, readable coordinates and a sync. A kill at any instant leaves an
# empty data directory, and the next run begins afresh. Data that is there is kept. Waits are bounded: SEED_TIMEOUT_SECONDS without progress,
# or five transfers that failed, end the run with a reason.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/channel.sh"
. "${BASH_SOURCE%/*}/coordinates.sh"
require_environment HEADLESS_SERVICE BACKUP_PORT SEED_TIMEOUT_SECONDS

STAGING=$VOLUME/staging-clone
DISCARDED=$VOLUME/discarded
RESEED=$VOLUME_DATA/$RESEED
REPORTS=$(mktemp -d)
PREPARE_MEMORY=${PREPARE_MEMORY:-256M}
# Without a byte for this long the donor counts as dead. Longer than it may wait for a long query (serve-backup.sh).
STALL_SECONDS=${STALL_SECONDS:-120}
MAX_TRANSFERS=5
LAST_PROGRESS=$SECONDS
TRANSFERS=0

finish() {
    [[ -z $CHANNEL ]] || kill "$CHANNEL" 2>/dev/null || true
    rm -rf "$REPORTS"
}
trap finish EXIT
trap 'exit 143' TERM INT

megabytes() {
    printf '%d.%d' "$(($1 / 1000000))" "$(($1 % 1000000 / 100000))"
}

empty_staging() {
    rm -rf "$STAGING" && mkdir -m 0750 "$STAGING"
}

# A person asked for fresh data, and a donor is ready to send it: only now the old data goes, by a rename, so that half of it never stays.
discard_old_data() {
    [[ -e $RESEED ]] || return 0
    log "throwing this replica's data away, as $RESEED asks"
    rm -rf "$DISCARDED" && mv -T "$VOLUME_DATA" "$DISCARDED" && sync && rm -rf "$DISCARDED"
}

free_bytes() {
    df --output=avail -B1 "$VOLUME" | tail -n 1
}

enough_room() {
    local free old=0
    free=$(free_bytes)
    [[ ! -e $RESEED ]] || old=$(du -sB1 "$VOLUME_DATA" | cut -f 1) || return 1
    ((free + old <= DONOR_BYTES)) || return 0
    log_wait "disk full: $1 sends about $(megabytes "$DONOR_BYTES") MB, the volume has $(megabytes "$free") MB left; make room or a larger claim"
    return 1
}

# read_bytes <process>: how much it has read so far.
read_bytes() {
    local key value
    while read -r key value; do
        [[ $key != rchar: ]] || printf '%s' "$value"
    done <"/proc/$1/io"
}

# receive <host>: unpacks the stream into the staging directory; tells bytes and rate every five seconds.
receive() {
    local host=$1 began=$SECONDS told=$SECONDS moved=$SECONDS bytes=0 last=0 pid
    TRANSFERS=$((TRANSFERS + 1))
    xbstream -x -C "$STAGING" <&"$FROM_DONOR" 2>"$REPORTS/xbstream" &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        bytes=$(read_bytes "$pid" 2>/dev/null) || true
        if ((bytes > last)); then
            last=$bytes
            moved=$SECONDS
            LAST_PROGRESS=$SECONDS
        elif ((SECONDS - moved >= STALL_SECONDS)); then
            log "$host: no byte for $STALL_SECONDS s; the connection is given up"
            moved=$SECONDS
            kill "$pid" "$CHANNEL" 2>/dev/null || true
        fi
        if ((SECONDS - told >= 5)); then
            told=$SECONDS
            log "seeding from $host: $(megabytes "$last") MB of about $(megabytes "$DONOR_BYTES") MB, $(megabytes "$((last / (SECONDS - began)))") MB/s, $((SECONDS - began)) s"
        fi
    done
    if ! wait "$pid"; then
        log_tail "$REPORTS/xbstream" "$host: the stream could not be unpacked; the volume has $(megabytes "$(free_bytes)") MB left"
        return 1
    fi
    log "$host: about $(megabytes "$last") MB received in $((SECONDS - began)) s"
}

# The donor adds its last word to the stream only after the backup tool ended well; a stream that was cut, anywhere, ends without it.
is_complete() {
    local host=$1 expected part
    expected=$(proof complete "${NONCES[@]}") || return 1
    if [[ ! -f $STAGING/backup-complete || $(<"$STAGING/backup-complete") != "$expected" ]]; then
        log "$host: the stream ended before the backup was complete; what came is thrown away"
        return 1
    fi
    for part in xtrabackup_checkpoints xtrabackup_info; do
        [[ -s $STAGING/$part ]] || { log "$host: the backup has no $part; it is thrown away"; return 1; }
    done
}

prepare() {
    local began=$SECONDS told=$SECONDS pid
    xtrabackup --no-defaults --prepare --use-memory="$PREPARE_MEMORY" --target-dir="$STAGING" >"$REPORTS/prepare" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        LAST_PROGRESS=$SECONDS
        ((SECONDS - told < 5)) || { told=$SECONDS; log "preparing, $((SECONDS - began)) s so far"; }
    done
    if ! wait "$pid" || [[ $(tail -n 1 "$REPORTS/prepare") != *"completed OK!"* ]]; then
        log_tail "$REPORTS/prepare" "xtrabackup --prepare failed"
        return 1
    fi
    log "prepared in $((SECONDS - began)) s with at most $PREPARE_MEMORY of memory"
}

# note_coordinates <donor's ordinal>: where in the primary's binary log this copy stands. The primary's own copy says so by its own log, a replica's by
# what it had applied of the primary's log, never by its own. The note travels with the data; the sidecar configures replication from it.
note_coordinates() {
    local found source=xtrabackup_slave_info
    if [[ $1 -eq 0 ]]; then
        source=xtrabackup_binlog_info
        found=$(coordinates_of_primary "$STAGING/$source") || found=""
    else
        found=$(coordinates_of_replica "$STAGING/$source") || found=""
    fi
    if [[ -z $found ]]; then
        log "$(peer_host "$1"): no usable coordinates in $source: $(head -c 300 "$STAGING/$source" 2>&1 | tr '\n' ' ')"
        return 1
    fi
    write_file "$STAGING/seed-coordinates" 0640 <<<"$found"$'\n'"donor=$(peer_host "$1")" || return 1
    log "this copy stands at ${found//$'\n'/, } of the primary"
}

# Away with what belonged to the donor alone, or only to the transfer. Without auto.cnf the server makes itself a uuid of its own.
strip() {
    rm -f "$STAGING"/{auto.cnf,data-of-pod,master.info,relay-log.info,backup-complete,xtrabackup_binlog_info,xtrabackup_slave_info,xtrabackup_logfile}
}

take_into_use() {
    note_owner "$STAGING" && sync && mv -T "$STAGING" "$VOLUME_DATA" && sync
}

transfer() {
    shake_hands "$1" && enough_room "$1" && discard_old_data && receive "$1"
}

# seed_from <ordinal>: one whole attempt. False leaves the volume without data and gives its room back before any wait.
seed_from() {
    local host asked=$SECONDS ok=false
    host=$(peer_host "$1")
    [[ -n $(getent ahosts "$host") ]] || { log_wait "$host: the name does not resolve"; return 1; }
    empty_staging && open_channel "$host" || return 1
    ! transfer "$host" || ok=true
    close_channel
    if $ok && is_complete "$host" && prepare && note_coordinates "$1" && strip && take_into_use; then
        log "seeded from $host in $((SECONDS - asked)) s"
        return 0
    fi
    empty_staging || true
    return 1
}

main() {
    local state donor pause=1
    state=$(data_state "$VOLUME_DATA")
    is_primary || [[ ! -e $RESEED ]] || state=empty
    case $state in
        complete) rm -rf "$STAGING" "$DISCARDED"; log "the volume holds data; nothing to seed"; return ;;
        empty) ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; this replica then seeds afresh." ;;
    esac
    ! is_primary || { log "ordinal 0 is the primary; nothing to seed"; return; }
    rm -rf "$DISCARDED"
    while true; do
        load_secrets || fail "cannot ask for a backup without the Secret's passwords"
        for ((donor = ORDINAL - 1; donor >= 0; donor--)); do
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

main

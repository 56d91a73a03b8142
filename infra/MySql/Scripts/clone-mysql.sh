#!/usr/bin/env bash
# Init container 2, xtrabackup image. Gives an empty replica its data: a backup streamed from another pod, prepared, and checked.
#
# Guarantees: nothing is received into the data directory; a staging directory, emptied first, becomes the data directory by one
# rename, after the donor's proof of completeness, a finished --prepare, readable coordinates and a sync. A kill at any instant leaves an
# empty data directory, and the next run begins afresh. Data that is there is kept. Waits are bounded by SEED_TIMEOUT_SECONDS without progress.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/coordinates.sh"
require_environment HEADLESS_SERVICE BACKUP_PORT SEED_TIMEOUT_SECONDS

STAGING=$VOLUME/staging-clone
REPORTS=$(mktemp -d)
PREPARE_MEMORY=${PREPARE_MEMORY:-256M}
# Without a byte for this long the donor counts as dead.
STALL_SECONDS=${STALL_SECONDS:-60}
SSL=$(ssl_option)
LAST_PROGRESS=$SECONDS
CHANNEL_PID=""

finish() {
    [[ -z $CHANNEL_PID ]] || kill "$CHANNEL_PID" 2>/dev/null || true
    rm -rf "$REPORTS"
}
trap finish EXIT

megabytes() {
    printf '%d.%d' "$(($1 / 1000000))" "$(($1 % 1000000 / 100000))"
}

free_bytes() {
    local free
    free=$(df --output=avail -B1 "$VOLUME" | tail -n 1)
    printf '%d' "$free"
}

empty_staging() {
    rm -rf "$STAGING"
    mkdir -m 0750 "$STAGING"
}

# open_channel <host>: a connection to the donor's backup server behind the descriptors TO_DONOR and FROM_DONOR.
open_channel() {
    rm -f "$REPORTS/to" "$REPORTS/from"
    mkfifo -m 0600 "$REPORTS/to" "$REPORTS/from"
    # shellcheck disable=SC2086 # no --ssl is no word
    ncat $SSL --wait 10 "$1" "$BACKUP_PORT" <"$REPORTS/to" >"$REPORTS/from" 2>"$REPORTS/channel" &
    CHANNEL_PID=$!
    exec {TO_DONOR}>"$REPORTS/to" {FROM_DONOR}<"$REPORTS/from"
}

close_channel() {
    exec {TO_DONOR}>&- {FROM_DONOR}<&-
    kill "$CHANNEL_PID" 2>/dev/null || true
    wait "$CHANNEL_PID" 2>/dev/null || true
    CHANNEL_PID=""
}

# tell_donor <line>: false if the donor is gone.
tell_donor() {
    (trap '' PIPE && printf '%s\n' "$1" >&"$TO_DONOR") 2>/dev/null
}

# shake_hands <host>: both sides prove that they know the backup password. Sets NONCES and DONOR_BYTES; false if there will be no backup.
shake_hands() {
    local host=$1 greeting version theirs mine word shown rest
    if ! read -r -t 15 -u "$FROM_DONOR" greeting version theirs || [[ "$greeting $version" != "statefulset-backup 1" ]]; then
        log "$host: no backup server answers on port $BACKUP_PORT ($(tr '\n' ' ' <"$REPORTS/channel")${greeting:+it says ${greeting:0:40}})"
        return 1
    fi
    mine=$(nonce)
    NONCES="$theirs $mine"
    tell_donor "$mine $(proof client "$theirs" "$mine") $HOSTNAME" || true
    # The donor looks at its server before it answers.
    if ! read -r -t 30 -u "$FROM_DONOR" word shown rest || [[ $shown != "$(proof "server-$word" "$theirs" "$mine")" ]]; then
        log "$host: the backup server does not prove that it knows this cluster's backup password${word:+ (it says ${word:0:40})}"
        return 1
    fi
    case $word in
        sending) DONOR_BYTES=$rest ;;
        busy)
            # It lives and works: its turn will end, so this is no reason to give up.
            LAST_PROGRESS=$SECONDS
            log_wait "$SECONDS" "$host: busy with another backup"
            return 1
            ;;
        *)
            log_wait "$SECONDS" "$host: cannot be a donor now: $rest"
            return 1
            ;;
    esac
}

received_bytes() {
    local key value
    {
        while read -r key value; do
            [[ $key != rchar: ]] || printf '%s' "$value"
        done <"/proc/$1/io"
    } 2>/dev/null || true
}

# receive <host>: unpacks the stream into the staging directory; tells bytes and rate every five seconds.
receive() {
    local host=$1 began=$SECONDS told=$SECONDS moved=$SECONDS bytes=0 last=0 now pid
    xbstream -x -C "$STAGING" <&"$FROM_DONOR" 2>"$REPORTS/xbstream" &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.5
        now=$(received_bytes "$pid")
        [[ -z $now ]] || bytes=$now
        if ((bytes > last)); then
            last=$bytes
            moved=$SECONDS
            LAST_PROGRESS=$SECONDS
        elif ((SECONDS - moved >= STALL_SECONDS)); then
            log "$host: no byte for $STALL_SECONDS s; the connection is given up"
            kill "$pid" "$CHANNEL_PID" 2>/dev/null || true
        fi
        if ((SECONDS - told >= 5)); then
            told=$SECONDS
            log "seeding from $host: $(megabytes "$bytes") MB of about $(megabytes "$DONOR_BYTES") MB, $(megabytes "$((bytes / (SECONDS - began)))") MB/s, $((SECONDS - began)) s"
        fi
    done
    if ! wait "$pid"; then
        log "$host: xbstream failed: $(tail -n 3 "$REPORTS/xbstream" | tr '\n' ' ')"
        return 1
    fi
    log "$host: $(megabytes "$bytes") MB received in $((SECONDS - began)) s"
}

# The donor adds its last word to the stream only after the backup tool ended well; a cut stream ends without it.
complete() {
    local host=$1 part
    # shellcheck disable=SC2086 # two words
    if [[ ! -f $STAGING/backup-complete || "$(<"$STAGING/backup-complete")" != "$(proof complete $NONCES)" ]]; then
        log "$host: the stream ended before the backup was complete; what came is thrown away"
        return 1
    fi
    for part in xtrabackup_checkpoints xtrabackup_info; do
        [[ -s $STAGING/$part ]] || { log "$host: the backup has no $part; it is thrown away"; return 1; }
    done
}

prepare() {
    local began=$SECONDS told=$SECONDS pid
    log "preparing with at most $PREPARE_MEMORY of memory"
    xtrabackup --no-defaults --prepare --use-memory="$PREPARE_MEMORY" --target-dir="$STAGING" >"$REPORTS/prepare" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        LAST_PROGRESS=$SECONDS
        ((SECONDS - told < 10)) || { told=$SECONDS; log "preparing: $((SECONDS - began)) s so far"; }
    done
    if ! wait "$pid" || [[ $(tail -n 1 "$REPORTS/prepare") != *"completed OK!"* ]]; then
        tail -n 20 "$REPORTS/prepare" >&2
        log "xtrabackup --prepare failed; its last lines stand above"
        return 1
    fi
    log "prepared in $((SECONDS - began)) s"
}

# note_coordinates <donor's ordinal> <host>: where in the primary's binary log this copy stands. The primary's own copy says so by its own log; a
# replica's by what it had applied of the primary's log, never by its own.
note_coordinates() {
    local found file position
    if [[ $1 -eq 0 ]]; then
        found=$(coordinates_of_primary "$STAGING/xtrabackup_binlog_info") || { log "$2: xtrabackup_binlog_info has no usable file and position"; return 1; }
    else
        found=$(coordinates_of_replica "$STAGING/xtrabackup_slave_info") || { log "$2: xtrabackup_slave_info has no usable file and position"; return 1; }
    fi
    read -r file position <<<"$found"
    write_file "$STAGING/seed-coordinates" 0640 < <(printf 'file=%s\nposition=%s\ndonor=%s\n' "$file" "$position" "$2")
    log "$2: this copy stands at $file:$position of the primary"
}

# What belonged to the donor alone, or only to the transfer. Without auto.cnf the server makes itself a uuid of its own.
strip() {
    rm -f "$STAGING"/{auto.cnf,master.info,relay-log.info,backup-complete,xtrabackup_binlog_info,xtrabackup_slave_info,xtrabackup_logfile}
}

# seed_from <ordinal>: one whole attempt. False leaves the volume without data.
seed_from() {
    local host done=false
    host=$(peer_host "$1")
    [[ -n $(getent ahosts "$host") ]] || { log_wait "$SECONDS" "$host: the name does not resolve"; return 1; }
    empty_staging
    open_channel "$host"
    shake_hands "$host" && enough_room "$host" && receive "$host" && done=true
    close_channel
    if ! $done || ! complete "$host" || ! prepare || ! note_coordinates "$1" "$host"; then
        # The room is given back before any wait.
        empty_staging
        return 1
    fi
    strip
    sync
    mv -T "$STAGING" "$VOLUME/mysql"
    sync
    log "seeded from $host"
}

enough_room() {
    local free
    free=$(free_bytes)
    ((free > DONOR_BYTES)) && return
    log "$1: sends about $(megabytes "$DONOR_BYTES") MB, but the volume has $(megabytes "$free") MB left; make room or a larger claim"
    return 1
}

main() {
    local state began=$SECONDS donor pause=1
    state=$(data_state "$VOLUME/mysql")
    case $state in
        complete) log "the volume holds data; nothing to seed"; rm -rf "$STAGING"; return ;;
        empty) ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; this replica then seeds afresh." ;;
    esac
    ! is_primary || { log "ordinal 0 is the primary; nothing to seed"; return; }
    while true; do
        for ((donor = ORDINAL - 1; donor >= 0; donor--)); do
            ! seed_from "$donor" || return 0
        done
        ((SECONDS - LAST_PROGRESS < SEED_TIMEOUT_SECONDS)) ||
            fail "no pod from $(peer_host "$((ORDINAL - 1))") down to $(peer_host 0) gave a usable backup; no progress for $((SECONDS - LAST_PROGRESS)) s, $((SECONDS - began)) s in all"
        # Backoff, with a random part so that two replicas do not ask in step.
        sleep "$pause.$((RANDOM % 10))"
        pause=$((pause < 8 ? pause * 2 : 8))
    done
}

main

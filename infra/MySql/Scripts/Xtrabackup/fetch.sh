# shellcheck shell=bash
# Sourced by clone-mysql.sh: data comes as a stream of xtrabackup, over a channel that both ends have proved to belong to this cluster.
. "${BASH_SOURCE%/*}/channel.sh"
. "${BASH_SOURCE%/*}/coordinates.sh"
require_environment BACKUP_PORT

PREPARE_MEMORY=${PREPARE_MEMORY:-256M}

end_fetch() {
    [[ -z $CHANNEL ]] || kill "$CHANNEL" 2>/dev/null || true
}

# donors: the ordinals to ask, in order.
donors() {
    local donor
    for ((donor = ORDINAL - 1; donor >= 0; donor--)); do
        printf '%s\n' "$donor"
    done
}

seed_primary() {
    log "ordinal 0 is the primary; nothing to seed"
}

# make_room <host>: for the copy beside what is there. Only where there is none for both does old data go before the new is whole.
make_room() {
    local free old=0
    free=$(free_bytes)
    ((free <= DONOR_BYTES)) || return 0
    [[ ! -e $RESEED ]] || old=$(du -sB1 "$VOLUME_DATA" | cut -f 1) || return 1
    if ((free + old <= DONOR_BYTES)); then
        log_wait "disk full: $1 sends about $(megabytes "$DONOR_BYTES") MB, the volume has $(megabytes "$free") MB left; make room or a larger claim"
        return 1
    fi
    log "the volume has $(megabytes "$free") MB left and $1 sends about $(megabytes "$DONOR_BYTES") MB: the old data has to go first"
    discard_old_data
}

# How much the process that unpacks has read so far.
measure_transfer() {
    local key value
    while read -r key value; do
        [[ $key != rchar: ]] || BYTES=$value
    done 2>/dev/null <"/proc/$1/io"
}

give_up_transfer() {
    kill "$1" "$CHANNEL" 2>/dev/null || true
}

# receive <host>: unpacks the stream into the staging directory.
receive() {
    local host=$1 began=$SECONDS
    TRANSFERS=$((TRANSFERS + 1))
    ABOUT=$DONOR_BYTES
    xbstream -x -C "$STAGING" <&"$FROM_DONOR" 2>"$REPORTS/xbstream" &
    if ! watch_transfer $! "$host"; then
        log_tail "$REPORTS/xbstream" "$host: the stream could not be unpacked; the volume has $(megabytes "$(free_bytes)") MB left"
        return 1
    fi
    log "$host: about $(megabytes "$BYTES") MB received in $((SECONDS - began)) s"
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

transfer() {
    shake_hands "$1" && make_room "$1" && receive "$1"
}

# fetch <ordinal>: one whole attempt. Data that is complete, prepared and knows its place stands in the staging directory then.
fetch() {
    local host ok=false
    host=$(peer_host "$1")
    empty_staging && open_channel "$host" || return 1
    ! transfer "$host" || ok=true
    close_channel
    $ok && is_complete "$host" && prepare && note_coordinates "$1" && strip
}

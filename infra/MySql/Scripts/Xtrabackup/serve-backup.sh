#!/usr/bin/env bash
# One connection to the backup server: standard input and output are the peer.
#
# Guarantees: nothing but a random number is sent to a peer that has not proved that it knows the cluster's backup password; a silent
# peer is dropped after ten seconds; one backup runs at a time, a second peer is told "busy"; a peer that takes nothing any more, as its machine is
# gone, holds the writers of this server up for some seconds at most; the stream's last file, which proves that it is complete, is added only after
# the backup tool ended well.
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/proof.sh"
require_environment BACKUP_PORT PRIMARY_HOST SEED_STALL_SECONDS

PEER=${NCAT_REMOTE_ADDR:-unknown}
LOCK=${BACKUP_LOCK:-/tmp/backup.lock}
# How long a backup that holds the writers up may wait for its peer.
LOCKED_SECONDS=20
REPORTS=$(mktemp -d)
# conf.d is in memory; xtrabackup reads its options twice, so they cannot come through a pipe.
OPTIONS=$CONFIGURATION/backup-$BASHPID.client
trap 'rm -rf "$REPORTS" "$OPTIONS"' EXIT
trap '' PIPE

# answer <word> <text>: proves, with the word itself, that this is the cluster's own backup server.
answer() {
    printf '%s %s %s\n' "$1" "$(proof "server-$1" "${NONCES[@]}")" "$2"
}

authenticate() {
    local mine theirs="" shown="" name=""
    load_secrets
    mine=$(nonce)
    printf 'statefulset-backup 1 %s\n' "$mine"
    if ! read -r -t 10 theirs shown name; then
        log "$PEER: said nothing within ten seconds; dropped"
        exit 1
    fi
    if [[ ! $theirs =~ ^[0-9a-f]{64}$ || $shown != "$(proof client "$mine" "$theirs")" ]]; then
        log "$PEER: does not know the backup password; refused, nothing was sent"
        exit 1
    fi
    [[ $name =~ ^[A-Za-z0-9.-]{1,253}$ ]] && PEER="$name ($PEER)"
    NONCES=("$mine" "$theirs")
}

# unfit: prints why this server cannot be a donor now, or nothing. A replica that follows nobody, or someone else, or that failed, would
# hand out a copy whose place in the primary's log is unknown.
unfit() {
    local output
    output=$(sql backup 127.0.0.1 --vertical <<<"$SHOW_REPLICA_STATUS" 2>&1) || { printf 'its server does not answer: %s' "${output##*$'\n'}"; return; }
    ! is_primary || return 0
    read_fields <<<"$output"
    if [[ -z ${FIELD[Source_Host]:-} || -e $DATA/seed-coordinates ]]; then
        printf 'its replication is not configured yet'
    elif [[ ${FIELD[Source_Host]} != "$PRIMARY_HOST" ]]; then
        printf 'it follows %s, not %s' "${FIELD[Source_Host]}" "$PRIMARY_HOST"
    elif grep -qs '^[0-9]* stranger ' "$CONFIGURATION/replication.state"; then
        printf 'it was seeded from other data than %s holds' "$PRIMARY_HOST"
    elif [[ ${FIELD[Last_SQL_Errno]} != 0 ]]; then
        printf 'its applier failed with error %s' "${FIELD[Last_SQL_Errno]}"
    fi
}

data_bytes() {
    local bytes
    bytes=$(du -sB1 --exclude='mysql-bin.*' --exclude='mysql-relay.*' --exclude='ib*tmp*' --exclude='ib_logfile*' "$DATA" 2>/dev/null) || true
    printf '%d' "${bytes%%[!0-9]*}"
}

# sent_bytes: prints how many bytes ncat, this script's parent, took from it. It takes no more while its peer does not.
sent_bytes() {
    local key value
    while read -r key value; do
        [[ $key != rchar: ]] || printf '%s' "$value"
    done <"/proc/$PPID/io"
}

# writers_wait: the backup has the lock under which nobody writes, as its report tells: before that it may wait for a query to end, and sends nothing.
writers_wait() {
    local report
    report=$(<"$REPORTS/log")
    [[ $report == *"Starting to backup non-InnoDB tables"* && $report != *"All tables unlocked"* ]]
}

# watch_backup <process>: waits for its end, and ends it when the peer takes nothing any more.
watch_backup() {
    local sent="" last="" moved=$SECONDS limit
    while kill -0 "$1" 2>/dev/null; do
        sleep 0.2
        sent=$(sent_bytes) || sent=""
        limit=$SEED_STALL_SECONDS
        if writers_wait && ((limit > LOCKED_SECONDS)); then limit=$LOCKED_SECONDS; fi
        if [[ $sent != "$last" ]]; then
            last=$sent
            moved=$SECONDS
        elif ((SECONDS - moved >= limit)); then
            log "$PEER: took nothing for $((SECONDS - moved)) s; its backup is ended"
            kill "$1" 2>/dev/null || true
            break
        fi
    done
    wait "$1"
}

send() {
    local began=$SECONDS
    local -a quietly=()
    # Percona's asks its maker's server for news otherwise, with the password in its environment.
    [[ $(xtrabackup --help 2>&1) != *version-check* ]] || quietly=(--no-version-check)
    mkdir "$REPORTS/target" "$REPORTS/last"
    write_file "$OPTIONS" 0600 < <(printf '[mysqld]\ndatadir=%s\n' "$DATA"; client_options backup 127.0.0.1)
    # A long query must not turn the short lock at the end of a backup into a long one: wait for it to end first.
    xtrabackup --defaults-file="$OPTIONS" --backup --slave-info --stream=xbstream --target-dir="$REPORTS/target" ${quietly[@]+"${quietly[@]}"} \
        --ftwrl-wait-timeout=60 --ftwrl-wait-threshold=30 2>"$REPORTS/log" &
    if ! watch_backup $! || [[ $(tail -n 1 "$REPORTS/log") != *"completed OK!"* ]]; then
        log_tail "$REPORTS/log" "$PEER: the backup failed"
        exit 1
    fi
    proof complete "${NONCES[@]}" >"$REPORTS/last/backup-complete"
    (cd "$REPORTS/last" && xbstream -c backup-complete)
    log "$PEER: the whole backup was sent in $((SECONDS - began)) s"
}

main() {
    local lock reason
    authenticate
    exec {lock}>"$LOCK"
    if ! flock --nonblock "$lock"; then
        log "$PEER: asked while another backup runs; told to wait"
        answer busy ""
        exit 0
    fi
    reason=$(unfit)
    if [[ -n $reason ]]; then
        log "$PEER: no backup: $reason"
        answer unfit "$reason"
        exit 0
    fi
    log "$PEER: backup begins"
    answer sending "$(data_bytes)"
    send
}

main

# shellcheck shell=bash
# Sourced after lib.sh by clone-mysql.sh: the receiving end of the backup channel; serve-backup.sh is the other. Over one connection:
#   donor     statefulset-backup 1 <nonce>
#   receiver  <nonce> <proof that it knows the backup password> <name>
#   donor     sending|busy|unfit <proof, over that word> <bytes, or why not>
#   donor     the backup, as an xbstream whose last file is a proof, too
. "${BASH_SOURCE%/*}/proof.sh"

CHANNEL=""
NONCES=()
DONOR_BYTES=0

# open_channel <host>: a connection to the donor's backup server behind the descriptors TO_DONOR and FROM_DONOR.
open_channel() {
    require_ssl
    rm -f "$REPORTS/to" "$REPORTS/from" && mkfifo -m 0600 "$REPORTS/to" "$REPORTS/from" || return 1
    ncat --ssl --wait 10 "$1" "$BACKUP_PORT" <"$REPORTS/to" >"$REPORTS/from" 2>"$REPORTS/channel" &
    CHANNEL=$!
    exec {TO_DONOR}>"$REPORTS/to" {FROM_DONOR}<"$REPORTS/from"
}

close_channel() {
    exec {TO_DONOR}>&- {FROM_DONOR}<&-
    kill "$CHANNEL" 2>/dev/null || true
    wait "$CHANNEL" 2>/dev/null || true
    CHANNEL=""
}

# tell_donor <line>: false if the donor is gone.
tell_donor() {
    (trap '' PIPE && printf '%s\n' "$1" >&"$TO_DONOR") 2>/dev/null
}

# shake_hands <host>: both sides prove that they know the backup password. False if there will be no backup now.
shake_hands() {
    local host=$1 greeting="" version="" theirs="" mine word="" shown="" rest=""
    if ! read -r -t 15 -u "$FROM_DONOR" greeting version theirs || [[ "$greeting $version" != "statefulset-backup 1" ]]; then
        log_wait "$host: no backup server answers on port $BACKUP_PORT ($(tr '\n' ' ' <"$REPORTS/channel"))"
        return 1
    fi
    mine=$(nonce) || return 1
    NONCES=("$theirs" "$mine")
    tell_donor "$mine $(proof client "${NONCES[@]}") $HOSTNAME" || true
    # The donor looks at its server before it answers.
    if ! read -r -t 30 -u "$FROM_DONOR" word shown rest || [[ $shown != "$(proof "server-$word" "${NONCES[@]}")" ]]; then
        log_wait "$host: the backup server closed the connection or does not know this cluster's backup password"
        return 1
    fi
    case $word in
        sending)
            DONOR_BYTES=$rest
            [[ $DONOR_BYTES =~ ^[0-9]+$ ]] || DONOR_BYTES=0
            ;;
        busy)
            # It lives and works, and each of its backups ends: waiting for a turn is no reason to give up.
            LAST_PROGRESS=$SECONDS
            log_wait "$host: busy with another backup; waiting for a turn"
            return 1
            ;;
        *)
            log_wait "$host: cannot be a donor now: $rest"
            return 1
            ;;
    esac
}

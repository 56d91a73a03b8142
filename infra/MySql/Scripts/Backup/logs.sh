# shellcheck shell=bash
# Sourced after archive.sh: what was written between backups, as the primary's replicas get it, and how it is told that nothing of it is missing.
#
#     logs/<identity>/<number>-<time>.zst     transactions, in a relay log of the server that received them
#     logs/<identity>/<number>-<time>.info    what is in it; written after it, and without it there is no such log
#     logs/<identity>/through                 up to when everything that was acknowledged is there, and which transactions these are
#     logs/<identity>/gap                     what is in no log, until a good backup has it
#
# Of an info: before are the transactions that the archive had when the log begins, and after those that it has with it. What lost primaries had written and the
# cluster does not have any more is lost: the name of the server that came after, "=", and what it lacked; several with ";". No transaction of the log was
# committed later than last, a time of the primary's clock.
LOG_KEYS=(format identity server before after lost last size packed)
LOG_PATTERN='^[0-9]{8}-[0-9]{8}T[0-9]{6}Z\.info$'
declare -A LOG=()
# Of the servers that receive and replay, whatever the stack's options say of the real ones: they acknowledge nothing, keep nothing out, and their logs can be read by
# others.
OWN_WAY=(--loose-rpl-semi-sync-replica-enabled=OFF --relay-log-space-limit=0 --replica-skip-errors=OFF --replica-exec-mode=STRICT --loose-binlog-encryption=OFF)

# lost_sets <what is lost>: prints the transactions.
lost_sets() {
    sed 's/[^;]*=//g; s/;/,/g' <<<"$1"
}

# write_info <file>: what LOG has.
write_info() {
    local key
    local -a KEYS=("${LOG_KEYS[@]}")
    local -A MANIFEST=()
    for key in "${KEYS[@]}"; do MANIFEST[$key]=${LOG[$key]}; done
    write_manifest "$1"
}

# read_info <file>: LOG becomes what it says. False where a byte of it is not what was written.
read_info() {
    local key
    local -a KEYS=("${LOG_KEYS[@]}")
    local -A MANIFEST=()
    LOG=()
    read_manifest "$1" || return 1
    for key in "${KEYS[@]}"; do LOG[$key]=${MANIFEST[$key]}; done
}

# logs_among <names>: prints the logs of which there is an info among the names of what is there, the oldest first.
logs_among() {
    { grep -E "$LOG_PATTERN" <<<"$1" || true; } | sed 's/\.info$//'
}

# useful_since <id>: prints a day before that backup was begun. A log that was closed earlier has nothing that the replica it was made of could have lacked.
useful_since() {
    local began
    began=$(began_at "$1") && TZ=UTC printf '%(%Y%m%dT%H%M%SZ)T' "$((began - 86400))"
}

# read_note <identity> <names> <name>: NOTE becomes what is noted there, or nothing where it is not among the names of what is there. False where the store does not say.
read_note() {
    NOTE=""
    grep -qx "$3" <<<"$2" || return 0
    store_get "logs/$1/$3" "$WORK/$3" && NOTE=$(<"$WORK/$3")
}

# read_gap <identity> <names of what is there>: GAP becomes what is in no log and no good backup. False where the store does not say.
read_gap() {
    read_note "$1" "$2" gap && GAP=$NOTE
}

# read_through <identity> <names of what is there>: THROUGH becomes up to when the archive has everything, or nothing, THROUGH_EXECUTED which transactions these are, and
# THROUGH_LOST what was lost by then. False where the store does not say.
read_through() {
    read_note "$1" "$2" through && read -r THROUGH THROUGH_EXECUTED THROUGH_LOST <<<"$NOTE"
}

# gtids <expression>: prints what the scratch server makes of sets of transactions.
gtids() {
    scratch_client --batch --skip-column-names <<<"SELECT REPLACE($1, CHAR(10), '');"
}

# is_subset <set> <set>
is_subset() {
    [[ $(gtids "GTID_SUBSET('$1', '$2')") == 1 ]]
}

# relay_events <file name> [LIMIT n]: its events, a line each: log, position, type, server, end, what it is.
relay_events() {
    scratch_client --batch --skip-column-names <<<"SHOW RELAYLOG EVENTS IN '$1' ${2:-};"
}

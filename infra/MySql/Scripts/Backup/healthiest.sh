# shellcheck shell=bash
# Sourced after Clone/donor.sh by commands.sh: from whom, and whether his clock and this pod's can be compared.

# donors: the replicas that readers would be led to, the one that is least behind first; the primary only then, and last the others.
donors() {
    local ordinal lag sound="" others=""
    for ordinal in $(other_ordinals); do
        ((ordinal > 0)) || continue
        ask_donor "$(peer_host "$ordinal")" || continue
        lag=${DONOR[Seconds_Behind_Source]:-NULL}
        if [[ ${DONOR[Replica_IO_Running]:-} == Yes && ${DONOR[Replica_SQL_Running]:-} == Yes && $lag =~ ^[0-9]+$ ]] && ((MAX_LAG_SECONDS == 0 || lag <= MAX_LAG_SECONDS)); then
            sound+="$lag $ordinal"$'\n'
        else
            others+="$ordinal"$'\n'
        fi
    done
    printf '%s' "$sound" | LC_ALL=C sort -n -k 1,1 -k 2,2r | sed 's/^[0-9]* //'
    printf '0\n%s' "$others"
}

# same_clock <host>: what is newest, and what is too old, is told by the time in a backup's id. False when the host does not say.
same_clock() {
    local there now
    if ! there=$(sql backup "$1" <<<"SELECT UNIX_TIMESTAMP();" 2>&1); then
        log_wait "$1: its server does not answer: ${there##*$'\n'}"
        return 1
    fi
    TZ=UTC printf -v now '%(%s)T' -1
    ((there - now <= CLOCK_SECONDS && now - there <= CLOCK_SECONDS)) ||
        end "$NO_COPY" "no backup: the clock of $1 and this pod's are $((there > now ? there - now : now - there)) s apart, and a backup's time says which one is the newest. Set the clocks of the nodes"
}

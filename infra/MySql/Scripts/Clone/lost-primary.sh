# shellcheck shell=bash
# Sourced by fetch.sh: ordinal 0 is empty though other pods exist. The primary's data was lost; the replicas have it, and the one with the most
# transactions gives it back. Nothing that any replica received may be lost by that, so that all that exist are asked first, and a choice
# between replicas that diverged is left to a person.

CHOICE=$VOLUME/seed-from
SOURCE=""
declare -A EXECUTED=()

# ask_replicas: EXECUTED becomes what each other pod's server has applied, once every one of them has answered and applied all that it received.
ask_replicas() {
    local ordinals ordinal members host waiting
    EXECUTED=()
    if ! ordinals=$(other_ordinals); then
        log_wait "a pod is listed whose name does not resolve; it may have the latest transactions. $(ways_out)"
        return 1
    fi
    [[ -n $ordinals ]] || { log_wait "no other pod has a name any more. Delete this pod to have it look afresh"; return 1; }
    members=$(expected_members) || { log_wait "how many members this cluster has cannot be read from $MEMBERS_FILE (ConfigMap $POD_BASE-members). $(ways_out)"; return 1; }
    for ((ordinal = 1; ordinal < members || ordinal < ${ordinals##*$'\n'}; ordinal++)); do
        if ! grep -qx "$ordinal" <<<"$ordinals"; then
            log_wait "$(peer_host "$ordinal") does not exist now, though it is one of $members members (ConfigMap $POD_BASE-members); its volume may have the latest transactions. $(ways_out "$ordinals")"
            return 1
        fi
    done
    for ordinal in $ordinals; do
        host=$(peer_host "$ordinal")
        if ! ask_donor "$host"; then
            log_wait "$LAST_WAIT; it may have the latest transactions. $(ways_out "$ordinals" "$ordinal"). A pod that never got any data is given up by fewer replicas in the program"
            return 1
        fi
        waiting=$(lacks "$host" "${DONOR[received]}" "${DONOR[executed]}") || return 1
        if [[ ${DONOR[Last_SQL_Errno]:-0} != 0 ]]; then
            log_wait "$host has received transactions that it cannot apply (error ${DONOR[Last_SQL_Errno]}: ${DONOR[Last_SQL_Error]:-}); they would be lost. $(ways_out "$ordinals" "$ordinal")"
            return 1
        elif [[ -n $waiting && ${DONOR[Replica_SQL_Running]:-No} != Yes ]]; then
            log_wait "$host does not apply what it received: its applier is stopped. Start it there ($START_APPLIER), or: $(ways_out "$ordinals" "$ordinal")"
            return 1
        elif [[ -n $waiting ]]; then
            LAST_PROGRESS=$SECONDS
            log_wait "$host is still applying what it received from the lost primary"
            return 1
        elif [[ -n $(own_transactions) ]]; then
            log_wait "$host has transactions that were written there, not on the primary: $(own_transactions). $(ways_out "$ordinals" "$ordinal")"
            return 1
        fi
        EXECUTED[$ordinal]=${DONOR[executed]}
    done
}

# ways_out [ordinals] [ordinal]: with one of those that there are as the example, and not the one that is in doubt.
ways_out() {
    local one example=1
    for one in ${1:-}; do
        [[ $one != "${2:-}" ]] || continue
        example=$one
        break
    done
    printf 'Way out: choose the pod whose data this cluster goes on with, by writing its name into %s, such as: kubectl exec %s -c clone-mysql -- sh -c "echo %s > %s"; replicas that have more are named then and can be seeded again' \
        "$CHOICE" "$HOSTNAME" "$POD_BASE-$example" "$CHOICE"
}

# choose_most_advanced: SOURCE becomes the ordinal that has all that any other has.
choose_most_advanced() {
    local ordinal other host ahead what
    for ordinal in "${!EXECUTED[@]}"; do
        host=$(peer_host "$ordinal")
        ahead=true
        for other in "${!EXECUTED[@]}"; do
            what=$(lacks "$host" "${EXECUTED[$other]}" "${EXECUTED[$ordinal]}") || return 1
            [[ -z $what ]] || ahead=false
        done
        if $ahead; then
            SOURCE=$ordinal
            return 0
        fi
    done
    log_wait "the replicas have diverged: none has all transactions of all others ($(for ordinal in "${!EXECUTED[@]}"; do printf '%s: %s; ' "$(peer_host "$ordinal")" "${EXECUTED[$ordinal]}"; done)). $(ways_out "${!EXECUTED[*]}")"
    return 1
}

# a_person_chose: SOURCE becomes that ordinal, whatever it has.
a_person_chose() {
    local name
    TRUSTED=""
    [[ -r $CHOICE ]] || return 1
    name=$(<"$CHOICE")
    if [[ $name =~ ^"$POD_BASE"-([0-9]+)$ && ${BASH_REMATCH[1]} -ne 0 ]]; then
        SOURCE=${BASH_REMATCH[1]}
        TRUSTED=$SOURCE
    else
        log_wait "$CHOICE holds '${name:0:100}'; it takes the name of a replica's pod, such as $POD_BASE-1"
        return 1
    fi
}

seed_primary() {
    log "this volume is empty and other pods exist; the most advanced of them gives the primary its data back"
    while true; do
        load_secrets || fail "cannot ask for data without the Secret's passwords"
        ! has_tls || take_certificate || true
        if a_person_chose || { ask_replicas && choose_most_advanced; }; then
            log "taking the data of $(peer_host "$SOURCE")"
            if seed_from "$SOURCE"; then
                rm -f "$CHOICE"
                return 0
            fi
        fi
        ((TRANSFERS < MAX_TRANSFERS)) || fail "$TRANSFERS clones were asked for and none came whole and usable; the reasons stand above"
        ((SECONDS - LAST_PROGRESS < SEED_TIMEOUT_SECONDS)) ||
            fail "the primary's data is lost, and could not be had from the other pods for $((SECONDS - LAST_PROGRESS)) s. Last: $LAST_WAIT"
        sleep 2
    done
}

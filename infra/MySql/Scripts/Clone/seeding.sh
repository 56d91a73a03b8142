# shellcheck shell=bash
# Sourced after lib.sh: what is particular to a cluster that seeds by CLONE and follows by global transaction identifiers.

# What the sidecar keeps running.
SIDECAR_PARTS=(replication.sh)

# What becomes of a replica whose next transactions the primary's logs no longer have.
WHEN_PURGED="and another replica may have it"

# primary_lost_its_data <peer>: ordinal 0 is empty though a peer exists. clone-mysql gives it the data of the most advanced replica.
primary_lost_its_data() {
    log "this volume is empty, but $1 exists: the primary's data is lost; it comes back from the other pods"
}

# start_on_given_data <directory>: a scratch server on a replica's data that a person gave to ordinal 0. Its relay logs hold what that replica had received and
# not applied, of which a client may have heard that it is safe. An applier passes over what carries its own server's id, here the lost primary's.
start_on_given_data() {
    if [[ -e $GIVE_UP_RECEIVED ]]; then
        start_scratch_server "$1" "$DROP_RELAY_LOGS"
    else
        start_scratch_server "$1" --relay-log-recovery=OFF --server-id="$((SERVER_ID_BASE - 1))"
        apply_received
    fi
}

# apply_received: ends the script where that cannot be.
apply_received() {
    local said
    read_scratch_status
    [[ -n ${FIELD[Source_Host]:-} ]] || return 0
    said=$(scratch_client <<<"$START_APPLIER" 2>&1) || cannot_apply "${said##*$'\n'}"
    while true; do
        read_scratch_status
        said=$(scratch_client --batch --skip-column-names <<<"$(has_received)")
        [[ $said != 1 ]] || return 0
        [[ ${FIELD[Replica_SQL_Running]} == Yes ]] || cannot_apply "error ${FIELD[Last_SQL_Errno]}: ${FIELD[Last_SQL_Error]:-}"
        log_wait "applying what this data had received from the lost primary"
        sleep 0.5
    done
}

# cannot_apply <why>: a person has time to give them up; then the next run does without them.
cannot_apply() {
    local began=$SECONDS what="this data had received transactions that cannot be applied: $1. Way out: give this claim another replica's data; or give those transactions up: kubectl exec $HOSTNAME -c init-mysql -- touch $GIVE_UP_RECEIVED"
    until [[ -e $GIVE_UP_RECEIVED ]]; do
        ((SECONDS - began < SEED_TIMEOUT_SECONDS)) || fail "$what"
        log_wait "$what"
        sleep 2
    done
    fail "those transactions are given up; beginning afresh"
}

# becoming_primary: the statements for a replica's data that a person gave to ordinal 0. It keeps its identity: what the other replicas lack or have
# too much is seen by their transactions.
becoming_primary() {
    :
}

# whole_transactions_are_applied: every transaction that this replica received to its end, as FIELD has them from its status, is applied.
whole_transactions_are_applied() {
    [[ $(sql health 127.0.0.1 <<<"$(has_received)" 2>/dev/null) == 1 ]]
}

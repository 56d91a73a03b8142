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

# becoming_primary: the statements for a replica's data that a person gave to ordinal 0. It keeps its identity: what the other replicas lack or have
# too much is seen by their transactions.
becoming_primary() {
    :
}

# whole_transactions_are_applied: every transaction that this replica received to its end, as FIELD has them from its status, is applied.
whole_transactions_are_applied() {
    [[ $(sql health 127.0.0.1 <<<"SELECT GTID_SUBSET('${FIELD[Retrieved_Gtid_Set]:-}', @@global.gtid_executed);" 2>/dev/null) == 1 ]]
}

# shellcheck shell=bash
# Sourced after lib.sh: what is particular to a cluster that seeds by xtrabackup and follows by positions in the binary log.

# What the sidecar keeps running.
SIDECAR_PARTS=(replication.sh backup-server.sh)

# What becomes of a replica whose next transactions the primary's logs no longer have.
WHEN_PURGED="so it can never catch up; $HOW_TO_RESEED"

# primary_lost_its_data <peer>: ordinal 0 is empty though a peer exists. Its replicas' positions mean nothing in any other server's binary log, so that
# none of them can be chosen without a person.
primary_lost_its_data() {
    fail "this volume is empty, but $1 exists: the primary's data is lost, and the other pods may hold it. Nothing was initialised. Way out: scale the StatefulSet to 0; give $HOSTNAME its old volume back, or copy the directory mysql/ of the most advanced replica's volume onto this one; scale up again. To begin anew WITHOUT that data: scale to 0, remove the claims of all pods, scale up, and do what init-mysql then says."
}

# start_on_given_data <directory>: a scratch server on a replica's data that a person gave to ordinal 0. Relay logs are dropped at every start of a replica, too.
start_on_given_data() {
    start_scratch_server "$1" "$DROP_RELAY_LOGS"
}

# becoming_primary: the statements for a replica's data that a person gave to ordinal 0. With a new identity the other replicas do not follow it, as
# their positions mean nothing in its binary log (their sidecars say so), until they are seeded again.
becoming_primary() {
    printf 'DROP TABLE IF EXISTS mysql.cluster_identity;\n'
    identity_statements
}

# whole_transactions_are_applied: the applier has come to the end of what was received; a transaction that stops there in its midst it leaves open.
whole_transactions_are_applied() {
    [[ ${FIELD[Replica_SQL_Running_State]:-} == *"has read all relay log"* ]]
}

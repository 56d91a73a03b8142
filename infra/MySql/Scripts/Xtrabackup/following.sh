# shellcheck shell=bash
# Sourced by replication.sh: where a replica begins to follow, as a position in the primary's binary log that its seeding noted.
#
# Replication never runs while coordinates are pending, and each step can be repeated until the rename that ends it:
#   seed-coordinates (in the data)   the copy is new, the threads are stopped -> CHANGE MASTER, then renamed to seed-coordinates.used

PENDING=$DATA/seed-coordinates

# What look_at_primary asks besides, and makes of it: positions in different servers' logs cannot be compared.
HISTORY=""
compare_histories() {
    :
}

# Relay logs are dropped after a crash, and fetched again from where the tables say.
keep_received() {
    :
}
mend_relay_log() {
    :
}

# primary_place: prints the end of the primary's binary log, as the arguments of a function, or false and why it cannot be asked.
primary_place() {
    local said file position
    said=$(sql replication "$PRIMARY_HOST" <<<'SHOW MASTER STATUS;' 2>&1) || { printf '%s' "$said"; return 1; }
    read -r file position _ <<<"$said" && printf "'%s', %s" "$file" "$position"
}

# reaches <place>: this replica has applied what is before it, or will within a second. Nothing but a number says so.
reaches() {
    [[ $(admin <<<"SELECT MASTER_POS_WAIT($1, 1);") =~ ^[0-9]+$ ]]
}

# ensure_source: false if this round should end.
ensure_source() {
    [[ ! -e $PENDING ]] || configure
}

# configure_statements: COORDINATES as SQL. A copy of a replica may bring the donor's own replication settings along (they are in
# tables); they are forgotten first. The second form is for MariaDB, the only server with such coordinates; its copies hold the GTID position itself.
configure_statements() {
    local source
    source=$(source_clause "$PRIMARY_HOST")
    printf '%s\n' "$STOP_REPLICA" "$FORGET_SOURCE"
    if [[ -n ${COORDINATES[file]:-} ]]; then
        change_source "$source, SOURCE_LOG_FILE='${COORDINATES[file]}', SOURCE_LOG_POS=${COORDINATES[position]}"
    else
        change_source "$source, SOURCE_USE_GTID=slave_pos"
    fi
}

configured_as_noted() {
    [[ ${FIELD[Source_Host]:-} == "$PRIMARY_HOST" ]] || return 1
    if [[ -n ${COORDINATES[file]:-} ]]; then
        [[ "${FIELD[Relay_Source_Log_File]} ${FIELD[Exec_Source_Log_Pos]}" == "${COORDINATES[file]} ${COORDINATES[position]}" ]]
    else
        [[ ${FIELD[Using_Gtid]:-} == Slave_Pos && $(admin <<<'SELECT @@global.gtid_slave_pos;') == "${COORDINATES[gtid_slave_pos]}" ]]
    fi
}

# configure: the coordinates of the seeding become the server's. Ends with the rename that says so.
configure() {
    local key value answer
    declare -gA COORDINATES=()
    while IFS='=' read -r key value; do
        [[ -z $key ]] || COORDINATES[$key]=$value
    done <"$PENDING"
    if threads_run; then
        # Only a person can have started them: what runs is not touched.
        [[ ${FIELD[Source_Host]} == "$PRIMARY_HOST" ]] ||
            { tell conflict "someone started replication from ${FIELD[Source_Host]} before this copy was configured; stop it"; return 1; }
        log "replication already runs; the coordinates of the seeding are put aside"
    else
        if ! { answer=$(configure_statements | admin 2>&1) && read_status && configured_as_noted; }; then
            tell failed "the server did not take the coordinates in $PENDING: ${answer##*$'\n'}"
            return 1
        fi
        log "configured: follows $PRIMARY_HOST from ${COORDINATES[file]:-GTID} ${COORDINATES[position]:-${COORDINATES[gtid_slave_pos]:-}}"
    fi
    flush "$DATA" && mv -T "$PENDING" "$PENDING.used" && flush "$DATA"
}

# shellcheck shell=bash
# Sourced after lib.sh by init-mysql.sh, sql.sh and the sidecar: from where root logs in. REMOTE_ROOT is false, true, or empty where that is left as it is.
#
# On the primary; replicas receive it by replication. Whoever comes from 127.0.0.1 is taken for the account that names it, if there is one. So an account gets its
# name only when it has all its rights, and another goes only when the ones that stay are there: a kill between any two statements leaves root a way in.

# root_is_local: root logs in from a server's own pod alone.
root_is_local() {
    [[ ${REMOTE_ROOT:-} == false ]]
}

# The hosts of root's accounts, and the one that none of them has any more.
ROOT_HOSTS=(%)
ROOT_LEAVES=127.0.0.1
if root_is_local; then
    ROOT_HOSTS=(127.0.0.1 localhost)
    ROOT_LEAVES=%
fi
# Nobody comes from there.
NOWHERE=in-the-making.invalid
# Why an account of root is still there.
ROOT_STAYS=""

# make_root <host>: the statements.
make_root() {
    printf "DROP USER IF EXISTS 'root'@'%s';\nCREATE USER 'root'@'%s' IDENTIFIED BY '%s';\n" "$NOWHERE" "$NOWHERE" "${PASSWORD[root]}"
    printf "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%s' WITH GRANT OPTION;\nRENAME USER 'root'@'%s' TO 'root'@'%s';\n" "$NOWHERE" "$NOWHERE" "$1"
}

# defined_by_leaving: prints what would no longer work without the account that goes.
defined_by_leaving() {
    local mine="DEFINER = 'root@$ROOT_LEAVES'"
    admin <<SQL
SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.VIEWS WHERE $mine AND TABLE_SCHEMA NOT IN ('mysql', 'sys')
UNION SELECT CONCAT(ROUTINE_SCHEMA, '.', ROUTINE_NAME) FROM information_schema.ROUTINES WHERE $mine
UNION SELECT CONCAT(TRIGGER_SCHEMA, '.', TRIGGER_NAME) FROM information_schema.TRIGGERS WHERE $mine
UNION SELECT CONCAT(EVENT_SCHEMA, '.', EVENT_NAME) FROM information_schema.EVENTS WHERE $mine;
SQL
}

# drop_leaving: by a login of its own, which is one of an account that stays. The exporter's view becomes that one's.
drop_leaving() {
    local defined
    defined=$(defined_by_leaving) || return 1
    if [[ -n $defined ]]; then
        ROOT_STAYS="'root'@'$ROOT_LEAVES' stays, as it is the definer of ${defined//$'\n'/, }; it goes when these have another"
        return 0
    fi
    { ! has_exporter || user_view metrics; printf "DROP USER IF EXISTS 'root'@'%s';\n" "$ROOT_LEAVES"; } | admin || return 1
    log "root logs in from ${ROOT_HOSTS[*]}, and no longer from $ROOT_LEAVES"
}

# keep_root_hosts: written only where something differs.
keep_root_hosts() {
    local found host
    ROOT_STAYS=""
    [[ -n ${REMOTE_ROOT:-} ]] || return 0
    found=$(admin <<<"SELECT Host FROM mysql.user WHERE User = 'root';") || return 1
    for host in "${ROOT_HOSTS[@]}"; do
        grep -Fqx "$host" <<<"$found" || make_root "$host" | admin || return 1
    done
    ! grep -Fqx "$ROOT_LEAVES" <<<"$found" || drop_leaving
}

# shellcheck shell=bash
# Sourced after lib.sh by the primary's sidecar: the cluster's own users and root's password. Replicas receive them by replication.
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=Words84/accounts.sh
. "${BASH_SOURCE%/*}/accounts.sh"
# The exporter of metrics, where there is one. Without it such a user is left alone, as it may be somebody else's.
[[ -z ${METRICS_PORT:-} ]] || USERS+=(metrics)

# What the server showed when they were last written.
LAST_WRITTEN=none

user_statements() {
    local user name table
    # Only a cluster adopted from other scripts has none yet.
    identity_statements
    for user in "${USERS[@]}"; do
        name="'$user'@'$(user_host "$user")'"
        printf "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';\n" "$name" "${PASSWORD[$user]}"
        printf "ALTER USER %s IDENTIFIED BY '%s'%s;\n" "$name" "${PASSWORD[$user]}" "$(user_options "$user")"
        printf 'REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s;\n' "$name"
        printf 'GRANT %s ON *.* TO %s;\n' "$(user_grants "$user")" "$name"
        user_view "$user"
        for table in $(user_tables "$user"); do
            printf 'GRANT SELECT ON %s TO %s;\n' "$table" "$name"
        done
    done
}

# The statements of the server's next start follow the Secret, too.
keep_root_at_start() {
    [[ -e $ROOT_AT_START && $(root_password_at_start) != "${PASSWORD[root]}" ]] || return 0
    write_file "$ROOT_AT_START" 0600 <<<"$(root_statements "${PASSWORD[root]}")"
}

# After a rotation the server still has the password it was started with.
rotate_root() {
    local old
    old=$(root_password_at_start) || return 1
    [[ $old != "${PASSWORD[root]}" ]] || return 1
    root_statements "${PASSWORD[root]}" | client --defaults-file=<(client_options root 127.0.0.1 "$old") --connect-timeout=3 --batch 2>/dev/null || return 1
    log "root has the Secret's new password"
}

# reconcile_users: false, with the reason in USERS_ERROR, while the server does not let root in.
reconcile_users() {
    local found
    if ! found=$(users_as_they_are | sql root 127.0.0.1 2>&1); then
        USERS_ERROR=${found##*$'\n'}
        [[ $found == *"ERROR 1045"* ]] && rotate_root || return 1
        return 0
    fi
    keep_root_at_start || return 1
    if [[ $(LC_ALL=C sort <<<"$found") == "$(users_as_they_should_be | LC_ALL=C sort)" ]] && users_can_log_in; then
        LAST_WRITTEN=none
        return 0
    elif [[ $found == "$LAST_WRITTEN" ]]; then
        # Never again and again into the binary log; a 5.7 server with another default_authentication_plugin would come here.
        log_wait "the users ${USERS[*]} were written, and the server still shows them otherwise"
        return 0
    fi
    LAST_WRITTEN=$found
    if ! found=$(user_statements | sql root 127.0.0.1 2>&1); then
        USERS_ERROR=${found##*$'\n'}
        LAST_WRITTEN=none
        return 1
    fi
    log "wrote the users ${USERS[*]}"
}

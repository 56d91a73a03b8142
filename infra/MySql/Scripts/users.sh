# shellcheck shell=bash
# Sourced after lib.sh by the primary's sidecar: the cluster's own users and root's password. Replicas receive them by replication.
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=Words84/accounts.sh
. "${BASH_SOURCE%/*}/accounts.sh"
# The exporter of metrics, where there is one. Without it such a user is left alone, as it may be somebody else's.
[[ -z ${METRICS_PORT:-} ]] || USERS+=(metrics)

# What the server showed when they were last written.
LAST_WRITTEN=none
# Users whose password the server does not take, of those that it knows; and those for whom its policy refuses the Secret's.
WRONG=""
REFUSED=""

# is_among <word> <words>
is_among() {
    [[ " $2 " == *" $1 "* ]]
}

# statements_of <user>
statements_of() {
    local name table
    name="'$1'@'$(user_host "$1")'"
    printf "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';\n" "$name" "${PASSWORD[$1]}"
    printf 'ALTER USER %s%s%s;\n' "$name" "$(new_password "$1")" "$(user_options "$1")"
    printf 'REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s;\n' "$name"
    printf 'GRANT %s ON *.* TO %s;\n' "$(user_grants "$1")" "$name"
    user_view "$1"
    for table in $(user_tables "$1"); do
        printf 'GRANT SELECT ON %s TO %s;\n' "$table" "$name"
    done
}

# is_right <user> <users as they are>: nothing of it needs to be written.
is_right() {
    ! is_among "$1" "$WRONG" && grep -Fqx "$(users_as_they_should_be | grep "^$1 ")" <<<"$2"
}

# policy_refuses <error>: by what it asks of passwords, or as one that was there before.
policy_refuses() {
    [[ $1 == *"ERROR 1819"* || $1 == *"ERROR 3638"* ]]
}

# write_users <users as they are>: each by itself, so that a password which the server's policy refuses keeps none of the others. False, with the reason in
# USERS_ERROR, where something else fails.
write_users() {
    local user said
    # Only a cluster adopted from other scripts has none yet.
    said=$(identity_statements | sql root 127.0.0.1 2>&1) || { USERS_ERROR=${said##*$'\n'}; return 1; }
    for user in "${USERS[@]}"; do
        ! is_right "$user" "$1" || continue
        said=$(statements_of "$user" | sql root 127.0.0.1 2>&1) && continue
        USERS_ERROR=${said##*$'\n'}
        policy_refuses "$said" || { cannot_retain "$user" "$said"; return 1; }
        REFUSED+=" $user"
    done
}

# The statements of the server's next start follow the Secret, too.
keep_root_at_start() {
    [[ -e $ROOT_AT_START && $(root_password_at_start) != "${PASSWORD[root]}" ]] || return 0
    write_file "$ROOT_AT_START" 0600 <<<"$(root_statements_at_start "${PASSWORD[root]}")"
}

# rotate_root: after a rotation the server still has the password it was started with. Where its policy refuses the new one, that goes on to be root's.
rotate_root() {
    local old said
    old=$(root_password_at_start) || return 1
    [[ $old != "${PASSWORD[root]}" ]] || return 1
    if said=$(root_statements "${PASSWORD[root]}" "$(retain root)" | client --defaults-file=<(client_options root 127.0.0.1 "$old") --connect-timeout=3 --batch 2>&1); then
        log "root has the Secret's new password"
    elif policy_refuses "$said"; then
        REFUSED+=" root"
        PASSWORD[root]=$old
    else
        cannot_retain root "$said"
        return 1
    fi
}

# reconcile_users: false, with the reason in USERS_ERROR, while the server does not let root in, or refuses a password (REFUSED).
reconcile_users() {
    local found
    REFUSED=""
    if ! found=$(users_as_they_are | sql root 127.0.0.1 2>&1); then
        USERS_ERROR=${found##*$'\n'}
        [[ $found == *"ERROR 1045"* ]] && rotate_root || return 1
        is_among root "$REFUSED" || return 0
        found=$(users_as_they_are | sql root 127.0.0.1 2>&1) || { USERS_ERROR=${found##*$'\n'}; return 1; }
    fi
    keep_root_at_start || return 1
    if users_can_log_in "$found" && [[ $(LC_ALL=C sort <<<"$found") == "$(users_as_they_should_be | LC_ALL=C sort)" ]]; then
        LAST_WRITTEN=none
    elif [[ $found == "$LAST_WRITTEN" ]]; then
        # Never again and again into the binary log; a 5.7 server with another default_authentication_plugin would come here.
        log_wait "the users ${USERS[*]} were written, and the server still shows them otherwise"
    else
        LAST_WRITTEN=$found
        write_users "$found" || { LAST_WRITTEN=none; return 1; }
        [[ -n $REFUSED ]] || log "wrote the users ${USERS[*]}"
    fi
    [[ -n $REFUSED ]] || return 0
    LAST_WRITTEN=none
    USERS_ERROR="the server's policy refuses the Secret's password of ${REFUSED# } (error 1819, see validate_password); the one before holds. Give the Secret one that the policy takes"
    return 1
}

# shellcheck shell=bash
# Sourced after lib.sh by init-mysql.sh and the sidecar: root's password, where it is written and how it is told that it is right.

# What the primary's server runs at each start.
ROOT_AT_START=$CONFIGURATION/root-password.sql
# The password that a replica's server was last known to take, in memory: the way in until a rotated one arrives by replication.
# shellcheck disable=SC2034 # by init-mysql.sh and replication.sh
LAST_ROOT=$CONFIGURATION/root-password.last

# each_root <clause>: a statement for each account of root that there may be. The one that the sidecar comes in by is the last: until then it comes in as before.
each_root() {
    local host
    for host in % localhost 127.0.0.1; do
        printf "ALTER USER IF EXISTS 'root'@'%s' %s;\n" "$host" "$1"
    done
}

# root_statements <password> [what becomes of the one before]
root_statements() {
    each_root "IDENTIFIED BY '$1'${2:-}"
}

# root_statements_at_start <password>: the one before is no longer taken then.
root_statements_at_start() {
    root_statements "$1"
    [[ -z $END_OLD_PASSWORD ]] || each_root "$END_OLD_PASSWORD"
}

# The password that is in the statements above: the way in after the Secret was rotated.
root_password_at_start() {
    local text
    [[ -r $ROOT_AT_START ]] && text=$(<"$ROOT_AT_START") && [[ $text =~ IDENTIFIED\ BY\ \'([A-Za-z0-9_.-]+)\' ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# A note in the data says which root password was last seen to work with it, as a digest that
# only the server itself can read, beside the data.
root_digest() {
    printf 'root %s' "${PASSWORD[root]}" | digest
}

# root_password_is_known <data directory>
root_password_is_known() {
    [[ -f $1/root-password.digest && $(<"$1/root-password.digest") == "$(root_digest)" ]]
}

note_root_password() {
    write_file "$1/root-password.digest" 0600 <<<"$(root_digest)"
}

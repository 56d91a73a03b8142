#!/usr/bin/env bash
# Init container 1, server image. Prepares this pod's configuration, and on an empty ordinal 0 the first data of the cluster.
#
# Guarantees: configuration files appear whole; a data directory appears whole, by one rename of a staging directory, so a kill at
# any instant leaves an empty volume or a complete one; data that may be real is never deleted; an empty ordinal 0 is not initialised while
# another pod of the cluster exists, nor ever again once every member has been ready, unless a person says so. Safe to run any number of times.
CONF_DIRECTORY=${CONF_DIRECTORY:-/mnt/conf.d}
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/root-password.sh"
. "${BASH_SOURCE%/*}/root-hosts.sh"
. "${BASH_SOURCE%/*}/peers.sh"
. "${BASH_SOURCE%/*}/scratch-server.sh"
. "${BASH_SOURCE%/*}/events.sh"
. "${BASH_SOURCE%/*}/exporter.sh"
. "${BASH_SOURCE%/*}/tls.sh"
# shellcheck source=Clone/seeding.sh
. "${BASH_SOURCE%/*}/seeding.sh"
require_environment HEADLESS_SERVICE SERVER_ID_BASE SEED_TIMEOUT_SECONDS

STAGING=$VOLUME/staging-init
# A person makes this file to have a cluster that lost everything begin again with nothing.
BEGIN_ANEW=$VOLUME/begin-anew
# A person makes this file to have a primary start on a replica's data although that had received what cannot be applied.
GIVE_UP_RECEIVED=$VOLUME/give-up-received
ROLE_CONFIG=$(role_config)
trap end_scratch_server EXIT
trap 'exit 143' TERM INT

configure() {
    local options
    # Of another sandbox of this pod: each looks at the primary anew.
    rm -f "$CONFIGURATION"/replication.{starting,state}
    write_file "$CONFIGURATION/server-id.cnf" 0644 <<<"[mysqld]"$'\n'"server-id=$((SERVER_ID_BASE + ORDINAL))"
    options=$(<"${CONFIG_MAP_DIRECTORY:-/mnt/config-map}/$ROLE_CONFIG")
    # Last, whatever the stack's options say: of two lines for one option the later one holds.
    is_primary || options+=$'\n'"# Scheduled events run on the primary alone."$'\n'"$NO_EVENTS"
    write_file "$CONFIGURATION/$ROLE_CONFIG" 0644 <<<"$options"
    # For the liveness probe. Its name does not end in .cnf: every client reads conf.d/*.cnf.
    write_file "$CONFIGURATION/health.client" 0600 <<<"$(client_options health 127.0.0.1)"
    ! has_exporter || write_exporter_options
    if is_primary; then
        # The server sets root's password to the Secret's at each start, so that nobody is ever locked out of the primary;
        # replicas receive the statement with everything else.
        write_file "$ROOT_AT_START" 0600 <<<"$(root_statements_at_start "${PASSWORD[root]}")"
        write_file "$CONFIGURATION/root-password.cnf" 0644 <<<"[mysqld]"$'\n'"init-file=/etc/mysql/conf.d/${ROOT_AT_START##*/}"
    else
        # Replication waits until the sidecar has looked at the primary, once a pod's life; then the sidecar removes this.
        hold_replication
        : >"$BEHIND"
        # The copy may be given this password while the Secret gets another; then the sidecar needs it to be let in at first.
        write_file "$LAST_ROOT" 0600 <<<"${PASSWORD[root]}"
    fi
    log "$HOSTNAME: $ROLE_CONFIG, server-id $((SERVER_ID_BASE + ORDINAL))"
}

# An empty ordinal 0 is a new cluster, or a primary that lost its volume. In the second case other pods exist: they can only have been
# made after a primary was ready. False, once it is sure, with that pod's name in PEER.
is_new_cluster() {
    local began=$SECONDS limit=${STALE_RECORD_SECONDS:-75} others
    wait_for_own_record
    while true; do
        others=$(other_addresses)
        [[ -n $others ]] || return 0
        PEER=$(name_of "${others%%$'\n'*}")
        # A record outlives its pod for a while, in caches, but no server answers there.
        if someone_answers "$others" || ((SECONDS - began >= limit)); then
            return 1
        fi
        log_wait "this volume is empty, but $PEER is listed; nobody answers there, so that it may be gone; looking again for $limit s"
        sleep 2
    done
}

first_statements() {
    # 'root'@'localhost' is the server's own.
    printf "CREATE USER 'root'@'%s' IDENTIFIED BY '%s';\n" "${ROOT_HOSTS[0]}" "${PASSWORD[root]}"
    printf "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%s' WITH GRANT OPTION;\n" "${ROOT_HOSTS[0]}"
    identity_statements
}

fill_time_zones() {
    [[ -d /usr/share/zoneinfo ]] && command -v mysql_tzinfo_to_sql >/dev/null || return 0
    mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null | scratch_client mysql ||
        log "the time zone tables could not be filled; named time zones will not work"
}

initialise() {
    log "initialising the first data of the cluster"
    initialise_data "$STAGING"
    # Nothing here need survive a crash on its own: the clean shutdown and the flush below make it durable.
    start_scratch_server "$STAGING" --skip-log-bin --innodb-flush-log-at-trx-commit=0
    fill_time_zones
    first_statements | scratch_client
    stop_scratch_server
    note_owner "$STAGING"
    note_verified "$STAGING"
    flush "$VOLUME"
    mv -T "$STAGING" "$VOLUME_DATA"
    flush "$VOLUME"
    log "initialised"
}

# give_first_data: to an empty ordinal 0. Where nobody else exists but the cluster once had data, all pods are gone and this volume was lost: an empty server
# that looks sound would be the worst of answers.
give_first_data() {
    local began=$SECONDS
    while is_new_cluster; do
        if [[ ! -e $INITIALISED || -e $BEGIN_ANEW ]]; then
            initialise
            rm -f "$BEGIN_ANEW"
            return
        fi
        ((SECONDS - began < SEED_TIMEOUT_SECONDS)) || fail "$(everything_is_gone)"
        log_wait "$(everything_is_gone)"
        sleep 2
    done
    primary_lost_its_data "$PEER"
}

everything_is_gone() {
    printf 'this volume is empty and no other pod exists, but the cluster has had data (ConfigMap %s-initialised), so nothing is initialised. Give the claim of %s a volume with that data, its own or a copy of a replica'"'"'s. Or begin with nothing: kubectl exec %s -c init-mysql -- touch %s' \
        "$POD_BASE" "$HOSTNAME" "$HOSTNAME" "$BEGIN_ANEW"
}

# Data that was copied here from another pod's volume brings that server's uuid along: two servers with one uuid would push each other off the
# primary. A replica's data that becomes the primary's brings the replica's own settings along, too.
take_over() {
    local from
    from=$(owner_of "$VOLUME_DATA")
    [[ -n $from && $from != "$HOSTNAME" ]] || return 0
    log "this data was $from's; from now on it is $HOSTNAME's, with a server uuid of its own"
    rm -f "$VOLUME_DATA/auto.cnf"
    is_primary || return 0
    start_on_given_data "$VOLUME_DATA"
    { printf 'SET SESSION sql_log_bin = 0;\n%s\n%s\n' "$STOP_REPLICA" "$FORGET_SOURCE"; becoming_primary; } | scratch_client
    enable_events
    stop_scratch_server
    rm -f "$GIVE_UP_RECEIVED"
    log "it is the primary's data now"
}

# A replica whose data holds another root password than the Secret (rotated while it was away, or a volume of other scripts) would lock its
# sidecar out, and the new password could never arrive by replication.
admit_root() {
    ! root_password_is_known "$VOLUME_DATA" || return 0
    log "this data may hold another root password than the Secret; setting it"
    start_scratch_server "$VOLUME_DATA" --super-read-only=0 --read-only=0
    stop_scratch_server
    note_root_password "$VOLUME_DATA"
}

# closed_entry: prints the first of this project's entries on the volume that this container's user cannot use, or nothing.
closed_entry() {
    local closed entry
    closed=(\( -type d ! \( -readable -writable -executable \) -o ! -type d ! -type l ! \( -readable -writable \) \) -printf '%p (of user %U, mode %m)' -quit)
    for entry in "$VOLUME"/{mysql,staging-*,discarded}; do
        [[ ! -e $entry ]] || find "$entry" "${closed[@]}" 2>/dev/null || true
    done
    find "$VOLUME" -maxdepth 0 "${closed[@]}"
}

# require_open_volume: before anything of it is touched. Where storage does not give a volume to the pod's group, or someone copied files to it as root, the
# server could not open them either, and would end in the midst of its start.
require_open_volume() {
    local entry user=${USER_ID:-$EUID} digest=$VOLUME_DATA/root-password.digest
    # The sidecar of before was root and wrote it; it is no more than a note, which is made again.
    [[ ! -e $digest || -r $digest ]] || rm -f "$digest"
    entry=$(closed_entry)
    [[ -z $entry || $user != 0 ]] || fail "these containers run as root without root's rights: Pod.SecurityContext needs RunAsUser, RunAsGroup and FsGroup, too (999 for the images of this library). Nothing was changed."
    [[ -z $entry ]] || fail "the user of this container, $user, cannot use $entry. Nothing was changed. Way out: give the volume of the claim data-$HOSTNAME to it, in a pod that runs as root and mounts the claim: chown -R $user:$user on what it mounts. Where the storage heeds a pod's fsGroup, one rollout with fsGroupChangePolicy: Always does the same."
}

main() {
    local state
    require_open_volume
    load_secrets || fail "cannot configure this pod without the Secret's passwords"
    first_certificate
    configure
    rm -rf "$STAGING"
    if ! is_primary && [[ -e $VOLUME_DATA/$RESEED ]]; then
        log "this data will be thrown away, as $RESEED asks; nothing else is done with it"
        return 0
    fi
    state=$(data_state "$VOLUME_DATA")
    case $state in
        complete)
            log "the volume holds data; it is kept"
            take_over
            is_primary || admit_root
            note_owner "$VOLUME_DATA"
            begin_unverified "$VOLUME_DATA"
            ;;
        empty)
            ! is_primary || give_first_data
            ;;
        *) fail "the directory mysql/ of the volume is not usable: $state. It is not touched. Way out: move it away on the volume; a replica then seeds afresh." ;;
    esac
}

main

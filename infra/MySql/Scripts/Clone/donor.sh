# shellcheck shell=bash
# Sourced by fetch.sh: what can be seen of a donor before anything is copied.

declare -A DONOR=()
# The ordinal whose transactions a person trusts.
TRUSTED=""

# ask_donor <host>: DONOR becomes what that server says of itself. False, with the reason in LAST_WAIT, if it does not answer.
ask_donor() {
    local output
    if ! output=$(sql backup "$1" --vertical 2>&1 <<SQL
SELECT @@global.server_id AS server_id, @@global.server_uuid AS server_uuid, @@global.version AS version, @@global.innodb_page_size AS page_size,
    REPLACE(@@global.gtid_executed, CHAR(10), '') AS executed,
    COALESCE((SELECT REPLACE(RECEIVED_TRANSACTION_SET, CHAR(10), '') FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = ''), '') AS received,
    (SELECT id FROM mysql.cluster_identity) AS identity;
SET SESSION group_concat_max_len = 65536;
SELECT GROUP_CONCAT(PLUGIN_NAME ORDER BY PLUGIN_NAME) AS plugins FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE' AND PLUGIN_LIBRARY IS NOT NULL;
$SHOW_REPLICA_STATUS
SQL
    ); then
        log_wait "$1: its server does not answer: ${output##*$'\n'}"
        return 1
    fi
    read_fields <<<"$output"
    DONOR=()
    local name
    for name in "${!FIELD[@]}"; do
        DONOR[$name]=${FIELD[$name]}
    done
}

# lacks <host> <GTID set> <GTID set>: prints what of the first is not in the second, as that server's arithmetic says.
lacks() {
    sql backup "$1" <<<"SELECT GTID_SUBTRACT('$2', '$3');"
}

# strange_transactions <host>: prints what that replica has and nobody else should get: what the primary lacks, if the primary can be asked after the
# replica was; otherwise what the replica itself wrote.
strange_transactions() {
    local primary
    if primary=$(sql backup "$PRIMARY_HOST" <<<"SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');" 2>/dev/null); then
        lacks "$1" "${DONOR[executed]}" "$primary"
    else
        own_transactions
    fi
}

# own_transactions: those of DONOR[executed] that carry the donor's own uuid.
own_transactions() {
    local part
    for part in ${DONOR[executed]//,/ }; do
        [[ $part != "${DONOR[server_uuid]}":* ]] || printf '%s' "$part"
    done
}

# can_be_donor <ordinal>: that server answers, and what it has is what this cluster's primary has or had. Whom it follows says nothing when the
# primary itself was lost: what every replica has was compared then.
can_be_donor() {
    local host strange
    host=$(peer_host "$1")
    ask_donor "$host" || return 1
    [[ $1 -ne 0 && $1 != "$TRUSTED" ]] || return 0
    if ! is_primary && ! same_peer "${DONOR[Source_Host]:-}" "$PRIMARY_HOST"; then
        log_wait "$host: cannot be a donor now: it follows ${DONOR[Source_Host]:-nobody}, not $PRIMARY_HOST"
        return 1
    elif [[ ${DONOR[Last_SQL_Errno]:-0} != 0 ]]; then
        log_wait "$host: cannot be a donor now: its applier failed with error ${DONOR[Last_SQL_Errno]}"
        return 1
    fi
    strange=$(strange_transactions "$host") || return 1
    if [[ -n $strange ]]; then
        log_wait "$host: cannot be a donor: it has transactions that $PRIMARY_HOST does not have: $strange"
        return 1
    fi
}

# series <version>: 8.4.3-log is of the series 8.4.
series() {
    [[ $1 =~ ^([0-9]+\.[0-9]+) ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# fits_scratch_server <host>: CLONE needs the same series, page size and plugins on both sides. What differs is named before anything is copied.
fits_scratch_server() {
    local version page_size plugins plugin missing=""
    IFS=$'\t' read -r version page_size plugins < <(scratch_client --batch --skip-column-names <<<"SET SESSION group_concat_max_len = 65536; SELECT @@version, @@innodb_page_size, (SELECT GROUP_CONCAT(PLUGIN_NAME) FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE');") || return 1
    if [[ $(series "$version") != "$(series "${DONOR[version]}")" ]]; then
        log_wait "$1 runs MySQL ${DONOR[version]}, this pod's image has $version: a clone needs the same series on both sides. Give all pods the same image, or roll this image out to the donor first"
        return 1
    elif [[ $page_size != "${DONOR[page_size]}" ]]; then
        log_wait "$1 has pages of ${DONOR[page_size]} bytes, this pod of $page_size (innodb_page_size): a clone needs the same on both sides"
        return 1
    fi
    for plugin in ${DONOR[plugins]//,/ }; do
        [[ $plugin == NULL || ,$plugins, == *",$plugin,"* ]] || missing+=" $plugin"
    done
    if [[ -n $missing ]]; then
        log_wait "$1 has active plugins that this pod's server lacks:$missing. A clone needs the same on both sides: set plugin-load-add in the stack's options, or uninstall them there"
        return 1
    fi
}

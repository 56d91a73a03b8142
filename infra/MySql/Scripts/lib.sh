# shellcheck shell=bash
# Sourced by every other script: names, secrets, files, logs, SQL. Needs bash 4.2, coreutils and grep; SQL needs the mysql client.
#
# A function whose result is asked for (in if, ||, &&) checks each of its steps: bash does not stop at errors there, set -e or not.
# The directories can be moved, and the user be named, by the environment for tests; a pod uses the defaults.
set -euo pipefail
# shellcheck source=Words84/words.sh
. "${BASH_SOURCE%/*}/words.sh"

CREDENTIALS=${CREDENTIALS_DIRECTORY:-/mnt/credentials}
# The volume's root, in the init containers; the data directory in it, as the init containers and as the others see it.
VOLUME=${VOLUME_DIRECTORY:-/mnt/data}
VOLUME_DATA=$VOLUME/mysql
DATA=${DATA_DIRECTORY:-/var/lib/mysql}
# How many members the cluster has, and whether all of them have been ready once: ConfigMaps.
MEMBERS_FILE=${MEMBERS_DIRECTORY:-/mnt/members}/replicas
INITIALISED=${INITIALISED_DIRECTORY:-/mnt/initialised}/initialised
# A person makes this file in a replica's data directory, and restarts the pod, to have its data thrown away and fetched anew.
RESEED=reseed
HOW_TO_RESEED="seed it again: create the file $RESEED in its data directory and delete the pod"
# In memory, one a pod, shared by its containers.
CONFIGURATION=${CONF_DIRECTORY:-/etc/mysql/conf.d}

# The certificate that was taken from the Secret (tls.sh), and that the primary is not verified yet.
CERTIFICATE=${CERTIFICATE_DIRECTORY:-$CONFIGURATION/tls}
UNVERIFIED=$CONFIGURATION/tls.unverified

log() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T %s: %s\n' -1 "${0##*/}" "$*" >&2
}

fail() {
    log "$*"
    exit 1
}

LAST_WAIT=""
declare -A WAIT_SINCE=() WAIT_SEEN=() WAIT_TOLD=()
# log_wait <sentence>: at once when it is new, then every ten seconds with how long it has been. One that was not said for half a minute is new.
log_wait() {
    local seen=${WAIT_SEEN[$1]:--60} since=${WAIT_SINCE[$1]:-0} told=${WAIT_TOLD[$1]:-0}
    LAST_WAIT=$1
    WAIT_SEEN[$1]=$SECONDS
    if ((SECONDS - seen > 30)); then
        WAIT_SINCE[$1]=$SECONDS
        WAIT_TOLD[$1]=$SECONDS
        log "$1"
    elif ((SECONDS - told >= 10)); then
        WAIT_TOLD[$1]=$SECONDS
        log "$1 ($((SECONDS - since)) s so far)"
    fi
}

# The end of a tool's own report, then what we make of it.
log_tail() {
    tail -n 20 "$1" >&2
    log "$2; the last lines of its report stand above"
}

[[ $HOSTNAME =~ ^(.+)-(0|[1-9][0-9]*)$ ]] || fail "host name '$HOSTNAME' does not end in -<ordinal>: this is not a pod of a StatefulSet"
POD_BASE=${BASH_REMATCH[1]}
ORDINAL=${BASH_REMATCH[2]}

require_environment() {
    local name
    for name in "$@"; do
        [[ -n ${!name:-} ]] || fail "the environment variable $name is not set; the pod's template sets it"
    done
}

is_primary() {
    [[ $ORDINAL -eq 0 ]]
}

# role_config: the name of this ordinal's configuration file.
role_config() {
    if is_primary; then printf '%s' "$PRIMARY_CONFIG"; else printf '%s' "$REPLICA_CONFIG"; fi
}

# hold_replication: from its next start on the server keeps replication stopped, until the file is gone.
HELD=$CONFIGURATION/hold-replication.cnf
hold_replication() {
    write_file "$HELD" 0644 <<<"[mysqld]"$'\n'"$HOLD_OPTION"
}

# In a new replica's pod until it has once caught up: readiness waits for that, so that a roll goes on to the next pod only then.
BEHIND=$CONFIGURATION/replication.behind
NOT_CAUGHT_UP="this replica has not yet had, since its pod started, what the primary had then"

# peer_host <ordinal>
peer_host() {
    printf '%s-%s.%s' "$POD_BASE" "$1" "$HEADLESS_SERVICE"
}

declare -A PASSWORD=()
# load_secrets: the passwords as the Secret has them now, so that a rotated Secret is seen without a restart. False, with the reason in
# the log, if one is missing or could not stand in an SQL string or an option file as it is.
load_secrets() {
    local user value users=(root replication health backup)
    [[ -z ${METRICS_PORT:-} ]] || users+=(metrics)
    for user in "${users[@]}"; do
        [[ -r $CREDENTIALS/$user-password ]] || { log "the Secret has no readable $user-password"; return 1; }
        # Every probe reads them: $(<file) would be a process each. It ends at the end of the file, which read calls a failure.
        IFS= read -r -d '' value <"$CREDENTIALS/$user-password" || true
        value=${value%"${value##*[!$'\n']}"}
        [[ $value =~ ^[A-Za-z0-9_.-]+$ ]] || { log "the Secret's $user-password must consist of letters, digits, dots, hyphens and underscores"; return 1; }
        PASSWORD[$user]=$value
    done
}

# write_file <path> <mode>: standard input becomes the file, whole or not at all. The temporary name does not end in .cnf.
write_file() {
    local temporary=$1.new
    rm -f "$temporary" &&
        (umask 077 && cat >"$temporary") &&
        chmod "$2" "$temporary" &&
        mv -T "$temporary" "$1"
}

# flush <path>: what was written to its disk is on it. The disks of others are left alone where sync can do that: one of them may hang.
flush() {
    if [[ $(sync --help 2>&1) == *--file-system* ]]; then sync --file-system "$1"; else sync; fi
}

# has_tls: the cluster was given certificates.
has_tls() {
    [[ -n ${TLS_REQUIRED:-} ]]
}

# verify_certificate <directory> <option of openssl verify...>: whether ca.crt there vouches for tls.crt; prints what openssl says of it.
verify_certificate() {
    openssl verify -no-CApath -no-CAstore -CAfile "$1/ca.crt" -untrusted "$1/tls.crt" "${@:2}" "$1/tls.crt" 2>&1
}

# verifies: other servers are held to the name that they are called by. Data of before there were certificates follow a primary that has none until it is made
# anew, last of all; with VERIFY it is asked for one all the same.
verifies() {
    has_tls && [[ -n ${VERIFY:-} || ! -e $UNVERIFIED ]]
}

# What is asked of the server at 127.0.0.1: no more than encryption. Only this pod's containers can listen there, and the sidecar has to come in also when
# the certificate is what is wrong.
MODE_HERE=PREFERRED
# tls_options <host>
tls_options() {
    local mode=VERIFY_IDENTITY
    case $1 in
        localhost) return 0 ;;
        127.0.0.1) mode=$MODE_HERE ;;
        *) verifies || mode=REQUIRED ;;
    esac
    printf 'ssl-mode=%s\n' "$mode"
    [[ $mode != VERIFY_* ]] || printf 'ssl-ca=%s\n' "$CERTIFICATE/ca.crt"
}

# login_options <user> <host> [password]: an option file for whatever logs in.
login_options() {
    local port=${MYSQL_PORT:-3306}
    case $1@$2 in root@127.0.0.1 | health@127.0.0.1 | metrics@127.0.0.1) port=$LOCAL_PORT ;; esac
    printf '[client]\nuser=%s\npassword=%s\nhost=%s\nport=%s\n' "$1" "${3:-${PASSWORD[$1]}}" "$2" "$port"
}

# client_options <user> <host> [password]: an option file for the mysql client and xtrabackup.
client_options() {
    login_options "$@"
    ! has_tls || tls_options "$2"
}

# Seconds that a client may take; none is no limit.
LIMIT=""
# client <option...>: the mysql client over the statements of standard input. Of what it says on failure only the ERROR lines are kept, because
# some clients repeat the statement, and statements hold passwords.
client() {
    local said code=0
    { said=$(${LIMIT:+timeout "$LIMIT"} mysql "$@" 2>&1 1>&3 3>&-) || code=$?; } 3>&1
    [[ -z $said ]] || printf '%s\n' "$said" | sed -n '/^ERROR/p' >&2
    return "$code"
}

# sql <user> <host> [client option]: runs the statements of standard input; prints values, or with --vertical names and values. A server that
# does not answer within SQL_SECONDS counts as gone. The password
# reaches the client through a pipe: it is on no command line, in no environment and on no disk.
sql() {
    local LIMIT=${SQL_SECONDS-60}
    client --defaults-file=<(client_options "$1" "$2") --connect-timeout=3 --batch "${3:---skip-column-names}"
}

# limit_to_probe: a probe's client is given up a moment before the probe is. One that outlived it would hold a connection of the server's.
limit_to_probe() {
    SQL_SECONDS=$((PROBE_TIMEOUT_SECONDS - 1)).8
}

# identity_statements: the identity tells this cluster's data from every other, so that a replica never follows an unrelated primary.
identity_statements() {
    printf 'CREATE TABLE IF NOT EXISTS mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;\n'
    printf "INSERT INTO mysql.cluster_identity SELECT '%s', UTC_TIMESTAMP() FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM mysql.cluster_identity);\n" \
        "$(</proc/sys/kernel/random/uuid)"
}

declare -A FIELD=()
# read_fields: FIELD becomes the names of today and the values of --vertical output; of a name that comes twice the first counts. A set of
# transactions goes on in the next line after a comma. By patterns, not expressions: every probe reads some sixty lines.
read_fields() {
    local line value column name=""
    FIELD=()
    while IFS= read -r line; do
        column=${line%%:*}
        column=${column#"${column%%[![:space:]]*}"}
        if [[ $line == *:* && -n $column && $column != *[!A-Za-z_]* ]]; then
            value=${line#*:}
            value=${value# }
            current_name "$column"
            name=""
            [[ -z ${FIELD[$REPLY]+set} ]] || continue
            name=$REPLY
            FIELD[$name]=$value
        elif [[ -n $name && ${FIELD[$name]} == *, && $line =~ ^[0-9a-fA-F-]{36}: ]]; then
            FIELD[$name]+=$line
        fi
    done
}

# data_state <directory>: prints empty, complete, or a sentence on what is there instead.
# Data is taken into use by one rename, so a directory of this project's making is empty or complete. Volumes of other makers
# are adopted if a server has run on them or a backup was prepared there; half a copy is neither, and is not touched. The note of the owner is
# written when a copy is whole, before its first server runs.
data_state() {
    local directory=$1 names
    names=$(ls -A "$directory" 2>/dev/null) || true
    if [[ -z $names ]]; then
        echo empty
    elif [[ ! -d $directory/mysql ]]; then
        names=${names//$'\n'/ }
        echo "it holds files but no system tables (${names:0:100})"
    elif grep -qs 'backup_type = .*-backuped' "$directory/xtrabackup_checkpoints"; then
        echo "it is a backup that was never prepared (xtrabackup_checkpoints says so)"
    elif [[ ! -f $directory/data-of-pod && ! -f $directory/ib_logfile0 && ! -f $directory/auto.cnf && ! -f $directory/xtrabackup_checkpoints ]]; then
        echo "it is part of a copy: no server has ever run on it"
    else
        echo complete
    fi
}

# A note in the data names the pod it belongs to, so that a copy on another pod's volume is known for what it is.
note_owner() {
    [[ $(owner_of "$1") == "$HOSTNAME" ]] || write_file "$1/data-of-pod" 0640 <<<"$HOSTNAME"
}

# owner_of <data directory>: prints that pod's name, or nothing where there is no note.
owner_of() {
    [[ ! -r $1/data-of-pod ]] || printf '%s' "$(<"$1/data-of-pod")"
}

# digest: sha256 of standard input, in hex.
digest() {
    local sum
    sum=$(sha256sum) && printf '%s' "${sum%% *}"
}

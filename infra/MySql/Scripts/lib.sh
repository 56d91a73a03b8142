# shellcheck shell=bash
# Sourced by every other script: names, files, logs, SQL. Needs bash 4.2 and coreutils; SQL needs the mysql client.
# The directories can be moved by the environment for tests; a pod uses the defaults.
set -euo pipefail

CREDENTIALS=${CREDENTIALS_DIRECTORY:-/mnt/credentials}
VOLUME=${VOLUME_DIRECTORY:-/mnt/data}       # the volume's root, in the init containers
CONFIGURATION=${CONF_DIRECTORY:-/etc/mysql/conf.d}
DATA=${DATA_DIRECTORY:-/var/lib/mysql}      # the data directory, in the long-running containers

log() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T %s: %s\n' -1 "${0##*/}" "$*" >&2
}

fail() {
    log "$*"
    exit 1
}

# log_wait <since, in $SECONDS> <sentence>: the first time at once, then every ten seconds, with how long it has been.
log_wait() {
    local waited=$((SECONDS - $1))
    if [[ $2 != "${LAST_WAIT:-}" ]]; then
        LAST_WAIT=$2
        LAST_WAIT_AT=$SECONDS
        log "$2"
    elif ((SECONDS - LAST_WAIT_AT >= 10)); then
        LAST_WAIT_AT=$SECONDS
        log "$2 ($waited s so far)"
    fi
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

# peer_host <ordinal>
peer_host() {
    printf '%s-%s.%s' "$POD_BASE" "$1" "$HEADLESS_SERVICE"
}

# write_file <path> <mode>: standard input becomes the file, whole or not at all. The temporary name does not end in .cnf.
write_file() {
    local temporary=$1.new
    rm -f "$temporary"
    (umask 077 && cat >"$temporary")
    chmod "$2" "$temporary"
    mv -T "$temporary" "$1"
}

# secret <user>: the password as the Secret has it now; a rotated Secret is seen without a restart.
secret() {
    local value
    value=$(<"$CREDENTIALS/$1-password")
    [[ $value =~ ^[A-Za-z0-9]+$ ]] || fail "the password of $1 in the Secret must consist of letters and digits"
    printf '%s' "$value"
}

# client_options <user> <host> [password]: an option file for the mysql client and xtrabackup.
client_options() {
    local password
    password=${3-$(secret "$1")}
    printf '[client]\nuser=%s\npassword=%s\nhost=%s\nport=%s\n' "$1" "$password" "$2" "${MYSQL_PORT:-3306}"
}

# sql <user> <host> [client option]: runs the statements of standard input; prints values, or with --vertical names and values. The password reaches the client through a
# pipe: it is on no command line, in no environment and on no disk.
sql() {
    mysql --defaults-file=<(client_options "$1" "$2") --connect-timeout=3 --batch "${3:---skip-column-names}"
}

# read_fields <associative array>: fills it from the client's --vertical output; of a name that comes twice the first counts.
read_fields() {
    local line
    eval "$1=()"
    while IFS= read -r line; do
        [[ $line =~ ^[[:space:]]*([A-Za-z_]+):\ ?(.*)$ ]] || continue
        eval "[[ -n \${$1[${BASH_REMATCH[1]}]+set} ]] || $1[${BASH_REMATCH[1]}]=\${BASH_REMATCH[2]}"
    done
}

# data_state <directory>: empty, complete, or a sentence on what is there instead.
# Data is taken into use by one rename, so a directory of this project's making is empty or complete. Volumes of other makers
# are adopted if a server has run on them or a backup was prepared there; half a copy is neither, and is not touched.
data_state() {
    local directory=$1
    if [[ ! -d $directory || -z $(ls -A "$directory") ]]; then
        echo empty
    elif [[ ! -d $directory/mysql ]]; then
        # shellcheck disable=SC2012 # names for a person to read
        echo "it holds files but no system tables: $(ls -A "$directory" | head -n 5 | tr '\n' ' ')"
    elif [[ -f $directory/xtrabackup_checkpoints ]] && grep -q 'backup_type = .*-backuped' "$directory/xtrabackup_checkpoints"; then
        echo "it is a backup that was never prepared (xtrabackup_checkpoints)"
    elif [[ ! -f $directory/ib_logfile0 && ! -f $directory/auto.cnf ]]; then
        echo "it is part of a copy: no server has ever run on it"
    else
        echo complete
    fi
}

# sha256 of standard input, in hex.
digest() {
    local sum
    sum=$(sha256sum)
    printf '%s' "${sum%% *}"
}

# proof <role> <nonce...>: shows that its sender knows the cluster's backup password, without showing the password.
# Two nested digests, as in HMAC, so that a proof cannot be extended. The password goes to sha256sum through a pipe.
proof() {
    local key inner
    key=$(secret backup)
    inner=$(printf 'inner %s %s' "$key" "$*" | digest)
    printf 'outer %s %s' "$key" "$inner" | digest
}

nonce() {
    local part whole="" i
    for i in 1 2; do
        read -r part </proc/sys/kernel/random/uuid
        whole+=${part//-/}
    done
    printf '%s' "$whole"
}

# ssl_option: --ssl where this image's ncat was built with it. Both ends of the backup channel run the same image.
ssl_option() {
    [[ $(ncat --help 2>&1) == *--ssl* ]] && printf -- '--ssl'
    return 0
}

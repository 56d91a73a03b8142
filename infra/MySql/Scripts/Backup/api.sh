# shellcheck shell=bash
# Sourced after lib.sh: the cluster's API server, asked with the rights of the pod's service account. By openssl, the only program of the server's image that speaks
# TLS to it: the certificate has to be of the cluster's own authority, and of the API server's name. The token is on no command line.
# shellcheck source=json.sh
. "${BASH_SOURCE%/*}/json.sh"
[[ -n ${KUBERNETES_SERVICE_HOST:-} && -n ${KUBERNETES_SERVICE_PORT:-} ]] || fail "there is no API server here (KUBERNETES_SERVICE_HOST), as in the lab; snapshots of volumes are a cluster's to make"

ACCOUNT=${ACCOUNT_DIRECTORY:-/var/run/secrets/kubernetes.io/serviceaccount}
API_NAME=kubernetes.default.svc
API_SERVER=$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT
# Of IPv6, an address stands in brackets before a port.
[[ $KUBERNETES_SERVICE_HOST != *:* ]] || API_SERVER=[$KUBERNETES_SERVICE_HOST]:$KUBERNETES_SERVICE_PORT
API_WORK=$(mktemp -d)
# One request, and how often it is tried: a minute in all, in which an API server that is made anew is back.
API_SECONDS=30
API_TRIES=8

end_api() {
    rm -rf "$API_WORK"
}

# own_namespace_here: prints the namespace that the pod is in.
own_namespace_here() {
    [[ -r $ACCOUNT/namespace && -r $ACCOUNT/token && -r $ACCOUNT/ca.crt ]] || { log "this pod has no token of a service account ($ACCOUNT), so that it can ask nothing of the cluster"; return 1; }
    printf '%s' "$(<"$ACCOUNT/namespace")"
}

# request <method> <path> [content type] [body]: prints it.
request() {
    local LC_ALL=C
    printf '%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\nUser-Agent: mysql-backup\r\nConnection: close\r\n' "$1" "$2" "$API_NAME" "$(<"$ACCOUNT/token")"
    [[ $# -lt 4 ]] || printf 'Content-Type: %s\r\nContent-Length: %d\r\n' "$3" "${#4}"
    printf '\r\n%s' "${4:-}"
}

declare -A ANSWER=()
STATUS=0
REASON=""
# ask_api <method> <path> [content type] [body]: STATUS becomes the answer's, 0 where none came whole, and ANSWER its fields. False where it was not done; REASON says why.
ask_api() {
    local path value
    STATUS=0
    ANSWER=()
    REASON=""
    request "$@" | timeout "$API_SECONDS" openssl s_client -quiet -connect "$API_SERVER" -servername "$API_NAME" \
        -CAfile "$ACCOUNT/ca.crt" -verify_return_error -verify_hostname "$API_NAME" >"$API_WORK/answer" 2>"$API_WORK/said" || true
    if ! { read_answer <"$API_WORK/answer" && json_fields <"$API_WORK/body" >"$API_WORK/fields"; }; then
        STATUS=0
        REASON="no whole answer came from the API server: $(grep -a -m 1 -E 'error|refused|failure' "$API_WORK/said" || tail -n 1 "$API_WORK/said")"
        return 1
    fi
    while IFS=$'\t' read -r path value; do
        ANSWER[$path]=$value
    done <"$API_WORK/fields"
    ((STATUS >= 200 && STATUS <= 299)) && return 0
    REASON="$STATUS: $(json_text "${ANSWER[message]:-the API server does not say why}")"
    return 1
}

# read_answer: of an answer that came whole the status, and its body in a file.
read_answer() {
    local line length="" chunked=no
    IFS= read -r line && [[ $line =~ ^HTTP/1\.[01]\ ([1-5][0-9][0-9]) ]] || return 1
    STATUS=${BASH_REMATCH[1]}
    while IFS= read -r line && [[ -n ${line%$'\r'} ]]; do
        line=${line%$'\r'}
        case ${line,,} in
            content-length:*) length=${line##*[: ]} ;;
            transfer-encoding:*chunked*) chunked=yes ;;
        esac
    done
    if [[ $chunked == yes ]]; then
        read_chunks >"$API_WORK/body"
    else
        [[ $length =~ ^[0-9]+$ ]] && head -c "$length" >"$API_WORK/body" && [[ $(stat -c %s "$API_WORK/body") == "$length" ]]
    fi
}

# read_chunks: the body of an answer that comes in pieces, each after its size; the last one has none.
read_chunks() {
    local size
    while IFS= read -r size; do
        size=${size%%[;$'\r']*}
        [[ $size =~ ^[0-9A-Fa-f]+$ ]] || return 1
        ((16#$size > 0)) || return 0
        head -c "$((16#$size))" && IFS= read -r _ || return 1
    done
    return 1
}

# api <method> <path> [content type] [body]: as ask_api, and once more where the API server is away or overburdened. What was done by a request whose answer was lost is not
# known then, which REPEATED says.
api() {
    local tried=1 pause=1
    REPEATED=no
    until ask_api "$@"; do
        ((STATUS == 0 || STATUS == 429 || STATUS >= 500)) && ((tried < API_TRIES)) || return 1
        log_wait "$1 of ${2##*/}: $REASON; trying again"
        sleep "$pause"
        REPEATED=yes
        tried=$((tried + 1))
        pause=$((pause < 16 ? pause * 2 : 16))
    done
}

# api_create <path> <body>: one that is there already is an error, unless it may be of a request before whose answer was lost.
api_create() {
    api POST "$1" application/json "$2" || [[ $STATUS == 409 && $REPEATED == yes ]]
}

# api_delete <path>: what is not there need not go.
api_delete() {
    api DELETE "$1" || [[ $STATUS == 404 ]]
}

# percent <text>: prints it as a query has it.
percent() {
    local text=${1//%/%25}
    text=${text//=/%3D}
    text=${text//,/%2C}
    printf '%s' "${text//\//%2F}"
}

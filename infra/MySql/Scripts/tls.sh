# shellcheck shell=bash
# Sourced after lib.sh: the certificate of this cluster's servers, where there is one. The Secret's files change under a running pod, and may be wrong; what
# the server and the clients of this pod use is a copy in memory, taken when it was found good. CERTIFICATE is a link to it, so that authority, certificate and key
# change at once, and a server that starts again finds the ones that held.
#
# New data are verified from their first byte on. Data of before there were certificates note it when their primary has been verified for the first time: from
# then on nothing else is followed.

OFFERED=${TLS_DIRECTORY:-/mnt/tls}
CERTIFICATE_FILES=(ca.crt tls.crt tls.key)
# The digest of what the server has loaded, and why the Secret's certificate is not taken.
SERVED=$CONFIGURATION/tls.served
TLS_PROBLEM=$CONFIGURATION/tls.problem
NOTE_VERIFIED=tls-verified
# The Secret is looked at in every fifth round.
CERTIFICATE_ROUNDS=5
# What the server itself would not load.
UNLOADABLE=""

# own_host: the name by which others call this server.
own_host() {
    peer_host "$ORDINAL"
}

# note_verified <data directory>
note_verified() {
    ! has_tls || write_file "$1/$NOTE_VERIFIED" 0640 </dev/null
}

# begin_unverified <data directory>: at a pod's start. Data that were there before the certificates go on as before, for as long as their primary has none.
begin_unverified() {
    if ! has_tls; then
        rm -f "$1/$NOTE_VERIFIED"
    elif is_primary; then
        note_verified "$1"
    elif [[ ! -e $1/$NOTE_VERIFIED ]]; then
        log "this data is of before there were certificates: $PRIMARY_HOST is followed as before until it can be verified"
        : >"$UNVERIFIED"
    fi
}

# taken: prints the digest of the certificate that holds, or nothing.
taken() {
    local link
    link=$(readlink "$CERTIFICATE") || return 0
    printf '%s' "${link#tls.}"
}

# digest_of <directory>: of its three files, or of those that are there.
digest_of() {
    { for file in "${CERTIFICATE_FILES[@]}"; do cat "$1/$file" 2>/dev/null || printf 'no %s\n' "$file"; done; } | digest
}

# same_key <directory>: the key is the certificate's.
same_key() {
    local of_key of_certificate
    of_key=$(openssl pkey -in "$1/tls.key" -pubout 2>/dev/null </dev/null) && of_certificate=$(openssl x509 -in "$1/tls.crt" -noout -pubkey 2>/dev/null) &&
        [[ $of_key == "$of_certificate" ]]
}

# certificate_problem <directory> <option of openssl verify...>: prints what is wrong with it, or nothing.
certificate_problem() {
    local file said
    command -v openssl >/dev/null || { printf 'the server'"'"'s image has no openssl to look at it with'; return; }
    for file in "${CERTIFICATE_FILES[@]}"; do
        [[ -s $1/$file ]] || { printf 'it has no %s; it takes %s' "$file" "${CERTIFICATE_FILES[*]}"; return; }
    done
    if ! openssl x509 -in "$1/tls.crt" -noout 2>/dev/null; then
        printf 'tls.crt holds no certificate'
    elif ! same_key "$1"; then
        printf 'tls.key is not the key of the certificate in tls.crt, or has a password'
    elif ! said=$(verify_certificate "$1" -purpose sslserver "${@:2}"); then
        said=$(grep -m 1 -o 'lookup: .*' <<<"$said") || said="lookup: ca.crt holds no certificate"
        printf 'ca.crt does not verify the certificate in tls.crt: %s' "${said#*: }"
    elif ! verify_certificate "$1" -purpose sslserver "${@:2}" -verify_hostname "$(own_host)" >/dev/null; then
        printf 'the certificate in tls.crt does not name %s; with *.%s among its names it would' "$(own_host)" "$HEADLESS_SERVICE"
    fi
}

# link_certificate <digest>
link_certificate() {
    rm -f "$CERTIFICATE.new" && ln -s "tls.$1" "$CERTIFICATE.new" && mv -T "$CERTIFICATE.new" "$CERTIFICATE"
}

# copy_offered <directory>: the Secret's files as they are now; false where they are replaced in the meantime.
copy_offered() {
    local file
    (umask 077 && rm -rf "$1" && mkdir "$1") || return 1
    for file in "${CERTIFICATE_FILES[@]}"; do
        [[ ! -e $OFFERED/$file ]] || (umask 077 && cat "$OFFERED/$file" >"$1/$file") || return 1
    done
    [[ $(digest_of "$1") == "${1##*/tls.}" ]]
}

# take_certificate <option of openssl verify...>: what the Secret has now is what holds. False, and told, where it cannot be; then the one before holds.
take_certificate() {
    local offered copy problem
    offered=$(digest_of "$OFFERED") || return 1
    [[ $offered != "$(taken)" ]] || { rm -f "$TLS_PROBLEM"; return 0; }
    [[ $offered != "$UNLOADABLE" ]] || return 1
    copy=$CONFIGURATION/tls.$offered
    copy_offered "$copy" || { rm -rf "$copy"; return 1; }
    problem=$(certificate_problem "$copy" "$@")
    if [[ -n $problem ]]; then
        rm -rf "$copy"
        refuse_certificate "$problem"
        return 1
    fi
    link_certificate "$offered" && rm -f "$TLS_PROBLEM"
}

# refuse_certificate <why>
refuse_certificate() {
    local what="the Secret's certificate is not taken: $1"
    [[ -z $(taken) ]] || what+=". The one before holds"
    write_file "$TLS_PROBLEM" 0644 <<<"$what" || true
    log_wait "$what"
}

# first_certificate: in a new pod, whose server starts with it. One that has run out is better than none: it keeps nobody out who would have come in.
first_certificate() {
    has_tls || return 0
    rm -rf "$CERTIFICATE" "$CONFIGURATION"/tls.*
    if ! take_certificate -no_check_time; then
        [[ -e $TLS_PROBLEM ]] || fail "the Secret's certificate changes at this moment"
        fail "$(<"$TLS_PROBLEM")"
    fi
    write_file "$SERVED" 0644 <<<"$(taken)"
    # A file of its own: the servers that a script starts for itself, without network, read another.
    write_file "$CONFIGURATION/tls.cnf" 0644 <<EOF
[mysqld]
ssl-ca = /etc/mysql/conf.d/tls/ca.crt
ssl-cert = /etc/mysql/conf.d/tls/tls.crt
ssl-key = /etc/mysql/conf.d/tls/tls.key
require-secure-transport = $TLS_REQUIRED
EOF
}

# keep_certificate: the server has what the Secret has, without a restart and without an end to any connection.
keep_certificate() {
    local said
    has_tls && [[ $((ROUND % CERTIFICATE_ROUNDS)) -eq 0 ]] || return 0
    take_certificate || true
    [[ $(taken) != "$(<"$SERVED")" ]] || return 0
    if said=$(admin <<<'ALTER INSTANCE RELOAD TLS;' 2>&1); then
        write_file "$SERVED" 0644 <<<"$(taken)" || return 1
        find "$CONFIGURATION" -maxdepth 1 -type d -name 'tls.*' ! -name "tls.$(taken)" -exec rm -rf {} + || true
        log "the server has the Secret's new certificate; it ends $(openssl x509 -in "$CERTIFICATE/tls.crt" -noout -enddate | cut -d = -f 2)"
    elif [[ $said == *"ERROR 3888"* ]]; then
        # The one that the server has is kept until it has another.
        UNLOADABLE=$(taken)
        link_certificate "$(<"$SERVED")" && refuse_certificate "the server cannot load it: ${said##*$'\n'}"
    elif [[ ! $said =~ ERROR\ (2002|2003|2013) ]]; then
        said="the server does not load the Secret's certificate: ${said##*$'\n'}"
        write_file "$TLS_PROBLEM" 0644 <<<"$said" && log_wait "$said"
    fi
}

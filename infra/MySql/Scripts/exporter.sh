# shellcheck shell=bash
# Sourced after lib.sh by init-mysql.sh and replication.sh: the option file by which the exporter of metrics logs in, where the pod has one. The exporter runs
# as nobody; only the containers that write the file and the exporter mount its folder, which is in memory.
EXPORTER_OPTIONS=${METRICS_DIRECTORY:-/mnt/metrics}/my.cnf

has_exporter() {
    [[ -n ${METRICS_PORT:-} ]]
}

# The exporter speaks TLS only where it is told of an authority. It is told to take any certificate, as it asks at 127.0.0.1.
EXPORTER_CA=${EXPORTER_OPTIONS%/*}/ca.crt

exporter_options() {
    login_options metrics 127.0.0.1
    ! has_tls || printf 'ssl-ca=%s\n' "$EXPORTER_CA"
}

write_exporter_options() {
    ! has_tls || write_file "$EXPORTER_CA" 0644 <"$CERTIFICATE/ca.crt" || return 1
    write_file "$EXPORTER_OPTIONS" 0644 <<<"$(exporter_options)"
}

# reload_exporter: it reads the file when it starts, and when it is told to.
reload_exporter() {
    # shellcheck disable=SC2016 # the inner shell's argument
    [[ $(timeout 5 "$BASH" -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "POST /-/reload HTTP/1.0\r\n\r\n" >&3 && head -n 1 <&3' - "$METRICS_PORT" 2>/dev/null) == *" 200 "* ]]
}

# keep_exporter: after a rotation it gets the new password, once this server takes it.
keep_exporter() {
    has_exporter && [[ -n ${PASSWORD[metrics]:-} ]] || return 0
    [[ ! -r $EXPORTER_OPTIONS || $(<"$EXPORTER_OPTIONS") != "$(exporter_options)" ]] || return 0
    sql metrics 127.0.0.1 <<<'SELECT 1;' >/dev/null 2>&1 || return 0
    write_exporter_options || return 1
    if reload_exporter; then
        log "the exporter of metrics has the Secret's new password"
    else
        log "the exporter of metrics has a new password to read and does not answer; it reads it when it starts again"
    fi
}

#!/usr/bin/env bash
# Part of the sidecar: listens on BACKUP_PORT and gives each connection to serve-backup.sh.
#
# Guarantees: encrypted (ncat makes its own certificate); at most 32 connections at once, of which one
# receives a backup; a connection costs one bash until it has proved itself.
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/proof.sh"
require_environment BACKUP_PORT

rm -f "$CONFIGURATION"/backup-*.client "$CONFIGURATION"/backup-*.client.new
require_ssl
log "listening on port $BACKUP_PORT, encrypted"
exec ncat --listen --ssl --keep-open --max-conns 32 "$BACKUP_PORT" --exec "$BASH ${BASH_SOURCE%/*}/serve-backup.sh"

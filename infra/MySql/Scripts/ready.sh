#!/usr/bin/env bash
# Readiness of the mysql container: exit 0 if this server should receive readers, else 1 and the reason.
# A primary is ready when it accepts writes. A replica is ready when it is read-only, configured, its applier runs without error and its lag
# is within MAX_LAG_SECONDS; a primary that is away does not make a sound replica unready.
. "${BASH_SOURCE%/*}/lib.sh"
. "${BASH_SOURCE%/*}/health.sh"
require_environment PROBE_TIMEOUT_SECONDS

limit_to_probe
judge || { printf 'not ready: %s\n' "$REASON"; exit 1; }

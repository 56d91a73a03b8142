#!/usr/bin/env bash
# Startup of the mysql container: exit 0 once mysqld answers at all, whatever it answers. mysqladmin counts a refused login as an answer.
. "${BASH_SOURCE%/*}/lib.sh"
require_environment PROBE_TIMEOUT_SECONDS

limit_to_probe
timeout "$SQL_SECONDS" mysqladmin --defaults-file="$CONFIGURATION/health.client" --connect-timeout=2 ping

#!/usr/bin/env bash
# Startup of the mysql container: exit 0 once mysqld answers at all, whatever it answers. mysqladmin counts a refused login as an answer.
. "${BASH_SOURCE%/*}/lib.sh"

mysqladmin --defaults-file="$CONFIGURATION/health.client" --connect-timeout=2 ping

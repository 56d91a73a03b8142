#!/usr/bin/env bash
# The receiving half of a copy without checks or encryption, which seeding is measured against: raw-receive.sh DIRECTORY PORT
set -euo pipefail
ncat --listen --recv-only "$2" | tar --extract --directory "$1"

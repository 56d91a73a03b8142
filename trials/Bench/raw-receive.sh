#!/usr/bin/env bash
# The receiving half of a copy without checks or encryption, which seeding is measured against: raw-receive.sh DIRECTORY PORT. It ends when the disk has it all.
set -euo pipefail
ncat --listen --recv-only "$2" | tar --extract --directory "$1"
sync --file-system "$1"

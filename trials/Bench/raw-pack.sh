#!/usr/bin/env bash
# Packs a directory into one file without any check, which a backup is measured against: raw-pack.sh DIRECTORY FILE
set -euo pipefail
# tar ends with 1 where a file changed while it was read: the server goes on running.
{ tar --create --directory "$1" . || (($? == 1)); } | zstd --quiet --force --threads=0 -o "$2"
sync --file-system "$2"

#!/usr/bin/env bash
# Stands for "getent ahosts <name>": a name that resolves is a file in the folder "names" beside it, with an address a line.
set -euo pipefail
[[ $1 == ahosts && -e ${0%/*}/names/$2 ]] || exit 2
while read -r address; do
    printf '%-15s %s\n' "$address" "STREAM $2" "$address" DGRAM "$address" RAW
done <"${0%/*}/names/$2"

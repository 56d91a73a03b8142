#!/usr/bin/env bash
# Puts a server that speaks S3, npm's @20minutes/s3rver, into a folder, with what it needs: FOLDER/node_modules. It verifies signatures of version 4, as s3rver itself does not.
#
#     s3rver.sh FOLDER
#
# Guarantees: the folder appears whole, by one rename; one that is there is left alone.
set -euo pipefail

[[ $# -eq 1 ]] || { echo "it takes one folder" >&2; exit 1; }
[[ ! -e $1 ]] || exit 0
mkdir -p "$(dirname "$1")"
work=$(mktemp -d "$1.XXXXXX")
trap 'rm -rf "$work"' EXIT

# No package's own scripts run.
timeout 300 npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel error @20minutes/s3rver@4.0.4
chmod 0755 "$work"
mv -T "$work" "$1"

#!/usr/bin/env bash
# Unpacks what raw-pack.sh has packed: raw-unpack.sh FILE DIRECTORY
set -euo pipefail
rm -rf "$2"
mkdir "$2"
zstd --quiet --decompress --stdout "$1" | tar --extract --directory "$2"

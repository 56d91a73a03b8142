#!/usr/bin/env bash
# Puts Debian's Prometheus and promtool into a folder, as FOLDER/usr/bin/prometheus and promtool. They are unpacked, not installed: the package would start a
# server of its own.
#
#     prometheus.sh FOLDER
#
# Guarantees: the folder appears whole, by one rename; one that is there is left alone.
set -euo pipefail

[[ $# -eq 1 ]] || { echo "it takes one folder" >&2; exit 1; }
[[ ! -e $1 ]] || exit 0
mkdir -p "$(dirname "$1")"
work=$(mktemp -d "$1.XXXXXX")
trap 'rm -rf "$work"' EXIT

download() {
    (cd "$work" && timeout 300 apt-get --quiet download prometheus)
}

# The package lists may be old or were never fetched.
download || { timeout 600 apt-get --quiet --option=DPkg::Lock::Timeout=300 update && download; }
dpkg-deb --extract "$work"/prometheus_*.deb "$work/files"
chmod 0755 "$work/files"
mv -T "$work/files" "$1"

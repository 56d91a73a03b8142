#!/usr/bin/env bash
# Stands for a part of the sidecar: it ends by itself where the file <part>.ends beside the programs has a line left, with that exit code, and when it is
# asked to otherwise. The file "stopper" names the part that asks the sidecar to end, once the part that stands behind it there runs, too.
set -euo pipefail
here=${PROGRAMS:?}
part=${0##*/}
trap 'printf "%s is ended\n" "$part" >>"$here/calls"; exit 0' TERM
printf '%s starts\n' "$part" >>"$here/calls"
if [[ -s $here/$part.ends ]]; then
    code=$(head -n 1 "$here/$part.ends")
    sed -i 1d "$here/$part.ends"
    exit "$code"
fi
read -r stopper other <"$here/stopper"
for ((tries = 0; tries < 1000; tries++)); do
    # The sidecar sleeps again when it has noted what it started.
    if [[ $part == "$stopper" && $(tail -n 1 "$here/calls") == "sleep 1" ]] && grep -qx "$other starts" "$here/calls"; then
        stopper=""
        kill -TERM "$PPID"
    fi
    /bin/sleep 0.02
done

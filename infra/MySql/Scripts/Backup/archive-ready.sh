#!/usr/bin/env bash
# The readiness of the archive: everything that the primary had a while ago is in the store.
set -euo pipefail
archived=${TMPDIR:-/tmp}/archived
[[ -e $archived ]] || { echo "the archive has not yet caught up with the primary since this container began; its log says why"; exit 1; }
age=$(($(date +%s) - $(stat -c %Y "$archived")))
((age >= -60 && age <= 2 * ARCHIVE_SECONDS + 60)) || { echo "for $age s the archive has not had all that the primary had; its log says why"; exit 1; }

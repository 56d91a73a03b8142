#!/usr/bin/env bash
# Stands for fetch.sh in a backup's pod: a transfer has brought what lies in the folder "copied" beside the programs, from a server whose words are in "donor" there.
for part in root-password scratch-server events peers donor; do
    # shellcheck source=/dev/null
    . "${BASH_SOURCE%/*}/$part.sh"
done
# shellcheck disable=SC2034 # by scratch-server.sh
ROLE_CONFIG=$(role_config)
RECEIVED=$STAGING/data

end_fetch() {
    end_scratch_server
}

fetch() {
    mkdir -p "$STAGING" && cp -R "${PROGRAMS:?}/copied" "$RECEIVED" || return 1
    # shellcheck source=/dev/null
    . "$PROGRAMS/donor"
}

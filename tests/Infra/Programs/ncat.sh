#!/usr/bin/env bash
# Stands for ncat: all that it does is to tell its options. Where the file ncat.plain is beside it, it was built without encryption.
set -euo pipefail
here=${0%/*}
echo "Usage: ncat [options] [hostname] [port]"
[[ -e $here/ncat.plain ]] || echo "      --ssl                  Connect or listen with SSL"

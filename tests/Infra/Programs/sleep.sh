#!/usr/bin/env bash
# Stands for sleep: no time passes, but what lies in the folder "names.later" beside it takes the place of "names", once.
set -euo pipefail
here=${0%/*}
printf 'sleep %s\n' "$*" >>"$here/calls"
[[ ! -d $here/names.later ]] || { rm -rf "$here/names" && /bin/mv "$here/names.later" "$here/names"; }
/bin/sleep 0.01

#!/usr/bin/env bash
# zstd; where the file zstd.full is beside it, the folder that all files are to go to has room for half of one of them.
set -euo pipefail
here=${0%/*}
list=""
to=""
words=("$@")
while (($# > 0)); do
    case $1 in
        --filelist=*) list=${1#*=} ;;
        --output-dir-mirror) to=$2; shift ;;
    esac
    shift
done
# Where the file zstd.kill is beside it, half of a file is packed, and all that the test started is killed.
for end in full kill; do
    [[ -n $list && -e $here/zstd.$end ]] || continue
    rm "$here/zstd.$end"
    head -c 3 "$(head -n 1 "$list")" >"$to/half"
    [[ $end == full ]] || kill -KILL 0
    echo "zstd: error 70 : Write error : cannot write block : No space left on device" >&2
    exit 70
done
exec /usr/bin/zstd "${words[@]}"

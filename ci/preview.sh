#!/usr/bin/env bash
# What a pull request changes, as Markdown for its comment. For any CI: it needs a clone that has the base, and what ./dev build needs.
#   ci/preview.sh BASE FILE      such as ci/preview.sh origin/main preview.md
# Ends as `./dev diff` does, the file written before: 0 safe, 3 data is at risk, 2 wrong settings or use.
set -euo pipefail

[ $# = 2 ] || {
    echo "ci/preview.sh takes a base and a file, such as: ci/preview.sh origin/main preview.md" >&2
    exit 2
}
base=$1
file=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
errors=$(mktemp)
trap 'rm -f "$errors" "$file.new"' EXIT

status=0
"$root/dev" diff "$base" --markdown >"$file.new" 2>"$errors" || status=$?
cat "$errors" >&2
case $status in
    0 | 3) ;;
    *)
        # What it had written by then is not whole.
        {
            printf 'There is no preview: dev diff ended with exit code %s.\n\n' "$status"
            # Indented, so that no line of it ends the block.
            sed 's/^/    /' "$errors"
        } >"$file.new"
        ;;
esac
mv "$file.new" "$file"
exit "$status"

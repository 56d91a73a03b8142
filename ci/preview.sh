#!/usr/bin/env bash
# What a pull request changes, stack by stack, as Markdown for its comment. For any CI: it needs a clone that has the base, and what ./dev build needs.
#   ci/preview.sh BASE FILE      such as ci/preview.sh origin/main preview.md
# Ends as the gravest `./dev diff` does, the file written before: 0 safe, 3 data is at risk, 1 failed or 2 wrong settings or use.
set -euo pipefail

[ $# = 2 ] || {
    echo "ci/preview.sh takes a base and a file, such as: ci/preview.sh origin/main preview.md" >&2
    exit 2
}
base=$1
file=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
errors=$(mktemp)
trap 'rm -f "$errors" "$file.new" "$file.one"' EXIT
worst=0

in_base() {
    git -C "$root" cat-file -e "$base:$1" 2>/dev/null
}

# preview <stack>
preview() {
    local status=0
    "$root/dev" diff "$base" --stack "$1" --markdown >"$file.one" 2>"$errors" || status=$?
    cat "$errors" >&2
    case $status in
        0 | 3)
            cat "$file.one"
            [ "$worst" != 0 ] || worst=$status
            ;;
        *)
            # What it had written by then is not whole. Indented, so that no line of it ends the block.
            printf 'There is no preview: dev diff ended with exit code %s.\n\n' "$status"
            sed 's/^/    /' "$errors"
            worst=$status
            ;;
    esac
}

all() {
    local settings
    for settings in "$root"/Pulumi.*.yaml; do
        settings=${settings##*/}
        printf '## %s\n\n' "$settings"
        if in_base "$settings"; then
            settings=${settings#Pulumi.}
            preview "${settings%.yaml}"
        else
            printf 'A new stack: it changes nothing that is there.\n'
        fi
        printf '\n'
    done
    while read -r settings; do
        [[ $settings != Pulumi.*.yaml || -e $root/$settings ]] || printf '## %s\n\nThe stack loses its settings; what it has deployed stays until it is destroyed.\n\n' "$settings"
    done < <(git -C "$root" ls-tree --name-only "$base" 2>/dev/null)
}

all >"$file.new"
mv "$file.new" "$file"
exit "$worst"

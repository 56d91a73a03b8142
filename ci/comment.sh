#!/usr/bin/env bash
# Posts what preview.yml wrote for a pull request, or puts it in the place of what was posted before. Run by comment.yml with the right to comment, so that
# nothing of the pull request runs here, and its text is data: whoever opened it could have written it.
#   GH_TOKEN REPOSITORY (owner/name) RUN_ID (of preview.yml) HEAD_SHA, HEAD_REPOSITORY, HEAD_BRANCH (of that run)   ci/comment.sh
set -euo pipefail
: "${GH_TOKEN:?}" "${REPOSITORY:?}" "${RUN_ID:?}" "${HEAD_SHA:?}" "${HEAD_REPOSITORY:?}" "${HEAD_BRANCH:?}"

marker='<!-- preview -->'
name=preview
most_packed=1000000
# A comment holds 65536 characters.
most_text=60000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

[[ $RUN_ID =~ ^[0-9]+$ && $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || {
    echo "comment  RUN_ID is a number and HEAD_SHA a commit" >&2
    exit 2
}

artifact=$(gh api "repos/$REPOSITORY/actions/runs/$RUN_ID/artifacts" --jq ".artifacts[] | select(.name == \"$name\" and .size_in_bytes <= $most_packed) | .id" | sed -n 1p)
if [ -z "$artifact" ]; then
    echo "comment  the run has no artifact $name of at most $most_packed bytes; nothing to post"
    exit 0
fi
# From the API, never from what the run wrote: the open pull request that has this commit as its head now, on the branch that the run was for. Anyone may push
# somebody else's commit to a fork of their own. The names reach the query by the environment, whatever they hold.
number=$(gh api --paginate "repos/$REPOSITORY/pulls?state=open&per_page=100" \
    --jq '.[] | select(.head.sha == env.HEAD_SHA and .head.repo.full_name == env.HEAD_REPOSITORY and .head.ref == env.HEAD_BRANCH) | .number' | sed -n 1p)
if [ -z "$number" ]; then
    echo "comment  no open pull request has $HEAD_SHA as its head; a later push has its own run"
    exit 0
fi

gh api "repos/$REPOSITORY/actions/artifacts/$artifact/zip" >"$folder/preview.zip"
# One entry, by its name, and no more of it than is shown: nothing is unpacked to a path that the archive chooses, or to a size that it chooses.
{ unzip -p "$folder/preview.zip" preview.md || true; } | head -c "$most_text" >"$folder/raw"
# Letters of UTF-8, line ends and tabs; what is hidden or turns text around goes.
iconv -f UTF-8 -t UTF-8 -c "$folder/raw" 2>/dev/null | LC_ALL=C tr -d '\000-\010\013-\037\177' |
    LC_ALL=C sed -E -e 's/\xe2\x80[\x8b-\x8f\xaa-\xae]//g' -e 's/\xe2\x81[\xa6-\xa9]//g' -e 's/`{100,}/(backticks)/g' >"$folder/text" || true
# A fence that is longer than any in the text: as code it links to nothing, loads nothing, mentions nobody.
fence=$(printf '`%.0s' $(seq 1 $(($(grep -o '`*' "$folder/text" | awk '{ if (length > most) most = length } END { print most + 0 }') + 3))))
{
    printf '%s\nWhat this pull request changes, as its own code says at %s:\n\n%smarkdown\n' "$marker" "${HEAD_SHA:0:12}" "$fence"
    cat "$folder/text"
    printf '\n%s\n' "$fence"
    [ "$(wc -c <"$folder/raw")" -lt "$most_text" ] || printf '\nThe rest is cut; the artifact of the run has it.\n'
} >"$folder/body.md"

before=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments?per_page=100" \
    --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\"))) | .id" | sed -n 1p)
if [ -n "$before" ]; then
    gh api --method PATCH "repos/$REPOSITORY/issues/comments/$before" -F "body=@$folder/body.md" --silent
else
    gh api --method POST "repos/$REPOSITORY/issues/$number/comments" -F "body=@$folder/body.md" --silent
fi
echo "comment  posted to $number"

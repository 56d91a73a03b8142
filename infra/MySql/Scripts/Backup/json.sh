# shellcheck shell=bash
# Sourced by api.sh: JSON, as far as an API server's words need it. The server's image has no program that reads any.

# json_fields: of the document on standard input every plain value but null, a line each: its path, such as metadata/name, a tab, and what stands there. A text is as it stands between
# its quotes. False where the document does not end.
json_fields() {
    local token depth=0 seen=no
    local -a kinds=("") names=("") bases=("")
    while IFS= read -r token; do
        seen=yes
        case $token in
            '{' | '[')
                bases[depth + 1]=""
                ((depth == 0)) || bases[depth + 1]=${bases[depth]}${names[depth]}/
                depth=$((depth + 1))
                kinds[depth]=$token
                names[depth]=""
                [[ $token == '{' ]] || names[depth]=0
                ;;
            '}' | ']') depth=$((depth - 1)) ;;
            ',') if [[ ${kinds[depth]} == '[' ]]; then names[depth]=$((names[depth] + 1)); else names[depth]=""; fi ;;
            ':' | null) ;;
            *)
                token=${token#\"}
                token=${token%\"}
                if [[ ${kinds[depth]} == '{' && -z ${names[depth]} ]]; then
                    names[depth]=$token
                else
                    printf '%s%s\t%s\n' "${bases[depth]}" "${names[depth]}" "$token"
                fi
                ;;
        esac
        ((depth >= 0)) || return 1
    done < <(LC_ALL=C grep -aoE '"([^"\\]|\\.)*"|[][{}:,]|[^][{}:,"[:space:]]+')
    [[ $seen == yes ]] && ((depth == 0))
}

# json_text <what stands between quotes>: prints what it means.
json_text() {
    # What printf does not know of it; a quote stands behind a backslash there always.
    printf '%b' "${1//\\\"/\"}"
}

# json_string <text>: prints it as JSON has it.
json_string() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    printf '"%s"' "${text//[[:cntrl:]]/}"
}

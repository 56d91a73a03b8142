#!/usr/bin/env bash
# Stands for the mysql client: writes down who asks which server what, and answers by the file "answers" beside it. A line of it has, with the
# character 31 between them, the login (a pattern for user:password@host), a part of the statements, and the answer; the first that fits counts. An
# answer that begins with ERROR is one; a line that begins with ONCE counts once. A server for which there is no line is away, but one behind a socket
# accepts all and says nothing, but what sets of transactions are together. A session that is to last lasts until the client is ended, or until the file mysql.lets-go is beside it.
set -euo pipefail
here=${0%/*}
declare -A login=()
options=""
there=no
for option in "$@"; do
    case $option in
        --defaults-file=*)
            while IFS='=' read -r key value; do
                login[$key]=$value
            done <"${option#*=}"
            ;;
        --socket=*) there=yes ;;
        *) options+=" $option" ;;
    esac
done
statements=$(cat)
printf 'mysql %s@%s%s\n  %s\n' "${login[user]}" "${login[host]}" "$options" "${statements//$'\n'/$'\n  '}" >>"$here/calls"

mapfile -t answers <"$here/answers"
for i in "${!answers[@]}"; do
    IFS=$'\x1f' read -r who asked answer <<<"${answers[i]}"
    # shellcheck disable=SC2053 # it is a pattern
    [[ "${login[user]}:${login[password]}@${login[host]}" == ${who#ONCE } && $statements == *"$asked"* ]] || continue
    if [[ $who == ONCE* ]]; then
        unset "answers[i]"
        printf '%s\n' "${answers[@]}" >"$here/answers"
    fi
    [[ $answer != ERROR* ]] || { printf '%b\n' "$answer" >&2; exit 1; }
    [[ -z $answer ]] || printf '%b\n' "$answer"
    [[ $statements != *"DO SLEEP(1);"* ]] || while [[ -d $here && ! -e $here/mysql.lets-go ]]; do /bin/sleep 0.02; done
    exit 0
done
[[ $there == no || $statements != "SELECT REPLACE("*GTID_SUB*", CHAR(10), '');" ]] || { statements=${statements#"SELECT REPLACE("}; exec "$here/gtids" "${statements%", CHAR(10), '');"}"; }
[[ $there == yes ]] || { echo "ERROR 2003 (HY000): Can't connect to MySQL server on '${login[host]}:${login[port]}' (111)" >&2; exit 1; }

#!/usr/bin/env bash
# Stands for what a server makes of sets of transactions: GTID_SUBTRACT and GTID_SUBSET of small ones without tags, alone, within each other, or in a CONCAT.
set -euo pipefail

# members <set>: each for itself, in order.
members() {
    local one part number
    for one in ${1//,/ }; do
        for part in $(tr : ' ' <<<"${one#*:}"); do
            for ((number = ${part%-*}; number <= ${part#*-}; number++)); do
                printf '%s %06d\n' "${one%%:*}" "$number"
            done
        done
    done | LC_ALL=C sort -u
}

# subtract <set> <set>
subtract() {
    local owner number before="" last=0 result=""
    while read -r owner number; do
        number=$((10#$number))
        if [[ $owner != "$before" ]]; then
            result+=${result:+,}$owner:$number
        elif ((number > last + 1)); then
            result+=:$number
        elif [[ $result == *-"$last" ]]; then
            result=${result%-*}-$number
        else
            result+=-$number
        fi
        before=$owner
        last=$number
    done < <(LC_ALL=C comm -23 <(members "$1") <(members "$2"))
    printf '%s' "$result"
}

expression=$1
while [[ $expression =~ GTID_(SUBTRACT|SUBSET)\(\'([^\']*)\',\ \'([^\']*)\'\) ]]; do
    call=${BASH_REMATCH[0]}
    function=${BASH_REMATCH[1]}
    value=$(subtract "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}")
    [[ $function == SUBTRACT ]] || value=$((${#value} == 0))
    value="'$value'"
    expression=${expression/"$call"/$value}
done
expression=${expression#CONCAT(}
expression=${expression%)}
expression=${expression//"', '"/}
printf '%s\n' "${expression//"'"/}"

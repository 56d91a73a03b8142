# shellcheck shell=bash
# Sourced after lib.sh: which other pods of the cluster exist, and which should. The headless Service lists all that exist, ready or not; how many there
# should be is in a file that changes when the cluster is scaled.

# addresses_of <name...>: what the names resolve to, sorted, each once.
addresses_of() {
    local name address rest
    for name in "$@"; do
        getent ahosts "$name" || true
    done | while read -r address rest; do printf '%s\n' "$address"; done | LC_ALL=C sort -u
}

# The pod's own name is in its /etc/hosts, which cannot be out of date; where it is not, the name service has to do.
own_addresses() {
    local own
    own=$(addresses_of "$HOSTNAME" | grep -v '^127\.') || own=$(addresses_of "$(peer_host "$ORDINAL")")
    [[ -z $own ]] || printf '%s\n' "$own"
}

service_addresses() {
    addresses_of "$HEADLESS_SERVICE"
}

# other_addresses: those of all other pods that exist.
other_addresses() {
    LC_ALL=C comm -23 <(service_addresses) <(own_addresses)
}

# someone_answers <addresses>: a server listens at one of them.
someone_answers() {
    local address
    for address in $1; do
        # shellcheck disable=SC2016 # the inner shell's arguments
        ! timeout 2 "$BASH" -c 'exec 3<>"/dev/tcp/$1/$2"' - "$address" "${MYSQL_PORT:-3306}" 2>/dev/null || return 0
    done
    return 1
}

# is_listed: the Service lists this pod, which shows that the name service works, and that nobody else being listed means something.
is_listed() {
    [[ -n $(LC_ALL=C comm -12 <(service_addresses) <(own_addresses)) ]]
}

wait_for_own_record() {
    local began=$SECONDS limit=${GUARD_TIMEOUT_SECONDS:-60}
    until is_listed; do
        ((SECONDS - began < limit)) ||
            fail "this volume is empty, and after $limit s the name $HEADLESS_SERVICE does not list this pod, so it cannot be seen whether other pods hold data. Nothing was initialised. Check the cluster's DNS and the headless Service $HEADLESS_SERVICE (it must publish addresses that are not ready)."
        log_wait "waiting for the name $HEADLESS_SERVICE to list this pod"
        sleep 0.5
    done
}

# expected_members: prints how many there should be. False where that cannot be read.
expected_members() {
    local members
    [[ -r $MEMBERS_FILE ]] && members=$(<"$MEMBERS_FILE") && [[ $members =~ ^[1-9][0-9]*$ ]] && printf '%s' "$members"
}

# other_ordinals: the ordinals of all other pods that exist, in order. Beyond the members that there should be it looks for those that are to go, until every
# listed address has a name. False if an address is left for which none was found.
other_ordinals() {
    local listed i addresses members
    members=$(expected_members) || members=0
    listed=$(other_addresses)
    for ((i = 0; i < members + 100; i++)); do
        [[ -n $listed ]] || return 0
        [[ $i -ne $ORDINAL ]] || continue
        addresses=$(addresses_of "$(peer_host "$i")")
        [[ -n $addresses ]] || continue
        printf '%s\n' "$i"
        listed=$(LC_ALL=C comm -23 <(printf '%s\n' "$listed") <(printf '%s\n' "$addresses"))
    done
    [[ -z $listed ]]
}

# name_of <address>: the pod's own name where one of the first has that address, for people to read.
name_of() {
    local i
    for i in {1..9}; do
        if addresses_of "$(peer_host "$i")" | grep -Fqx "$1"; then
            printf '%s (%s)' "$(peer_host "$i")" "$1"
            return
        fi
    done
    printf 'the pod at %s' "$1"
}

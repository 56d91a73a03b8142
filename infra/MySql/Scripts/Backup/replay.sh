# shellcheck shell=bash
# Sourced by restore.sh: what the archive has is applied to restored data, up to a point. The logs are those that a server received; another one applies them as its
# own relay logs.
#
# The point is a time, which is the primary's: every transaction that was committed then or before. Or a transaction, which is the last one. Or latest, all there is.
GTID_PATTERN='^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[a-z_][a-z0-9_]{0,31})?:[0-9]+$'
TIME_PATTERN='^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.([0-9]{1,6}))?Z$'
REPLAYED=$STAGING/relay
# The stack's options may keep some of what was written from replicas.
NO_FILTERS='CHANGE REPLICATION FILTER REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (), REPLICATE_IGNORE_TABLE = (), REPLICATE_WILD_DO_TABLE = (), REPLICATE_WILD_IGNORE_TABLE = (), REPLICATE_REWRITE_DB = ();'
POINT=""
# Of what lost primaries took along, what the backup does not have though it was made later, and what is left out.
GONE=""
LEFT_OUT=""

# read_point: POINT becomes latest, a transaction, or a time with all six digits of its microseconds, so that times compare as texts.
read_point() {
    POINT=$RESTORE_UNTIL
    if [[ $POINT =~ $TIME_PATTERN ]]; then
        printf -v POINT '%s.%-6sZ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}"
        POINT=${POINT// /0}
    elif [[ ${POINT,,} =~ $GTID_PATTERN ]]; then
        POINT=${POINT,,}
    elif [[ $POINT != latest ]]; then
        end "$REFUSED" "REFUSED: '$POINT' is neither a time such as 2026-11-27T14:03:07Z, nor a transaction such as 3e11fa47-71ca-11e1-9e33-c80aa9429562:23, nor latest. Nothing was changed"
    fi
}

is_time() {
    [[ $POINT == *Z ]]
}

is_transaction() {
    [[ -n $POINT ]] && ! is_time && [[ $POINT != latest ]]
}

# begins_after_point <id>: that backup, which MANIFEST tells of, has more than was asked for, as far as it says.
begins_after_point() {
    if is_time; then
        [[ ${POINT//[-:]/} < "$1" ]]
    else
        is_transaction && in_set "$POINT" "${MANIFEST[executed]}"
    fi
}

# in_set <transaction> <set>
in_set() {
    local member part tag owner=${1,,} number=${1##*:}
    owner=${owner%:*}
    for member in ${2//,/ }; do
        tag=""
        for part in $(tr : ' ' <<<"${member#*:}"); do
            if [[ ! $part =~ ^[0-9]+(-[0-9]+)?$ ]]; then
                tag=:$part
            elif [[ ${member%%:*}$tag == "$owner" ]] && ((number >= ${part%-*} && number <= ${part#*-})); then
                return 0
            fi
        done
    done
    return 1
}

no_archive() {
    end "$REFUSED" "REFUSED: $1. Nothing was changed"
}

# Of each log that may be needed, the oldest first: its name, and of its info before, after, lost and last.
NAMES=()
BEFORE=()
AFTERS=()
LOSTS=()
LASTS=()
DIGESTS=()
SIZES=()
# fetch_infos: those of the logs that a restore of this backup may need.
fetch_infos() {
    local names name first="" limit
    names=$(store_list "logs/${MANIFEST[identity]}") && read_through "${MANIFEST[identity]}" "$names" || return 1
    names=$(logs_among "$names")
    [[ -n $names ]] || no_archive "$STORE has no archive of what was written after the backup $ID"
    limit=$(useful_since "$ID") || return 1
    for name in $names; do
        [[ -z $first || ${name#*-} < $limit ]] || break
        first=$name
    done
    sed -n "/^$first\$/,\$p" <<<"$names" | sed 's/$/.info/' >"$WORK/infos"
    store_fetch_these "logs/${MANIFEST[identity]}" "$STAGING/infos" "$WORK/infos" || return 1
    while IFS= read -r name; do
        read_info "$STAGING/infos/$name" || end "$NOT_GOOD" "the archive is damaged: the info of the log ${name%.info} is not what was written. Nothing was changed"
        NAMES+=("${name%.info}")
        BEFORE+=("${LOG[before]}")
        AFTERS+=("${LOG[after]}")
        LOSTS+=("${LOG[lost]}")
        LASTS+=("${LOG[last]}")
        DIGESTS+=("${LOG[packed]}")
        SIZES+=("${LOG[size]}")
    done <"$WORK/infos"
}

# choose_logs: FIRST and LAST become the logs that are needed, as far as can be told without a look into them.
choose_logs() {
    local i
    FIRST=${#NAMES[@]}
    LAST=""
    for ((i = ${#NAMES[@]} - 1; i >= 0; i--)); do
        is_subset "${AFTERS[i]}" "$EXECUTED,$GONE" && break
        FIRST=$i
    done
    for ((i = 0; i < ${#NAMES[@]} && ${#LAST} == 0; i++)); do
        if is_time; then
            [[ ! ${LASTS[i]} > "$POINT" ]] || LAST=$i
        elif is_transaction; then
            ! in_set "$POINT" "${AFTERS[i]}" || LAST=$i
        fi
    done
    if [[ -z $LAST ]]; then
        LAST=$((${#NAMES[@]} - 1))
        reaches_point
    fi
    # Of a log that the backup has whole is asked whether it goes beyond the point.
    ((FIRST <= LAST)) || ! is_time || [[ ! ${LASTS[LAST]} > "$POINT" ]] || FIRST=$LAST
}

# reaches_point: no log goes beyond the point. The archive has to have been complete then.
reaches_point() {
    if is_time; then
        [[ -n $THROUGH && ! $POINT > "$THROUGH" ]] || no_archive "the archive has everything up to ${THROUGH:-no time}, and not up to $POINT. Way out: an earlier time, or latest, for all that it has"
        # The backup's own data may be later than the point, too.
        is_subset "$EXECUTED" "$THROUGH_EXECUTED,$GONE" || refuse_later_backup
    elif is_transaction; then
        no_archive "the archive does not have the transaction $POINT"
    fi
}

# require_no_gap: nothing that a log begins after is missing: the backup or an earlier log has it.
require_no_gap() {
    local i have=$EXECUTED,$GONE missing
    for ((i = FIRST; i <= LAST; i++)); do
        missing=$(gtids "CONCAT(GTID_SUBTRACT('${BEFORE[i]}', '$have'), '|', GTID_SUBTRACT('$have,${AFTERS[i]}', ''))") || return 1
        have=${missing#*|}
        missing=${missing%%|*}
        [[ -z $missing ]] || no_archive "the archive has a gap: the transactions $missing are neither in the backup $ID nor in a log before ${NAMES[i]}. Way out: a later backup, or a point before the gap"
    done
}

# fetch_logs <first> <last>: they come, each as the relay log of its number.
fetch_logs() {
    local i room=0 file code=0
    for ((i = $1; i <= $2; i++)); do room=$((room + SIZES[i])); done
    # Packed, they lie there, too.
    ((room * 2 < $(free_bytes))) || end "$REFUSED" "REFUSED: the logs take $(megabytes "$room") MB, and the volume has $(megabytes "$(free_bytes)") MB: a larger storage is needed. Nothing was changed"
    printf '%s.zst\n' "${NAMES[@]:$1:$(($2 - $1 + 1))}" >"$WORK/logs"
    store_fetch_these "logs/${MANIFEST[identity]}" "$STAGING/logs" "$WORK/logs" || code=$?
    case $code in
        0) ;;
        "$CAME_DAMAGED") end "$NOT_GOOD" "the archive is damaged: the store has other bytes than it was given; the reason stands above. Nothing was changed. Way out: a point before that, or a later backup" ;;
        *) end "$NO_STORE" "the logs could not be fetched; the reason stands above. Nothing was changed" ;;
    esac
    mkdir -p "$REPLAYED" || return 1
    for ((i = $1; i <= $2; i++)); do
        file=$STAGING/logs/${NAMES[i]}.zst
        [[ $(digest <"$file") == "${DIGESTS[i]}" ]] || damaged_log "$i"
        zstd --quiet --decompress <"$file" >"$(relay_log "$i")" || end "$NO_STORE" "the log ${NAMES[i]} cannot be written; the volume has $(megabytes "$(free_bytes)") MB left. Nothing was changed"
        [[ $(size_of "$(relay_log "$i")") == "${SIZES[i]}" ]] || damaged_log "$i"
        rm "$file"
        printf '%s\n' "$(relay_log "$i")" >>"$REPLAYED/replay.index"
    done
}

damaged_log() {
    end "$NOT_GOOD" "the archive is damaged: the log ${NAMES[$1]} is not what its info says. Nothing was changed. Way out: a point before it, or a later backup"
}

# relay_name <log>: what the replaying server calls it.
relay_name() {
    printf 'replay.%06d' "$(($1 + 1))"
}

# relay_log <log>: its file.
relay_log() {
    printf '%s/%s' "$REPLAYED" "$(relay_name "$1")"
}

# begin_as_another: what is replayed may give root another password.
begin_as_another() {
    local user
    user=replay-$(head -c 8 /proc/sys/kernel/random/uuid)
    # With a letter of each kind, as a policy that is among the data may ask for.
    PASSWORD["$user"]=Aa1_$(tr -d - </proc/sys/kernel/random/uuid)
    scratch_client <<<"SET SESSION sql_log_bin = 0; CREATE USER '$user'@'localhost' IDENTIFIED BY '${PASSWORD[$user]}'; GRANT ALL PRIVILEGES ON *.* TO '$user'@'localhost' WITH GRANT OPTION;" &&
        SCRATCH_USER=$user
}

# end_as_root: root's password is the Secret's again.
end_as_root() {
    local user=$SCRATCH_USER
    { printf 'SET SESSION sql_log_bin = 0;\n'; root_statements "${PASSWORD[root]}"; } | scratch_client && SCRATCH_USER=root &&
        scratch_client <<<"SET SESSION sql_log_bin = 0; DROP USER '$user'@'localhost';"
}

# start_replaying: a server on the data, whose relay logs are those of the archive. An applier passes over what carries its own server's id.
start_replaying() {
    stop_scratch_server && start_scratch_server "$RESTORED" --super-read-only=0 --read-only=0 --skip-log-bin --relay-log="$REPLAYED/replay" --relay-log-index="$REPLAYED/replay.index" \
        --relay-log-recovery=OFF --server-id="$((SERVER_ID_BASE - 1))" --replica-preserve-commit-order=ON "${OWN_WAY[@]}" || return 1
    scratch_client <<<"$(change_source "SOURCE_HOST='archive', RELAY_LOG_FILE='$(relay_name "$FIRST")', RELAY_LOG_POS=4") $NO_FILTERS"
}

# micros <time>: since 1970.
micros() {
    local seconds
    seconds=$(date -u -d "${1%.*}Z" +%s) || return 1
    printf '%s%s' "$seconds" "${1:20:6}"
}

# committed <relay log> <position>: prints when the transaction was committed whose event Gtid is there, in microseconds since 1970; of one with a tag, whose event is
# another one, in whole seconds, by the header. Gtid_event in libs/mysql/binlog/event/control_events.h of MySQL's source tells the layout.
committed() {
    local bytes value=0 first=0 i
    if [[ $(od -An -j $(($2 + 4)) -N 1 -tu1 "$1") -ne 33 ]]; then
        printf '%d000000' "$(od -An -j "$2" -N 4 -tu4 "$1")"
        return
    fi
    # Behind header, flags, server, number, type and two logical times. The highest bit of the seven bytes says that seven more follow: when it was committed first.
    read -r -a bytes < <(od -An -v -w14 -j $(($2 + 19 + 1 + 16 + 8 + 1 + 16)) -N 14 -tu1 "$1")
    ((bytes[6] < 128)) || first=7
    for ((i = first + 6; i >= first; i--)); do
        value=$((value * 256 + bytes[i]))
    done
    printf '%d' "$value"
}

# transactions_of <log>: prints them in the order of their commits, a line each: the position, and which one it is.
transactions_of() {
    local events
    events=$(relay_events "$(relay_name "$1")") || return 1
    sed -n "s/^[^\t]*\t\([0-9]*\)\tGtid.*GTID_NEXT= *'\([^']*\)'.*/\1 \2/p" <<<"$events"
}

# first_beyond <log>: STOP becomes the first transaction in it that was committed after the point, or nothing.
first_beyond() {
    local events low=0 high middle limit
    STOP=""
    events=$(transactions_of "$1") && limit=$(micros "$POINT") || return 1
    mapfile -t events <<<"$events"
    [[ -n ${events[0]} ]] || events=()
    high=${#events[@]}
    while ((low < high)); do
        middle=$(((low + high) / 2))
        if (($(committed "$(relay_log "$1")" "${events[middle]% *}") > limit)); then high=$middle; else low=$((middle + 1)); fi
    done
    ((low == ${#events[@]})) || STOP=${events[low]#* }
}

# find_stop: STOP becomes the first transaction after the point, if there is one. The log that may have it may have none after all.
find_stop() {
    while true; do
        first_beyond "$LAST" || return 1
        [[ -z $STOP ]] || break
        if ((LAST + 1 == ${#NAMES[@]})); then
            reaches_point
            return 0
        fi
        LAST=$((LAST + 1))
        require_no_gap && fetch_logs "$LAST" "$LAST" && start_replaying || return 1
    done
    ! in_set "$STOP" "$EXECUTED" || refuse_later_backup
}

refuse_later_backup() {
    no_archive "the backup $ID has what was written after $POINT, too. Way out: an earlier backup"
}

# lost_before <transactions>: prints what was lost before the last of these was written: of each loss the server that came after has written some of them.
lost_before() {
    local pair all=""
    for pair in ${THROUGH_LOST//;/ }; do
        [[ ,$1 != *,"${pair%%=*}":* ]] || all+=${all:+,}${pair#*=}
    done
    printf '%s' "$all"
}

# left_out: prints what was lost by the point, without what the backup has all the same.
left_out() {
    local wanted=$EXECUTED,${AFTERS[LAST]} events
    if [[ -n $STOP ]] || is_transaction; then
        # Of the last log only what comes before the stop, or up to the transaction.
        events=$(transactions_of "$LAST") || return 1
        wanted=$EXECUTED,${BEFORE[LAST]},$(sed "/ ${STOP:-none}\$/,\$d; / $POINT\$/q" <<<"$events" | sed 's/.* //' | paste -s -d ,)
    fi
    gtids "GTID_SUBTRACT('$(lost_before "$wanted")', '$EXECUTED')"
}

# apply <how far>: until the applier has stopped there, or has all that the logs have.
apply() {
    scratch_client <<<"START REPLICA SQL_THREAD $1;" || return 1
    while true; do
        read_scratch_status || return 1
        [[ ${FIELD[Last_SQL_Errno]} == 0 ]] ||
            end "$NOT_GOOD" "what the archive has cannot be applied to the backup $ID: error ${FIELD[Last_SQL_Errno]}: ${FIELD[Last_SQL_Error]:-}. Nothing was changed. Way out: a point before that"
        if [[ -n $1 ]]; then
            [[ ${FIELD[Replica_SQL_Running]} != No ]] || break
        else
            ! is_subset "${AFTERS[LAST]}" "${FIELD[Executed_Gtid_Set]}" || break
            [[ ${FIELD[Replica_SQL_Running]} != No ]] || { log "the applier stopped before it had applied all logs"; return 1; }
        fi
        log_wait "replaying what was written after the backup"
        sleep 0.5
    done
    scratch_client <<<"$STOP_REPLICA"
}

# replay: the data have, when it ends, everything up to the point. A server on the backup's data runs, and runs then.
replay() {
    local until="" executed began=$SECONDS
    EXECUTED=$(told_executed) || return 1
    ! is_transaction || ! in_set "$POINT" "$EXECUTED" || refuse_later_backup
    fetch_infos || end "$NO_STORE" "the archive could not be read; the reason stands above. Nothing was changed"
    [[ -n $THROUGH ]] || THROUGH_LOST=${LOSTS[-1]}
    GONE=$(lost_before "$EXECUTED")
    STOP=""
    LEFT_OUT=""
    choose_logs && require_no_gap || return 1
    if ((FIRST <= LAST)); then
        fetch_logs "$FIRST" "$LAST" && start_replaying || return 1
        if is_time && [[ ${LASTS[LAST]} > "$POINT" ]]; then
            find_stop || return 1
        fi
        LEFT_OUT=$(left_out) || return 1
        if [[ -n $LEFT_OUT ]]; then
            log "left out is what the cluster lost with its primary: $LEFT_OUT"
            scratch_client <<<"SET GLOBAL gtid_purged = '+$LEFT_OUT';" || return 1
        fi
        if [[ -n $STOP ]]; then
            until="UNTIL SQL_BEFORE_GTIDS = '$STOP'"
        elif is_transaction; then
            until="UNTIL SQL_AFTER_GTIDS = '$POINT'"
        fi
        begin_as_another && apply "$until" && end_as_root || return 1
    fi
    executed=$(told_executed) && require_point "$executed" && scratch_client <<<"$FORGET_SOURCE" || return 1
    log "replayed $((LAST - FIRST + 1)) logs up to $POINT in $((SECONDS - began)) s: transactions $executed${STOP:+; the first one that was left out is $STOP}"
}

# require_point <executed>: what the data have by now is what was asked for.
require_point() {
    local missing=""
    if [[ -n $STOP ]]; then
        ! in_set "$STOP" "$1" || missing="more than that: $STOP"
    elif ! is_transaction; then
        missing=$(gtids "GTID_SUBTRACT('$THROUGH_EXECUTED', '$1')") || return 1
    else
        in_set "$POINT" "$1" && ! in_set "$POINT" "$LEFT_OUT" || missing=$POINT
    fi
    [[ -z $missing ]] || end "$NOT_GOOD" "the archive does not bring the data to $POINT: $missing. Nothing was changed"
}

# shellcheck shell=bash
# Sourced after store.sh: what a backup consists of, and how it is told that one is whole.
#
#     begun             whose data it is to be, before anything else is there
#     data/<path>.zst   each file of a data directory, for itself
#     files             what belongs to data/: the size of each file as it was, digest and size of it packed, and its path
#     tables            the checksum of every table, as a server on the copy told it
#     manifest          what it is, and the digests of both lists; written last, and without it there is no backup
#     verified          written when it was fetched back and a server had started on it and told the same
#     damaged           written when it turned out not to be what its manifest says
FORMAT=1
WORK=$(mktemp -d)

declare -A MANIFEST=()
# Of the last: the tables that came without their rows.
KEYS=(format id system server uuid donor identity executed tables bytes packed files checksums emptied)
# In begun, until a server has told whose data they are; nothing else is there then.
UNKNOWN=unknown

# What packs or unpacks at the moment.
ZSTD=""
end_zstd() {
    [[ -n $ZSTD ]] || return 0
    kill "$ZSTD" 2>/dev/null || true
    while kill -0 "$ZSTD" 2>/dev/null; do sleep 0.1; done
    ZSTD=""
}

# start_zstd <directory> <list> <directory> <option...>: all files that a list names go from the one to the other, packed or unpacked, by one process.
start_zstd() {
    (cd "$1" && exec zstd --quiet --filelist="$2" --output-dir-mirror "$3" "${@:4}") 2>"$WORK/zstd" &
    ZSTD=$!
}

# await_zstd <what it does> <directory>: false, and said, when it did not do it. How far it is stands in the log every ten seconds.
await_zstd() {
    local code=0 began=$SECONDS told=$SECONDS
    while kill -0 "$ZSTD" 2>/dev/null; do
        sleep 0.1
        ((SECONDS - told < 10)) || { told=$SECONDS; log "$1: $(megabytes "$(du -sb "$2/" | cut -f 1)") MB, $((SECONDS - began)) s"; }
    done
    wait "$ZSTD" || code=$?
    ZSTD=""
    ((code == 0)) || log "$1 failed with exit code $code: $(tail -n 1 "$WORK/zstd")"
    return "$code"
}

# tenths: prints the time of day in tenths of a second.
tenths() {
    local now=${EPOCHREALTIME/[.,]/}
    printf '%s' "${now%?????}"
}

# since <tenths>: prints how many seconds ago that was.
since() {
    local passed=$(($(tenths) - $1))
    printf '%d.%d' "$((passed / 10))" "$((passed % 10))"
}

# sizes_of <directory>, digests_of <directory>: of the files that standard input names, a line each; one that is not there has none.
sizes_of() {
    (cd "$1" && tr '\n' '\0' | xargs -0 -r stat -L -c %s --)
}
digests_of() {
    # It puts a backslash before the digest of a file that has one in its name.
    (cd "$1" && tr '\n' '\0' | xargs -0 -r sha256sum -- | sed 's/^\\//; s/ .*//')
}

# pack <data directory> <directory that store_outgoing made>: every file, packed, and the list of them. What is packed is removed, so that there is room for one of the
# two only. What it was when unpacked, zstd's own checksum tells, which is within the packed form.
pack() {
    local data=$1 target=$2 odd i began
    local -a paths sizes packed sums
    began=$(tenths)
    BYTES=0
    PACKED=0
    odd=$(find "$data" \( ! -type f ! -type d -o -name $'*\n*' \) -printf '%P' -quit) || return 1
    [[ -z $odd ]] || { log "the copy has something that is neither a plain file nor a directory: $odd"; return 1; }
    find "$data" -mindepth 1 -type d -printf 'directory %P\n' | LC_ALL=C sort >"$target/files" && find "$data" -type f -printf '%P\n' | LC_ALL=C sort >"$WORK/plain" || return 1
    mapfile -t paths <"$WORK/plain"
    mapfile -t sizes < <(sizes_of "$data" <"$WORK/plain")
    start_zstd "$data" "$WORK/plain" "$target/data" --check --threads=0 --rm
    await_zstd packing "$target/data" && chmod -R u=rwX,go=rX "$target/data/." || return 1
    sed 's/$/.zst/' "$WORK/plain" >"$WORK/objects"
    mapfile -t packed < <(sizes_of "$target/data" <"$WORK/objects")
    mapfile -t sums < <(digests_of "$target/data" <"$WORK/objects")
    ((${#sizes[@]} == ${#paths[@]} && ${#packed[@]} == ${#paths[@]} && ${#sums[@]} == ${#paths[@]})) || { log "not all that was packed can be read"; return 1; }
    for ((i = 0; i < ${#paths[@]}; i++)); do
        printf 'file %d %s %d %s\n' "${sizes[i]}" "${sums[i]}" "${packed[i]}" "${paths[i]}"
        BYTES=$((BYTES + sizes[i]))
        PACKED=$((PACKED + packed[i]))
    done >>"$target/files" || return 1
    log "packed ${#paths[@]} files in $(since "$began") s: $(megabytes "$BYTES") MB became $(megabytes "$PACKED") MB"
}

size_of() {
    stat -c %s "$1"
}

# unpack <directory that fetch_archive made> <data directory>: 0 when each file is to the byte what the list says; 1 where it cannot be written; 2 where one is not.
unpack() {
    local source=$1 target=$2 kind rest size sum length path began code=0
    local -a PATHS=() SIZES=() SUMS=() LENGTHS=() directories=() options=(--rm)
    began=$(tenths)
    while IFS=' ' read -r kind rest; do
        path=$rest
        if [[ $kind == file ]]; then
            IFS=' ' read -r size sum length path <<<"$rest"
            PATHS+=("$path")
            SIZES+=("$size")
            SUMS+=("$sum")
            LENGTHS+=("$length")
        elif [[ $kind == directory ]]; then
            directories+=("$path")
        else
            log "the list of files has a line that begins with '${kind:0:20}'"
            return 2
        fi
        [[ -n $path && $path != /* && /$path/ != */../* ]] || { log "the list of files has a path that is none: '${path:0:100}'"; return 2; }
    done <"$source/files"
    printf '%s\n' "${PATHS[@]}" >"$WORK/plain" && sed 's/$/.zst/' "$WORK/plain" >"$WORK/objects" &&
        mkdir -m 0750 "$target" && (umask 027 && cd "$target" && printf '%s\0' "${directories[@]}" | xargs -0 -r mkdir -p --) || return 1
    for path in "${PATHS[@]}"; do
        [[ -f $source/data/$path.zst ]] || { log "$path is missing"; return 2; }
    done
    # What lies in the store itself stays there, and is compared while it is unpacked: nobody uses what comes of it before both are done.
    if is_lent "$source"; then options=(); else compare_objects "$source/data" || return 2; fi
    start_zstd "$source/data" "$WORK/objects" "$target" --decompress "${options[@]}"
    ! is_lent "$source" || compare_objects "$source/data" || { end_zstd; return 2; }
    await_zstd unpacking "$target" || code=$?
    if ((code != 0)); then
        while IFS= read -r path; do
            [[ ! -f $source/data/$path.zst ]] || zstd --quiet --test <"$source/data/$path.zst" || { log "$path is damaged: it was so when it was packed"; return 2; }
        done <"$WORK/plain"
        log "it cannot be unpacked; the volume has $(megabytes "$(free_bytes)") MB left"
        return 1
    fi
    find "$target" -type f -exec chmod 0640 {} + || return 1
    compare_sizes "$target" || return 2
    log "unpacked ${#PATHS[@]} files in $(since "$began") s"
}

# compare_objects <directory>: each file is to the byte what the list says, which unpack has read.
compare_objects() {
    local i
    local -a sizes sums
    mapfile -t sizes < <(sizes_of "$1" <"$WORK/objects")
    mapfile -t sums < <(digests_of "$1" <"$WORK/objects")
    ((${#sizes[@]} == ${#PATHS[@]} && ${#sums[@]} == ${#PATHS[@]})) || { log "not every file can be read"; return 1; }
    for ((i = 0; i < ${#PATHS[@]}; i++)); do
        [[ ${sizes[i]} == "${LENGTHS[i]}" && ${sums[i]} == "${SUMS[i]}" ]] || { log "${PATHS[i]} is damaged: its packed form has ${sizes[i]} bytes of ${LENGTHS[i]}, or other ones"; return 1; }
    done
}

# compare_sizes <directory>: each file is there, unpacked, as large as it was.
compare_sizes() {
    local i
    local -a sizes
    mapfile -t sizes < <(sizes_of "$1" <"$WORK/plain")
    for ((i = 0; i < ${#PATHS[@]}; i++)); do
        [[ ${sizes[i]:-} == "${SIZES[i]}" ]] || { log "${PATHS[i]} is damaged: unpacked, it is not what it was"; return 1; }
    done
}

# write_manifest <file>: what MANIFEST has.
write_manifest() {
    local key
    for key in "${KEYS[@]}"; do
        printf '%s %s\n' "$key" "${MANIFEST[$key]}"
    done >"$1" && printf 'sum %s\n' "$(digest <"$1")" >>"$1"
}

# read_manifest <file>: MANIFEST becomes what it says. False where a byte of it is not what was written.
read_manifest() {
    local key value
    MANIFEST=()
    [[ $(tail -n 1 "$1") == "sum $(head -n -1 "$1" | digest)" ]] || return 1
    while IFS=' ' read -r key value; do
        MANIFEST[$key]=$value
    done <"$1"
    for key in "${KEYS[@]}"; do
        [[ -n ${MANIFEST[$key]+set} ]] || return 1
    done
    [[ ${MANIFEST[format]} == "$FORMAT" ]]
}

# began_at <id>: prints when that was, in seconds since 1970.
began_at() {
    date -u -d "${1:0:4}-${1:4:2}-${1:6:2} ${1:9:2}:${1:11:2}:${1:13:2}" +%s
}

# note_in_store <folder> <name> <text>
note_in_store() {
    printf '%s\n' "$3" >"$WORK/$2" && store_put "$WORK/$2" "$1/$2"
}

# look_at <id>: STATE becomes good, unproved, damaged or partial, and MANIFEST what it is where that can be read. False where the store does not say.
look_at() {
    local names
    STATE=partial
    MANIFEST=()
    names=$(store_list "$1") || return 1
    if grep -qx manifest <<<"$names"; then
        store_get "$1/manifest" "$WORK/manifest" || return 1
        if ! read_manifest "$WORK/manifest" || [[ ${MANIFEST[id]} != "$1" ]] || grep -qx damaged <<<"$names"; then
            STATE=damaged
        elif grep -qx verified <<<"$names"; then
            store_get "$1/verified" "$WORK/verified" || return 1
            STATE=unproved
            [[ $(<"$WORK/verified") != "manifest $(digest <"$WORK/manifest")" ]] || STATE=good
        else
            STATE=unproved
        fi
    elif grep -qx begun <<<"$names"; then
        store_get "$1/begun" "$WORK/begun" || return 1
        MANIFEST[identity]=$(<"$WORK/begun")
    fi
}

# survey: what there is of the system: IDS, a line each, the oldest first, and of each its STATES and OWNERS, whose data it is. False where the store does not say.
declare -A STATES=() OWNERS=()
survey() {
    local id
    IDS=$(backup_ids) || return 1
    for id in $IDS; do
        look_at "$id" || return 1
        STATES[$id]=$STATE
        OWNERS[$id]=${MANIFEST[identity]:-}
    done
}

# newest_good: prints its id, or nothing. False where the store does not say.
newest_good() {
    local ids i
    ids=$(backup_ids) || return 1
    mapfile -t ids < <(printf '%s' "$ids")
    for ((i = ${#ids[@]} - 1; i >= 0; i--)); do
        look_at "${ids[i]}" || return 1
        [[ $STATE != good ]] || { printf '%s' "${ids[i]}"; return 0; }
    done
}

# fetch_archive <id> <directory>: 0 when what came is what the manifest in MANIFEST says, as far as the lists go; 1 where the store failed; 2 where it is not.
fetch_archive() {
    store_fetch "$1" "$2" || return $?
    [[ -f $2/files && $(digest <"$2/files") == "${MANIFEST[files]}" && -f $2/tables && $(digest <"$2/tables") == "${MANIFEST[checksums]}" ]] ||
        { log "the backup $1 is damaged: its lists of files and tables are not those of its manifest"; return 2; }
}

# start_on_copy <data directory>: the scratch server, on data that follow nobody.
start_on_copy() {
    start_scratch_server "$1" --super-read-only=0 --read-only=0 "$DROP_RELAY_LOGS"
}

# told_executed: the transactions that the scratch server's data have.
told_executed() {
    scratch_client --batch --skip-column-names <<<"SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');"
}

USERS_TABLES="information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')"
told_tables() {
    scratch_client --batch --raw --skip-column-names <<SQL
SELECT CONCAT('CHECKSUM TABLE \`', REPLACE(TABLE_SCHEMA, '\`', '\`\`'), '\`.\`', REPLACE(TABLE_NAME, '\`', '\`\`'), '\`;') FROM $USERS_TABLES ORDER BY TABLE_SCHEMA, TABLE_NAME;
SQL
}

# told_emptied: the tables that are not InnoDB's, in one line. CLONE brings them without their rows.
told_emptied() {
    scratch_client --batch --skip-column-names <<SQL
SET SESSION group_concat_max_len = 65536;
SELECT COALESCE(GROUP_CONCAT(CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) ORDER BY TABLE_SCHEMA, TABLE_NAME SEPARATOR ', '), '') FROM $USERS_TABLES AND NOT ENGINE <=> 'InnoDB';
SQL
}

# lacking: the end of a sentence on the backup in MANIFEST; nothing where no rows are missing.
lacking() {
    [[ -z ${MANIFEST[emptied]:-} ]] || printf '. It LACKS THE ROWS of tables that are not InnoDB, which CLONE does not copy: %s' "${MANIFEST[emptied]}"
}

# table_checksums <file>: the checksum of every table of the scratch server's data; all of each is read for it.
table_checksums() {
    local statements
    statements=$(told_tables) || return 1
    : >"$1"
    [[ -z $statements ]] || scratch_client --batch --raw --skip-column-names <<<"$statements" >"$1" || return 1
    ! grep -q $'\tNULL$' "$1" || { log "a table cannot be read: $(grep -m 1 $'\tNULL$' "$1")"; return 1; }
}

# same_tables <list> <list>: they tell the same checksums; or else DIFFERENCE is the first line that one of them has and the other has not. The server's image
# has neither cmp nor diff.
same_tables() {
    [[ $(digest <"$1") != "$(digest <"$2")" ]] || return 0
    DIFFERENCE=$(LC_ALL=C comm -3 <(LC_ALL=C sort "$1") <(LC_ALL=C sort "$2") | sed -n 1p)
    DIFFERENCE=${DIFFERENCE#$'\t'}
    return 1
}

# strip <data directory>: what belongs to a server and not to its data: its uuid, its keys for TLS, and the notes of this project.
strip() {
    rm -f "$1"/{auto.cnf,data-of-pod,root-password.digest,restored-from,mysqld-auto.cnf} "$1"/*.pem
}

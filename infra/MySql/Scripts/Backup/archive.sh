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

# pack <data directory> <directory>: every file, packed, and the list of them. What is packed is removed, so that there is room for one of the two only.
pack() {
    local data=$1 target=$2 path odd all=0 began=$SECONDS told=$SECONDS
    BYTES=0
    PACKED=0
    odd=$(find "$data" \( ! -type f ! -type d -o -name $'*\n*' \) -printf '%P' -quit) || return 1
    [[ -z $odd ]] || { log "the copy has something that is neither a plain file nor a directory: $odd"; return 1; }
    mkdir -p "$target/data" && find "$data" -mindepth 1 -type d -printf 'directory %P\n' | LC_ALL=C sort >"$target/files" || return 1
    while IFS= read -r path; do
        pack_file "$data" "$target" "$path" || { log "$path cannot be packed; the volume has $(megabytes "$(free_bytes)") MB left"; return 1; }
        all=$((all + 1))
        ((SECONDS - told < 10)) || { told=$SECONDS; log "packing: $all files, $(megabytes "$BYTES") MB became $(megabytes "$PACKED") MB"; }
    done < <(find "$data" -type f -printf '%P\n' | LC_ALL=C sort)
    log "packed $all files in $((SECONDS - began)) s: $(megabytes "$BYTES") MB became $(megabytes "$PACKED") MB"
}

# pack_file <data directory> <directory> <path>: in one pass. What it was when unpacked, zstd's own checksum tells, which is within the packed form.
pack_file() {
    local plain=$1/$3 object=$2/data/$3.zst sum size packed
    [[ -d ${object%/*} ]] || mkdir -p "${object%/*}" || return 1
    size=$(size_of "$plain") && sum=$(zstd --quiet --check --threads=0 <"$plain" | tee "$object" | digest) && packed=$(size_of "$object") || return 1
    printf 'file %d %s %d %s\n' "$size" "$sum" "$packed" "$3" >>"$2/files" && rm "$plain" || return 1
    BYTES=$((BYTES + size))
    PACKED=$((PACKED + packed))
}

size_of() {
    stat -c %s "$1"
}

# unpack <directory with files and data/> <data directory>: 0 when each file is to the byte what the list says; 1 where it cannot be written; 2 where one is not.
unpack() {
    local source=$1 target=$2 kind size packed_sum packed_size path object all=0 began=$SECONDS
    mkdir -m 0750 "$target" || return 1
    while IFS=' ' read -r kind path; do
        if [[ $kind == file ]]; then
            IFS=' ' read -r size packed_sum packed_size path <<<"$path"
        elif [[ $kind != directory ]]; then
            log "the list of files has a line that begins with '${kind:0:20}'"
            return 2
        fi
        [[ -n $path && $path != /* && /$path/ != */../* ]] || { log "the list of files has a path that is none: '${path:0:100}'"; return 2; }
        if [[ $kind == directory ]]; then
            (umask 027 && mkdir -p "$target/$path") || return 1
            continue
        fi
        object=$source/data/$path.zst
        [[ -f $object ]] || { log "$path is missing"; return 2; }
        [[ $(size_of "$object") == "$packed_size" && $(digest <"$object") == "$packed_sum" ]] ||
            { log "$path is damaged: its packed form has $(size_of "$object") bytes of $packed_size, or other ones"; return 2; }
        if ! (umask 027 && zstd --quiet --decompress <"$object" >"$target/$path"); then
            zstd --quiet --test <"$object" || { log "$path is damaged: it was so when it was packed"; return 2; }
            log "$path cannot be unpacked; the volume has $(megabytes "$(free_bytes)") MB left"
            return 1
        fi
        [[ $(size_of "$target/$path") == "$size" ]] || { log "$path is damaged: unpacked, it is not what it was"; return 2; }
        rm "$object" || return 1
        all=$((all + 1))
    done <"$source/files"
    log "unpacked $all files in $((SECONDS - began)) s"
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
    store_fetch "$1" "$2" || return 1
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

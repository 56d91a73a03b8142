#!/usr/bin/env bash
# The first data of a new cluster come from a backup of another one: the volume of ordinal 0 is filled before its pod is made, and replicas get their data from
# that as ever. What comes is a new cluster, with an identity of its own: replicas of the old one do not follow it.
#
# Guarantees: data that are there are never touched; the data directory appears whole, by one rename, after every file was compared with the digest in the list,
# and a server on it has told the transactions of the manifest and the checksum of every table. A kill at any instant leaves an empty volume or a complete one. A second run finds
# its own work done.
# Exit codes: 0 done; 2 refused, nothing was changed; 3 the store failed; 4 the backup is not what it should be.

HOSTNAME=${PRIMARY_HOST%%.*}
# shellcheck source=../lib.sh
. "${BASH_SOURCE%/*}/lib.sh"
# shellcheck source=../root-password.sh
. "${BASH_SOURCE%/*}/root-password.sh"
# shellcheck source=../scratch-server.sh
. "${BASH_SOURCE%/*}/scratch-server.sh"
# shellcheck source=../events.sh
. "${BASH_SOURCE%/*}/events.sh"
# shellcheck source=../peers.sh
. "${BASH_SOURCE%/*}/peers.sh"
require_environment PRIMARY_HOST HEADLESS_SERVICE SERVER_ID_BASE RESTORE_BACKUP RESTORE_REQUEST

REFUSED=2
NO_STORE=3
NOT_GOOD=4
# Its own, whoever else may be at the volume.
STAGING=$VOLUME/staging-restore-$(</proc/sys/kernel/random/uuid)
FETCHED=$STAGING/packed
RESTORED=$STAGING/data
ROLE_CONFIG=$(role_config)
# shellcheck source=../transfer.sh
. "${BASH_SOURCE%/*}/transfer.sh"
# shellcheck source=store.sh
. "${BASH_SOURCE%/*}/store.sh"
# shellcheck source=archive.sh
. "${BASH_SOURCE%/*}/archive.sh"
# shellcheck source=logs.sh
. "${BASH_SOURCE%/*}/logs.sh"
# shellcheck source=replay.sh
. "${BASH_SOURCE%/*}/replay.sh"

# has_snapshot: what is restored is a volume that the storage has made from a snapshot.
has_snapshot() {
    [[ -n ${STORE_SNAPSHOTS:-} ]]
}

finish() {
    end_zstd
    end_scratch_server
    ! has_snapshot || end_api
    rm -rf "$WORK" "$STORE_REPORT" "$WORDS" "$STAGING"
}
trap finish EXIT
trap 'exit 143' TERM INT

# end <exit code> <sentence>
end() {
    log "$2"
    exit "$1"
}

# require_empty_volume: ends the script where there are data, with 0 where they are those that it was to bring.
require_empty_volume() {
    local state note=$VOLUME_DATA/restored-from
    state=$(data_state "$VOLUME_DATA")
    [[ $state != empty ]] || return 0
    if [[ $state == complete && -r $note && $(sed -n 's/^request //p' "$note") == "$RESTORE_REQUEST" ]]; then
        end 0 "this volume was restored before, from $(sed -n 's/^backup //p' "$note"), as is asked now; nothing is left to do"
    fi
    end "$REFUSED" "REFUSED: the volume of data-$HOSTNAME holds data ($state), and a restore is for a new system only. Nothing was changed. Way out: give the system that is to be restored another name; or take restore away, if these data are what you want"
}

# require_no_servers: an empty volume may be that of a primary who lost his own. Of a new system there is no pod yet.
require_no_servers() {
    local there
    there=$(service_addresses)
    [[ -z $there ]] ||
        end "$REFUSED" "REFUSED: the volume is empty, but pods of this system are running (${there//$'\n'/, }): its primary lost its volume, and has its data back from them. A restore would give it old ones. Nothing was changed. Way out: take restore away"
}

# newest_of_one: ID becomes the newest good backup, if all that are good are of one cluster's data.
newest_of_one() {
    local id first="" several=no list=""
    survey || end "$NO_STORE" "the store cannot be read. Nothing was changed"
    ID=""
    for id in $IDS; do
        [[ ${STATES[$id]} == good ]] || continue
        look_at "$id" || end "$NO_STORE" "the store cannot be read. Nothing was changed"
        ! begins_after_point "$id" || continue
        ID=$id
        first=${first:-${OWNERS[$id]}}
        [[ ${OWNERS[$id]} == "$first" ]] || several=yes
        list+="${list:+, }$id of ${OWNERS[$id]}"
    done
    [[ -n $ID ]] || end "$REFUSED" "REFUSED: there is no good backup of $STORE_SYSTEM in $STORE${POINT:+ from before $POINT}. Nothing was changed"
    [[ $several == no ]] || end "$REFUSED" "REFUSED: $STORE has good backups of more than one cluster called $STORE_SYSTEM, and latest does not say whose: $list. Nothing was changed. Way out: name the backup by its id"
}

# choose: ID becomes the backup that was asked for, and MANIFEST what it is.
choose() {
    ID=$RESTORE_BACKUP
    [[ $ID != latest ]] || newest_of_one
    look_at "$ID" || end "$NO_STORE" "the store cannot be read. Nothing was changed"
    case $STATE in
        partial) end "$REFUSED" "REFUSED: $ID of $STORE_SYSTEM in $STORE is no backup: it is not there, or has no manifest, as it was not made to its end. Nothing was changed" ;;
        damaged) end "$NOT_GOOD" "the backup $ID is damaged: it was found so before, or its manifest is not what was written. Nothing was changed" ;;
        unproved) log "the backup $ID was never proved by a test; every file of it is compared now, as of any" ;;
    esac
    ! begins_after_point "$ID" || refuse_later_backup
    log "restoring $ID of $STORE_SYSTEM: $(megabytes "${MANIFEST[bytes]}") MB, ${MANIFEST[tables]} tables, made by MySQL ${MANIFEST[server]}, transactions ${MANIFEST[executed]}$(lacking)${POINT:+, and what was written after it up to $POINT}"
}

bring() {
    local code=0
    ((MANIFEST[bytes] < $(free_bytes))) || end "$REFUSED" "REFUSED: the backup takes $(megabytes "${MANIFEST[bytes]}") MB, and the volume has $(megabytes "$(free_bytes)") MB: a larger storage is needed, and a new claim. Nothing was changed"
    mkdir -m 0750 "$STAGING" || return 1
    ! has_snapshot || { bring_snapshot; return 0; }
    fetch_archive "$ID" "$FETCHED" || code=$?
    ((code != 0)) || unpack "$FETCHED" "$RESTORED" || code=$?
    case $code in
        0) ;;
        1) end "$NO_STORE" "the backup $ID could not be fetched and written; the reason stands above. Nothing was changed" ;;
        *) end "$NOT_GOOD" "the backup $ID is damaged, and not restored; the reason stands above. Nothing was changed" ;;
    esac
    rm -rf "$FETCHED/data"
}

# bring_snapshot: as the server left it that was cut. What a copy by CLONE does not have either does not come along: whom the server followed, and what was its own.
bring_snapshot() {
    local state source=${SNAPSHOT_DIRECTORY:-/mnt/snapshot}/mysql
    state=$(data_state "$source")
    [[ $state == complete ]] || end "$NOT_GOOD" "the backup $ID has no data that a server could start on ($state). Nothing was changed"
    log "copying $(megabytes "${MANIFEST[bytes]}") MB from the volume that was made from the snapshot"
    if ! { (umask 027 && cp -R "$source" "$RESTORED") && find "$RESTORED" -type f -exec chmod 0640 {} + && strip "$RESTORED"; }; then
        end "$NO_STORE" "the backup $ID could not be copied; the reason stands above. Nothing was changed"
    fi
}

# same_content: the tables in WORK/tables are those of the manifest.
same_content() {
    if has_snapshot; then
        DIFFERENCE="their checksums are others"
        [[ $(digest <"$WORK/tables") == "${MANIFEST[checksums]}" ]]
    else
        same_tables "$FETCHED/tables" "$WORK/tables"
    fi
}

# make_it_new: a server on the data tells what the manifest says; then the data become those of a cluster of their own.
make_it_new() {
    local executed
    start_on_copy "$RESTORED" || end "$NOT_GOOD" "no server starts on the backup $ID, which MySQL ${MANIFEST[server]} made; the reason stands above"
    executed=$(told_executed) && table_checksums "$WORK/tables" || return 1
    [[ $executed == "${MANIFEST[executed]}" ]] || end "$NOT_GOOD" "the backup has the transactions $executed, and its manifest says ${MANIFEST[executed]}. Nothing was changed"
    same_content || end "$NOT_GOOD" "the backup's tables are not those that it was made of: $DIFFERENCE. Nothing was changed"
    [[ -z $POINT ]] || replay || return 1
    ! has_snapshot || printf 'SET SESSION sql_log_bin = 0;\n%s\n%s\n' "$STOP_REPLICA" "$FORGET_SOURCE" | scratch_client || return 1
    { printf 'SET SESSION sql_log_bin = 0;\nDROP TABLE IF EXISTS mysql.cluster_identity;\n'; identity_statements; } | scratch_client &&
        enable_events && stop_scratch_server && strip "$RESTORED" && note_root_password "$RESTORED"
}

take_into_use() {
    printf 'request %s\nbackup %s of %s in %s\n' "$RESTORE_REQUEST" "$ID" "$STORE_SYSTEM" "$STORE" >"$RESTORED/restored-from" && note_owner "$RESTORED" && flush "$VOLUME" && mv -T "$RESTORED" "$VOLUME_DATA" && flush "$VOLUME" && rm -rf "$STAGING"
}

main() {
    local began=$SECONDS
    [[ -z ${RESTORE_UNTIL:-} ]] || read_point
    load_secrets || end "$REFUSED" "cannot restore without the Secret's passwords. Nothing was changed"
    require_empty_volume
    require_no_servers
    # What a killed run left. No other one is at it: the Job makes a pod when the one before has ended.
    rm -rf "$VOLUME"/staging-*
    choose
    bring
    if ! { make_it_new && take_into_use; }; then
        end "$NOT_GOOD" "the backup $ID is not restored; the reason stands above"
    fi
    log "restored $ID${POINT:+ and what followed up to $POINT} in $((SECONDS - began)) s: the first data of $HOSTNAME"
}

main

# shellcheck shell=bash
# Sourced after lib.sh. Reads where a copy stands in the primary's binary log out of what a backup tool left behind. Nothing of those files
# is ever executed: values are taken by field and checked, and anything that is not understood is an error.
#
# Both functions print lines key=value: file and position, or gtid_slave_pos.

# valid_coordinates <file> <position>: the shape that MySQL gives them; 4 is the first position in any binary log.
valid_coordinates() {
    [[ $1 =~ ^[A-Za-z0-9._-]+\.[0-9]{6,}$ && $2 =~ ^[1-9][0-9]{0,17}$ && $2 -ge 4 ]]
}

# coordinates_of_primary <xtrabackup_binlog_info>
# Fields: file TAB position [TAB GTID set, which may wrap over further lines].
coordinates_of_primary() {
    local file="" position="" rest
    { IFS=$' \t' read -r file position rest <"$1" || [[ -n $file ]]; } 2>/dev/null || return 1
    valid_coordinates "$file" "$position" || return 1
    printf 'file=%s\nposition=%s\n' "$file" "$position"
}

# field <statement> <name pattern> <value pattern>: prints the value of the only "name = value"; quotes around it are dropped. Names come in either
# case, the value's own case counts: it is found in an upper-case copy and taken from the statement itself.
field() {
    local upper=${1^^} after value
    [[ $upper =~ $2[[:space:]]*=[[:space:]]*\'? ]] || return 1
    after=${upper#*"${BASH_REMATCH[0]}"}
    [[ ! $after =~ $2[[:space:]]*= ]] || return 1
    value=${1:$((${#1} - ${#after}))}
    [[ $value =~ ^($3)\'?[[:space:]]*([,\;]|$) ]] || return 1
    printf '%s' "${BASH_REMATCH[1]}"
}

# coordinates_of_replica <xtrabackup_slave_info>: where the donor stood in the log of the primary it follows.
# Known forms, a final ; or not:
#   CHANGE MASTER TO MASTER_LOG_FILE='f', MASTER_LOG_POS=n                     xtrabackup 2.4
#   CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='f', SOURCE_LOG_POS=n         newer
#   CHANGE MASTER ['name'] TO master_log_file='f', master_log_pos=n            mariabackup; SET GLOBAL gtid_slave_pos may stand before it
#   SET GLOBAL gtid_slave_pos = '...'; CHANGE MASTER TO master_use_gtid = slave_pos    mariabackup, of a donor that follows by GTID
# A donor with several sources does not say which is ours, and MASTER_AUTO_POSITION is another profile's business: both are errors.
coordinates_of_replica() {
    local statement file position gtid="" change="" sources=0
    while IFS= read -r -d ';' statement || [[ -n ${statement//[[:space:]]/} ]]; do
        case ${statement^^} in
            *CHANGE\ MASTER* | *CHANGE\ REPLICATION\ SOURCE*)
                change=$statement
                sources=$((sources + 1))
                ;;
            *GTID_SLAVE_POS*) gtid=$(field "$statement" GTID_SLAVE_POS '[0-9]+-[0-9]+-[0-9]+(,[0-9]+-[0-9]+-[0-9]+)*') || return 1 ;;
        esac
    done 2>/dev/null <"$1"
    [[ $sources -eq 1 ]] || return 1
    if file=$(field "$change" '(MASTER|SOURCE)_LOG_FILE' '[A-Za-z0-9._-]+'); then
        position=$(field "$change" '(MASTER|SOURCE)_LOG_POS' '[0-9]+') && valid_coordinates "$file" "$position" || return 1
        printf 'file=%s\nposition=%s\n' "$file" "$position"
    else
        [[ -n $gtid ]] && field "$change" MASTER_USE_GTID '[A-Za-z_]+' >/dev/null || return 1
        printf 'gtid_slave_pos=%s\n' "$gtid"
    fi
}

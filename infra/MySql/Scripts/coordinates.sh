# shellcheck shell=bash
# Sourced after lib.sh. Reads the primary's binary log file and position out of what a backup tool left behind. Nothing of those
# files is ever executed: values are taken by field and checked, and anything that is not understood is an error.

# valid_coordinates <file> <position>: the shape that MySQL gives them; 4 is the first position in any binary log.
valid_coordinates() {
    [[ $1 =~ ^[A-Za-z0-9._-]+\.[0-9]{6,}$ && $2 =~ ^[0-9]{1,19}$ && $2 -ge 4 ]]
}

# coordinates_of_primary <xtrabackup_binlog_info>: prints "file position". Fields: file TAB position [TAB GTID set, which may wrap over lines].
coordinates_of_primary() {
    local file="" position="" rest
    IFS=$' \t' read -r file position rest <"$1" || [[ -n $file ]] || return 1
    valid_coordinates "$file" "$position" || return 1
    printf '%s %s\n' "$file" "$position"
}

# coordinates_of_replica <xtrabackup_slave_info>: prints "file position" of the primary that the donor follows.
# Known forms: CHANGE MASTER TO MASTER_LOG_FILE='f', MASTER_LOG_POS=n[;]   (2.4)
#              CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='f', SOURCE_LOG_POS=n;   (newer)
#              CHANGE MASTER '' TO master_log_file='f', master_log_pos=n;   (mariabackup; a SET GLOBAL gtid_slave_pos may stand before it)
# Exactly one statement of them may be there: a donor with several channels does not say which one is ours.
coordinates_of_replica() {
    local line upper after file="" position="" found=0
    while IFS= read -r line || [[ -n $line ]]; do
        upper=${line^^}
        [[ $upper == *CHANGE\ MASTER* || $upper == *CHANGE\ REPLICATION\ SOURCE* ]] || continue
        found=$((found + 1))
        # The keywords come in either case, the name's own case counts: find it in the upper-case copy, take it from the line.
        [[ $upper =~ (MASTER|SOURCE)_LOG_FILE[[:space:]]*=[[:space:]]*\' ]] || return 1
        after=${upper#*"${BASH_REMATCH[0]}"}
        file=${line:$((${#line} - ${#after}))}
        file=${file%%\'*}
        [[ $upper =~ (MASTER|SOURCE)_LOG_POS[[:space:]]*=[[:space:]]*([0-9]+)[[:space:]]*(,|\;|$) ]] || return 1
        position=${BASH_REMATCH[2]}
    done <"$1"
    [[ $found -eq 1 ]] && valid_coordinates "$file" "$position" || return 1
    printf '%s %s\n' "$file" "$position"
}

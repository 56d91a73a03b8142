# Sourced by what stands where the mysql images have mysqld. Trials that kill processes, and never a machine, tell their servers to make haste
# (STAND_IN_HASTE=yes): first data are a copy of those that the image holds, nothing waits for the disk, and memory comes in large pages. Else servers
# do what they always do.
# shellcheck shell=bash

prepared=/usr/local/share/stand-in/prepared

make_haste() {
    [[ ${STAND_IN_HASTE:-} == yes ]]
}

# take_prepared <data directory> <options and files of options...>: fails where it can't be, and then nothing was done: the directory holds
# something, or an option shapes what the first data are.
take_prepared() {
    local datadir=$1
    shift
    make_haste && [[ -d $datadir && -z $(ls -A "$datadir") ]] || return 1
    ! printf '%s\n' "$@" | grep -qiE 'page[-_]size|lower[-_]case|innodb[-_](data|undo|log)[-_]' || return 1
    cp -a "$prepared/." "$datadir"
}

# Before a server is run. It touches some hundred megabytes before it is ready: in small pages that is two thirds of its start on a virtual machine.
hasten() {
    make_haste || return 0
    export LD_PRELOAD=libeatmydata.so:libjemalloc.so.2 MALLOC_CONF=thp:always,metadata_thp:auto
}

# shellcheck shell=bash
# Sourced by lib.sh: the words of MySQL 5.7 for what the other scripts call by the names of today. SOURCE and REPLICA stand in their texts; here
# they become the older terms, as does what the server answers.

# The configuration files of the roles, and the option that keeps replication stopped when the server starts.
PRIMARY_CONFIG=master.cnf
REPLICA_CONFIG=slave.cnf
HOLD_OPTION=skip-slave-start

# Not DISABLED: a replica could not apply CREATE EVENT then (error 1577).
NO_EVENTS=event-scheduler=OFF

# There is one port for all.
LOCAL_PORT=${MYSQL_PORT:-3306}

# What the server needs to be told besides the login, to follow the primary.
SOURCE_OPTIONS=""

SHOW_REPLICA_STATUS='SHOW SLAVE STATUS;'
# Nothing to ask: it is never semi-synchronous.
SHOW_SEMI_SYNC=""
START_REPLICA='START SLAVE;'
START_APPLIER='START SLAVE SQL_THREAD;'
STOP_REPLICA='STOP SLAVE;'
# For a change of the login; MariaDB wants both threads stopped then.
STOP_RECEIVER=$STOP_REPLICA
FORGET_SOURCE='RESET SLAVE ALL;'
# There is one password at a time.
END_OLD_PASSWORD=""

# change_source <settings>: the statement that sets SOURCE_HOST and its like.
change_source() {
    printf 'CHANGE MASTER TO %s;' "${1//SOURCE_/MASTER_}"
}

# source_verification: there are no certificates.
source_verification() {
    :
}

# same_peer <host> <host>: with another name a server would forget its position.
same_peer() {
    [[ $1 == "$2" ]]
}

# current_name <column>: REPLY becomes the name of today.
current_name() {
    REPLY=${1//Master/Source}
    REPLY=${REPLY//Slave/Replica}
}

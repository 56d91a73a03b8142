# Sourced by the stand-in's mysqld: turns the words of MySQL 5.7, in files and on the command line, into MariaDB's.
# An option MariaDB does not have and that changes nothing a client can see is left out; any other goes through as it is,
# so that a mistake in a configuration file stops this server as it would stop the real one.
# shellcheck shell=bash

# translate_option <name[=value]>: prints MariaDB's form, or nothing.
translate_option() {
    local option=$1 name value=""
    name=${option%%=*}
    name=${name%"${name##*[![:space:]]}"}
    [[ $option == *=* ]] && value="=${option#*=}"
    name=${name//-/_}
    case $name in
        super_read_only) printf 'read_only%s\n' "$value" ;;
        # Positions that survive a crash: every-start.sql gives the same by MariaDB's own means.
        master_info_repository | relay_log_info_repository) ;;
        gtid_mode | enforce_gtid_consistency | log_error_verbosity | log_timestamps | show_compatibility_56) ;;
        mysqlx* | validate_password* | default_authentication_plugin | innodb_numa_interleave) ;;
        *) printf '%s\n' "$option" ;;
    esac
}

# translate_files <file...>: prints one option file made of those files, in order.
translate_files() {
    local file line
    for file in "$@"; do
        while IFS= read -r line || [[ -n $line ]]; do
            line=${line%%#*}
            line=${line#"${line%%[![:space:]]*}"}
            line=${line%"${line##*[![:space:]]}"}
            case $line in
                "" | ";"* | "!"*) ;;
                "["*) printf '%s\n' "$line" ;;
                *) translate_option "$line" ;;
            esac
        done <"$file"
    done
}

# Sourced by build.sh: the file systems that the images are made on, each called after its Debian suite or after what it is for.
# Reads its settings prefix, label, force, work and started.
# shellcheck shell=bash disable=SC2154

declare -A packages=(
    [bookworm]="mariadb-server-core,mariadb-client-core,mariadb-client,mariadb-backup,ncat,nginx-light,libeatmydata1,libjemalloc2"
    [sid]="mysql-server-core,mysql-client-core,openssl,zstd,libeatmydata1,libjemalloc2"
    [etcd]="etcd-server,etcd-client"
    [exporter]="prometheus-mysqld-exporter"
    [rclone]="rclone,ca-certificates"
)
# The suite of a base that is not called after it.
declare -A suites=([etcd]=bookworm [exporter]=sid [rclone]=sid)
# What nobody uses here is two fifths of the packages: clients of 7 MB each, and perl for scripts around the server.
declare -A left_out=(
    [sid]="/usr/bin/my* /usr/bin/ibd2sdi /usr/bin/innochecksum /usr/bin/perror /usr/lib/mysql/plugin/*_client.so /usr/share/perl/* /usr/lib/*/perl/* /usr/lib/*/libperl.*"
)
declare -A but_kept=(
    [sid]="/usr/bin/mysql /usr/bin/mysqladmin /usr/bin/mysqldump /usr/bin/mysql_tzinfo_to_sql"
)
declare -A base_content=()

# debian_source <suite>: the Debian mirror this machine's apt uses, else nothing, so that mmdebstrap chooses one itself.
debian_source() {
    local uri
    # apt expands the $(NAME) fields itself.
    # shellcheck disable=SC2016
    uri=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        sed -n 's/^bookworm main //p' | head -n 1)
    [[ -n $uri ]] && printf 'deb %s %s main' "$uri" "$1"
    return 0
}

# dpkg_options <base>: one a line.
dpkg_options() {
    local path paths
    printf -- '--dpkgopt=path-exclude=/usr/share/%s/*\n' man doc locale info
    read -ra paths <<<"${left_out[$1]-}"
    for path in ${paths[@]+"${paths[@]}"}; do
        printf -- '--dpkgopt=path-exclude=%s\n' "$path"
    done
    read -ra paths <<<"${but_kept[$1]-}"
    for path in ${paths[@]+"${paths[@]}"}; do
        printf -- '--dpkgopt=path-include=%s\n' "$path"
    done
}

# bootstrap <base> <tar>: makes the file system, and says how far it is.
bootstrap() {
    local suite=${suites[$1]-$1} tar=$2 name=$prefix/base:$1 log=$work/$1.log options source pid step last=""
    mapfile -t options < <(dpkg_options "$1")
    # A mirror may be older than sid's own idea of how long its index is good for.
    [[ $suite != sid ]] || options+=(--aptopt='Acquire::Check-Valid-Until "false"')
    source=$(debian_source "$suite")
    mmdebstrap --variant=minbase --include="${packages[$1]}" --aptopt='Apt::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
        "${options[@]}" "$suite" "$tar" ${source:+"$source"} >"$log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        step=$(grep -a '^I: ' "$log" | tail -n 1 | cut -c 4-60 || true)
        [[ $step == "$last" && $(((SECONDS - started) % 10)) -ne 0 ]] || say "$name" "$step"
        last=$step
    done
    wait "$pid" || { tail -n 20 "$log" >&2; fail "mmdebstrap could not make $name: $(grep -a '^E: \|^Err' "$log" | head -n 1)"; }
}

# build_base <base>: once a run.
build_base() {
    local base=$1 name=$prefix/base:$1 content tar=$work/$1.tar
    [[ -z ${base_content[$base]-} ]] || return 0
    content=$(printf '%s' "${suites[$base]-$base} ${packages[$base]}${left_out[$base]+ ${left_out[$base]} but ${but_kept[$base]}}" | sha256sum | cut -c 1-16)
    base_content[$base]=$content
    if ! $force && has "$name" "$content"; then
        say "$name" "is there"
        return
    fi
    bootstrap "$base" "$tar"
    podman import --quiet --change "LABEL $label=$content" \
        --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$tar" "$name" >/dev/null
    rm "$tar"
    say "$name" "built"
}

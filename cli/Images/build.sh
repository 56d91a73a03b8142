#!/usr/bin/env bash
# Builds the lab's stand-in images from Debian packages and prints one line an image: its name and what happened to it.
#
#     build.sh [--force] [NAME:TAG...]        all of them without names
#
# Guarantees: an image whose content label matches these files is left alone, so a second run takes no time; an image gets
# its name only when it is complete; one that cannot be built does not keep those of another base from being built, and the
# exit code is 1; two runs at once build one after the other; nothing outside podman's storage and a temporary directory is touched.
# Settings: IMAGE_PREFIX (localhost/statefulset), CONTAINERS_CONF (podman's own; a fitting one is made when it is not set).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=${IMAGE_PREFIX:-localhost/statefulset}
label=statefulset.content
force=false
started=$SECONDS

# An image's base, the folder of its Containerfile, and others that it copies from. MySQL 8.4 is in no suite: 9.7 stands in for it too.
images=(mysql:5.7 xtrabackup:1.0 nginx:1.9.1 mysql:9.7 mysql:8.4 etcd:3.4 mysqld-exporter:0.19 rclone:1.75)
declare -A made_of=(
    [mysql:5.7]="bookworm mysql-5.7 entrypoint haste"
    [xtrabackup:1.0]="bookworm xtrabackup"
    [nginx:1.9.1]="bookworm nginx"
    [mysql:9.7]="sid mysql-9.7 entrypoint haste"
    [mysql:8.4]="sid mysql-9.7 entrypoint haste"
    [etcd:3.4]="etcd etcd"
    [mysqld-exporter:0.19]="exporter mysqld-exporter"
    [rclone:1.75]="rclone rclone"
)
declare -A built=()
# shellcheck source-path=SCRIPTDIR source=bases.sh
. "$here/bases.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() {
    printf '%-40s %s  %d s\n' "$1" "$2" "$((SECONDS - started))"
}

fail() {
    printf 'images: %s\n' "$1" >&2
    exit 1
}

require() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is not installed; on Debian: apt-get install podman runc mmdebstrap"
    done
}

# runc and cgroupfs work without systemd and without CAP_SYS_RESOURCE, where podman's defaults do not.
podman_settings() {
    [[ -n ${CONTAINERS_CONF:-} ]] && return
    export CONTAINERS_CONF=$work/containers.conf
    cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
}

content_of() {
    {
        printf '%s\n' "$@"
        find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sed "s|$here/||" | sha256sum | cut -c 1-16
}

has() {
    [[ $(podman image inspect --format "{{index .Labels \"$label\"}}" "$1" 2>/dev/null) == "$2" ]]
}

# The image that had the name before goes, unless a container or another name still uses it.
forget() {
    [[ -z $1 || $1 == "$(podman image inspect --format '{{.Id}}' "$2")" ]] || podman image rm "$1" >/dev/null 2>&1 || true
}

# build <name:tag> <base> <folder...>
build() {
    local name=$prefix/$1 base=$2 folders=("${@:3}") content old same=""
    build_base "$base"
    content=$(content_of "${folders[@]/#/$here/}")-${base_content[$base]}
    if ! $force && has "$name" "$content"; then
        say "$name" "is there"
        return
    fi
    old=$(podman image inspect --format '{{.Id}}' "$name" 2>/dev/null) || old=""
    if $force; then
        same=${built[$content]-}
    else
        same=$(podman images --quiet --no-trunc --filter "label=$label=$content" | head -n 1)
    fi
    if [[ -n $same ]]; then
        podman tag "$same" "$name"
    else
        podman build --quiet --layers=false --network=none --pull=never --build-arg "BASE=$prefix/base:$base" --label "$label=$content" \
            --file "$here/${folders[0]}/Containerfile" --tag "$name" "$here" >"$work/$base.log" 2>&1 ||
            { tail -n 20 "$work/$base.log" >&2; fail "podman could not build $name"; }
    fi
    built[$content]=$name
    forget "$old" "$name"
    say "$name" "built"
}

# build_on <base> <name:tag...>: those of the names that are made on it.
build_on() {
    local base=$1 name recipe
    for name in "${@:2}"; do
        read -ra recipe <<<"${made_of[$name]}"
        [[ ${recipe[0]} != "$base" ]] || build "$name" "${recipe[@]}"
    done
}

# The bases are built at the same time, as each waits for its mirror and its disk; each in a shell of its own, which its failure ends.
build_all() {
    local base pid pids=() status=0
    for base in "${!packages[@]}"; do
        build_on "$base" "$@" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid" || status=1
    done
    return "$status"
}

if [[ ${1:-} == --force ]]; then
    force=true
    shift
fi
[[ $# -gt 0 ]] || set -- "${images[@]}"
for name in "$@"; do
    [[ -n ${made_of[$name]-} ]] || fail "no image is called '$name'; there are ${images[*]}, and the option --force before them"
done
require podman runc mmdebstrap apt-get flock
podman_settings
exec {lock}<"$here"
flock "$lock"
build_all "$@"

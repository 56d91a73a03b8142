#!/usr/bin/env bash
# Builds the lab's stand-in images from Debian bookworm packages and prints one line an image: its name and what happened to it.
#
#     build.sh [--force]
#
# Guarantees: an image whose content label matches these files is left alone, so a second run takes no time; an image gets
# its name only when it is complete; nothing outside podman's storage and a temporary directory is touched.
# Settings: IMAGE_PREFIX (localhost/statefulset), CONTAINERS_CONF (podman's own; a fitting one is made when it is not set).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
prefix=${IMAGE_PREFIX:-localhost/statefulset}
suite=bookworm
packages=mariadb-server-core,mariadb-client-core,mariadb-client,mariadb-backup,ncat,nginx-light
label=statefulset.content
force=false
started=$SECONDS

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

# The Debian mirror this machine's apt uses for the suite, else the suite's source as mmdebstrap itself would choose it.
debian_source() {
    local uri
    # apt expands the $(NAME) fields itself.
    # shellcheck disable=SC2016
    uri=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        sed -n "s/^$suite main //p" | head -n 1)
    [[ -n $uri ]] && printf 'deb %s %s main' "$uri" "$suite"
    return 0
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

build_base() {
    local name=$prefix/base:$suite content tar=$work/base.tar log=$work/base.log options=() source pid step last=""
    content=$(printf '%s' "$suite $packages" | sha256sum | cut -c 1-16)
    base_content=$content
    if ! $force && has "$name" "$content"; then
        say "$name" "is there"
        return
    fi
    source=$(debian_source)
    for path in man doc locale info; do
        options+=("--dpkgopt=path-exclude=/usr/share/$path/*")
    done
    mmdebstrap --variant=minbase --include="$packages" --aptopt='Apt::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
        "${options[@]}" "$suite" "$tar" ${source:+"$source"} >"$log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        step=$(grep -a '^I: ' "$log" | tail -n 1 | cut -c 4-60 || true)
        [[ $step == "$last" && $(((SECONDS - started) % 10)) -ne 0 ]] || say "$name" "$step"
        last=$step
    done
    wait "$pid" || { tail -n 20 "$log" >&2; fail "mmdebstrap could not make $name; its last lines stand above"; }
    podman import --quiet --change "LABEL $label=$content" \
        --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$tar" "$name" >/dev/null
    say "$name" "built"
}

# The image that had the name before goes, unless a container still uses it.
forget() {
    [[ -z $1 || $1 == "$(podman image inspect --format '{{.Id}}' "$2")" ]] || podman image rm "$1" >/dev/null 2>&1 || true
}

# build <folder> <name:tag>
build() {
    local folder=$1 name=$prefix/$2 content old
    content=$(content_of "$here/$folder")-$base_content
    if ! $force && has "$name" "$content"; then
        say "$name" "is there"
        return
    fi
    old=$(podman image inspect --format '{{.Id}}' "$name" 2>/dev/null) || old=""
    podman build --quiet --layers=false --network=none --pull=never --build-arg "BASE=$prefix/base:$suite" --label "$label=$content" \
        --tag "$name" "$here/$folder" >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log" >&2; fail "podman could not build $name"; }
    forget "$old" "$name"
    say "$name" "built"
}

case ${1:-} in
    "") ;;
    --force) force=true ;;
    *) fail "unknown argument '$1'; the only one is --force" ;;
esac
require podman runc mmdebstrap apt-get
podman_settings
build_base
build mysql mysql:5.7
build xtrabackup xtrabackup:1.0
build nginx nginx:1.9.1

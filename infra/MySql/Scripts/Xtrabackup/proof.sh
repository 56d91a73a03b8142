# shellcheck shell=bash
# Sourced after lib.sh by both ends of the backup channel: how they prove to each other that they belong to this cluster, and hide what they say.

# proof <role> <nonce> <nonce>: shows that its sender knows the cluster's backup password, without showing the password.
# Two nested digests, as in HMAC, so that a proof cannot be extended. The password goes to sha256sum through a pipe.
proof() {
    local inner
    inner=$(printf 'inner %s %s' "${PASSWORD[backup]}" "$*" | digest) &&
        printf 'outer %s %s' "${PASSWORD[backup]}" "$inner" | digest
}

# nonce: 244 random bits from the kernel, in hex.
nonce() {
    local first second
    read -r first </proc/sys/kernel/random/uuid && read -r second </proc/sys/kernel/random/uuid && printf '%s' "${first//-/}${second//-/}"
}

# require_ssl: nothing is sent in the clear. Both ends of the backup channel run the same image.
require_ssl() {
    [[ $(ncat --help 2>&1) == *--ssl* ]] || fail "this image's ncat was built without --ssl: no backup is sent in the clear; choose another image (images.xtrabackup)"
}

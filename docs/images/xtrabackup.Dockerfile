# The tools of the profile mysql-5.7 for nodes of today: Percona XtraBackup 2.4, the last series that copies a MySQL 5.7, with ncat and a mysql client.
#
#   docker build --tag registry.example/xtrabackup:2.4 --file docs/images/xtrabackup.Dockerfile docs/images
#   images: {xtrabackup: registry.example/xtrabackup:2.4}      # in Pulumi.<stack>.yaml
FROM debian:bullseye-slim
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl gnupg lsb-release \
    && curl --fail --silent --show-error --location --output /tmp/percona-release.deb https://repo.percona.com/apt/percona-release_latest.generic_all.deb \
    && apt-get install --yes --no-install-recommends /tmp/percona-release.deb \
    && percona-release enable-only tools release \
    && apt-get update \
    && apt-get install --yes --no-install-recommends percona-xtrabackup-24 ncat default-mysql-client \
    && rm -rf /var/lib/apt/lists/* /tmp/percona-release.deb
# What the scripts call; a build without one of them ends here.
RUN for program in xtrabackup xbstream ncat mysql flock getent sha256sum; do command -v "$program"; done \
    && ncat --help 2>&1 | grep --quiet -e --ssl

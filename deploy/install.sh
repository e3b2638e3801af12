#!/bin/sh
# Installs Xã Số on a bare Debian 12 (or newer), from a checkout, as root: what it needs from Debian, then `xaso install` with the given options.
#   git clone https://… xaso && cd xaso && sudo deploy/install.sh --host dichvu.xa-vidu.gov.vn --tls acme --email cntt@xa-vidu.gov.vn
#   sudo deploy/install.sh --help
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ]; then
    echo "Cần quyền root (needs root): sudo deploy/install.sh …" >&2
    exit 1
fi
needed="git nginx python3 python3-venv"
case "$*" in *acme*) needed="$needed certbot" ;; esac
missing=$(for package in $needed; do dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"; done)
if [ -n "$missing" ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install --yes --no-install-recommends -qq $missing
fi
deploy/system.sh run
deploy/venv.sh requirements.lock
exec .venv/bin/xaso install "$@"

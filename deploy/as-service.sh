#!/bin/sh
# Runs a command of `xaso` as root would have the service run it: its user, its environment, nothing left that it could not write later.
#   deploy/as-service.sh prepare
# With XASO_OWNER_ENVIRONMENT, a file that root alone reads, the database is reached as the owner of its tables; the service's own address then
# stands in XASO_SERVICE_DATABASE_URL.
# The environment file is read as systemd reads it, line by line: NAME=value, with no shell in between.
set -eu
environment=${XASO_ENVIRONMENT:-/etc/xaso/environment}
user=${XASO_USER:-xaso}
cd "$(dirname "$0")/.."
read_settings() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '' | '#'* | ';'*) ;;
        *=*)
            value=${line#*=}
            case $value in
            \"*\") value=${value#\"} value=${value%\"} ;;
            \'*\') value=${value#\'} value=${value%\'} ;;
            esac
            export "${line%%=*}=$value"
            ;;
        esac
    done <"$1"
}
read_settings "$environment"
if [ -n "${XASO_OWNER_ENVIRONMENT:-}" ]; then
    export XASO_SERVICE_DATABASE_URL="${DATABASE_URL:-}"
    read_settings "$XASO_OWNER_ENVIRONMENT"
fi
umask 0077
exec setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups .venv/bin/python -m xaso.site.cli "$@"

#!/bin/sh
# Installs the system packages of system-packages.txt that are missing: system.sh [run|test]; both without an argument.
# Without root it prints the line to run instead, and fails. What stands for a package is a command, or a file where it has no command.
set -eu
cd "$(dirname "$0")"
wanted=${1:-}
missing=$(while IFS='|' read -r command package use _why; do
    case $command in '' | '#'*) continue ;; esac
    command=$(echo $command) package=$(echo $package) use=$(echo $use)
    [ -z "$wanted" ] || [ "$wanted" = "$use" ] || [ "$wanted" = test ] || continue
    case $command in
    /*) [ -e "$command" ] ;;
    *) command -v "$command" >/dev/null 2>&1 ;;
    esac || echo "$package"
done <system-packages.txt | sort -u | tr '\n' ' ')
# The test suite starts a PostgreSQL server of its own; psql alone is only a client.
if [ "$wanted" != run ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then missing="$missing postgresql"; fi
if [ -z "$(echo $missing)" ]; then
    echo "Gói hệ thống: đủ cả (all system packages are here)"
    exit 0
fi
line="apt-get install --yes --no-install-recommends $(echo $missing)"
if [ "$(id -u)" != 0 ]; then
    echo "Thiếu gói hệ thống; hãy chạy (missing system packages; run): sudo $line" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "$line"
apt-get update -qq
# Without its default cluster: the tests make their own.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
$line -qq

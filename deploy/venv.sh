#!/bin/sh
# Makes .venv from a lock file alone: venv.sh requirements.lock (or requirements-dev.lock, which holds more). Every file is held to its hash.
# uv comes first, by pip: it fetches and unpacks ten times faster than pip does.
set -eu
cd "$(dirname "$0")/.."

suits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# PYTHON names the interpreter; else the system's own is taken, built with all optimisations and kept up to date by apt, before one in PATH.
python=${PYTHON:-}
if [ -z "$python" ]; then
    python=/usr/bin/python3
    { suits "$python" && "$python" -c 'import ensurepip' 2>/dev/null; } || python=python3
fi
if ! suits "$python"; then
    echo "Cần Python 3.11 trở lên (Python 3.11 or newer is needed): sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    "$python" -m venv --clear .venv || {
        echo "Không tạo được .venv (python3-venv is missing): sudo apt-get install python3-venv" >&2
        exit 1
    }
fi
echo "Cài các phần theo $1 … (installing)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-uv.lock
.venv/bin/uv pip install --quiet --no-deps --require-hashes --compile-bytecode --python .venv/bin/python -r "$1"
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$PWD/src" >"$site/xaso.pth"
printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m xaso.site.cli "$@"\n' "$PWD" >.venv/bin/xaso
chmod +x .venv/bin/xaso

#!/usr/bin/env bash
# Prints where uv is. Where there is none, puts it into var/uv: a place of its own, so the system's Python stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if uv --version > /dev/null 2>&1; then
    command -v uv
    exit
fi

make_venv() { rm -rf var/uv && python3 -m venv var/uv; }

if [[ ! -x var/uv/bin/uv ]]; then
    {
        mkdir -p var
        # Debian keeps the venv module in a package of its own
        make_venv || { scripts/apt.sh python3-venv && make_venv; }
        var/uv/bin/python -m pip install --quiet --require-hashes --only-binary=:all: --requirement deploy/uv.txt
    } >&2
fi
echo "$PWD/var/uv/bin/uv"

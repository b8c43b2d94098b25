#!/usr/bin/env bash
# Installs Debian packages where it may (root, or sudo without a password); otherwise says what to type.
set -euo pipefail

as_root=()
if ((EUID != 0)); then as_root=(sudo -n); fi

if ! command -v apt-get > /dev/null || ! "${as_root[@]}" true 2> /dev/null; then
    echo "Please install these first, with the names your system has for them: $*" >&2
    echo "On Debian or Ubuntu: sudo apt-get install $*" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -yqq --no-install-recommends "$@" < /dev/null

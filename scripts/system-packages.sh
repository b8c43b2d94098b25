#!/usr/bin/env bash
# Installs what the tests need from the system and do not find: nothing where everything is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
need() { # need PROGRAM PACKAGE...
    command -v "$1" > /dev/null || missing+=("${@:2}")
}
want() { # want PROGRAM PACKAGE: where apt knows it and may
    command -v "$1" > /dev/null || ! apt-cache show "$2" &> /dev/null || scripts/apt.sh "$2" || echo "Without $1, then." >&2
}

need chromium chromium fonts-liberation # the browser journeys
need git git                            # which files are ours
need npm nodejs npm                     # stylesheets and scripts
need pdftotext poppler-utils            # reads the letters back
need redis-server redis-server          # cache and queue
need xgettext gettext                   # finds texts without a translation

if ((${#missing[@]})); then
    scripts/apt.sh "${missing[@]}" # which also reads what apt knows
fi
want chromium-headless-shell chromium-headless-shell # the same journeys, a third quicker

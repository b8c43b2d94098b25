#!/usr/bin/env bash
# Makes the files with secrets that compose.yaml hands to the containers. What is already there stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Nobody else on this machine comes into the folder; the containers' own user must be able to read the files in it.
umask 022
mkdir -p secrets
chmod 700 secrets

keep_or_make() { # keep_or_make NAME CONTENT
    if [[ ! -e "secrets/$1" ]]; then
        printf '%s' "$2" > "secrets/$1"
        echo "made secrets/$1"
    fi
}

random() { # letters and digits only: it also goes into an address
    head -c 48 /dev/urandom | base64 | tr -d '+/=\n'
}

keep_or_make secret_key "$(random)$(random)"
keep_or_make secret_key_fallbacks ""
keep_or_make database_password "$(random)"
keep_or_make database_url "postgres://loket:$(cat secrets/database_password)@postgres:5432/loket"
keep_or_make database_app_password "$(random)"
keep_or_make database_app_url "postgres://loket_app:$(cat secrets/database_app_password)@postgres:5432/loket"
keep_or_make email_password ""

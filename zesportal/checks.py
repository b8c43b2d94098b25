"""System checks of the configuration of an installation."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from casework.uploads.virus_scanner import nobody_scans

LAST_UNSQUASHED = "ce5b433c"
"""The last commit with the migrations that were squashed."""
NO_SCANNER = "No virus scanner looks at the files that people hand in: CLAMAV_HOST is not set."


def check_scanner(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Warn at every command that no virus scanner is configured; `check --deploy` fails on it."""
    hint = "Set COMPOSE_PROFILES=scanner and CLAMAV_HOST=clamav, or name a ClamAV server of your own; see .env.example."
    return [Warning(NO_SCANNER, hint=hint, id="zesportal.W001")] if nobody_scans() else []


def check_squashed_migrations(
    app_configs: Any, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Refuse tables on which only some of the squashed migrations were applied; `migrate` could not upgrade these."""
    squashed = [set(one.replaces) for one in MigrationLoader(None).replacements.values()]
    hint = f"Check out {LAST_UNSQUASHED}, run `manage.py migrate` there, then come back to this version."
    return [
        Error("The tables are of a version that is too old.", hint=hint, id="zesportal.E001")
        for alias in databases or []
        if any(
            0 < len(one & set(MigrationRecorder(connections[alias]).applied_migrations())) < len(one)
            for one in squashed
        )
    ]

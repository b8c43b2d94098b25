"""System checks of how an installation is set up."""

from typing import Any

from django.core.checks import CheckMessage, Warning

from casework.uploads.virus_scanner import nobody_scans

NO_SCANNER = "No virus scanner looks at the files that people hand in: CLAMAV_HOST is not set."


def a_scanner_in_production(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Every command says so, and `check --deploy` fails on it."""
    hint = "Set COMPOSE_PROFILES=scanner and CLAMAV_HOST=clamav, or name a ClamAV server of your own; see .env.example."
    return [Warning(NO_SCANNER, hint=hint, id="zesportal.W001")] if nobody_scans() else []

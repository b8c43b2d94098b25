"""Where the general rooms find what the apps above put into them: one module that names it all, `settings.WIRING`."""

from importlib import import_module
from typing import Any

from django.conf import settings


def wired(name: str) -> Any:
    """What the wiring module has under a name. Looked up on use, for that module imports every app."""
    return getattr(import_module(settings.WIRING), name)

"""Gives general code access to what higher apps plug in, all named in one module: `settings.WIRING`."""

from importlib import import_module
from typing import Any

from django.conf import settings


def wired(name: str) -> Any:
    """The wiring module's value for a name, imported on use because that module imports every app."""
    return getattr(import_module(settings.WIRING), name)

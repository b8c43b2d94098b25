"""Readers of the languages other than Dutch and English."""

from collections.abc import Callable

from django.test import Client

Reads = Callable[..., Client]
OTHERS = ("de", "fr", "pl")

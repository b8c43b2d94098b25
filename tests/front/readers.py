"""Readers of the languages beside Dutch and English."""

from collections.abc import Callable

from django.test import Client

Reads = Callable[..., Client]
OTHERS = ("de", "fr", "pl")

"""Readers of the languages other than Dutch and English: those of all pages for carriers, and every one."""

from collections.abc import Callable

from django.test import Client

Reads = Callable[..., Client]
OTHERS = ("de", "fr", "pl")
EVERY = (*OTHERS, "tr", "ro", "uk")

"""What shows, beside the digests of tables and files, that an installation is the same: its report and its letters."""

import hashlib
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from casework.letter_pdfs import pdf
from casework.models import Letter
from reporting.exports import as_json
from reporting.period import EARLIEST, Period
from reporting.report import compute

LETTERS = 25
"""So many of the newest letters are made anew from their words."""


def report(*, as_of: date) -> bytes:
    """Every figure over all days until this one, as its JSON."""
    with translation.override(settings.LANGUAGE_CODE):
        return as_json(compute(Period(EARLIEST, as_of, as_of)))


def last_day() -> date:
    """The last day that is over: what happens today is still counted."""
    return timezone.localdate() - timedelta(days=1)


def letters() -> dict[str, str]:
    """The digests of the newest letters, made anew as PDF."""
    newest = Letter.objects.order_by("-pk")[:LETTERS]
    return {str(letter.pk): hashlib.sha256(pdf(letter)).hexdigest() for letter in newest}


def press() -> dict[str, Any]:
    """What the bytes of a letter depend on beside its words: two presses that differ print differently."""
    return {"address": settings.SITE_URL, "typst": version("typst")}

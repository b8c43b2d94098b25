"""What shows, besides digests of tables and files, that an installation is unchanged: its report and letters."""

import hashlib
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from casework.letter_pdfs import render_letter_pdf
from casework.models import Letter
from reporting.period import EARLIEST, Period
from reporting.report import compute_report
from reporting.report_files import as_json

LETTERS = 25
"""How many of the newest letters are rendered again."""


def render_report(*, as_of: date) -> bytes:
    """Every figure over all days until this one, as JSON."""
    with translation.override(settings.LANGUAGE_CODE):
        return as_json(compute_report(Period(EARLIEST, as_of, as_of)))


def last_day() -> date:
    """The last full day: today is still being counted."""
    return timezone.localdate() - timedelta(days=1)


def digest_letters() -> dict[str, str]:
    """The digests of the newest letters, rendered again as PDF."""
    newest = Letter.objects.order_by("-pk")[:LETTERS]
    return {str(letter.pk): hashlib.sha256(render_letter_pdf(letter)).hexdigest() for letter in newest}


def describe_press() -> dict[str, Any]:
    """What the bytes of a letter depend on besides its text: other versions print differently."""
    return {"address": settings.SITE_URL, "typst": version("typst")}

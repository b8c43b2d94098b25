"""The texts of the letter in their order, as the ministry's letters have it, and the standard words of each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

FOLDER = Path(__file__).parent.parent / "data" / "letter"


@dataclass(frozen=True)
class Chapter:
    """A piece of the letter that is edited as one text."""

    slug: str
    title: StrOrPromise
    annex: bool = False

    @property
    def standard(self) -> str:
        """The words that it has until an editor changes them."""
        return read_standard_words(self.slug)


CHAPTERS = (
    Chapter("addressee", _("To whom")),
    Chapter("salutation", _("Salutation")),
    Chapter("introduction", _("Introduction")),
    Chapter("zones", _("General update about the zones")),
    Chapter("compliance", _("Compliance")),
    Chapter("handed-in", _("Handed in by municipalities")),
    Chapter("signals", _("Signals of branch organisations")),
    Chapter("totals", _("Figures of the desk: totals")),
    Chapter("national", _("National exemptions")),
    Chapter("conversions", _("Conversions to another kind")),
    Chapter("objections", _("Objections and appeals")),
    Chapter("renewed", _("Decisions taken again")),
    Chapter("lead-times", _("Lead times")),
    Chapter("local", _("Local exemptions")),
    Chapter("day-exemptions", _("Day exemptions")),
    Chapter("site", _("Information site, assistant and email")),
    Chapter("corrections", _("Corrections to earlier letters")),
    Chapter("conclusion", _("Conclusion")),
    Chapter("signature", _("Signature")),
    Chapter("annex-municipalities", _("Annex: municipalities"), annex=True),
    Chapter("annex-definitions", _("Annex: definitions"), annex=True),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


@cache
def read_standard_words(slug: str) -> str:
    """The standard words of a chapter."""
    return (FOLDER / f"{slug}.md").read_text(encoding="utf-8").strip()

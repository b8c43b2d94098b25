"""The texts of the letter, in the order of the ministry's letters, and the standard words of each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

OWN = "own-"
FOLDER = Path(__file__).parent.parent / "data" / "letter"


@dataclass(frozen=True)
class Chapter:
    """A piece of the letter that is edited as one text.

    `asks`: what only an editor knows, for a text without standard words. Chapters insert it by its name (`own.…`). The
    letter cannot be published until it is filled in, or deliberately left empty.
    """

    slug: str
    title: StrOrPromise
    annex: bool = False
    asks: str = ""

    @property
    def standard(self) -> str:
        """The words of the chapter until an editor changes them."""
        return f"**[nog in te vullen: {self.asks}]**" if self.asks else read_standard_words(self.slug)

    @property
    def name(self) -> str:
        """The name by which chapters insert this text."""
        return self.slug.removeprefix(OWN)


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
OWN_TEXTS = (
    Chapter(
        f"{OWN}agenda",
        _("What the parties of the implementation agenda (UAZ) say"),
        asks="wat gemeenten en branchepartijen via de Uitvoeringsagenda Zero-emissiezones (UAZ) aangeven over deze "
        "maanden",
    ),
    Chapter(
        f"{OWN}charging",
        _("What was done about charging (NAL)"),
        asks="wat er met de signalen over laadinfrastructuur is gedaan in de Nationale Agenda Laadinfrastructuur "
        "(NAL), en in welk Kamerstuk de Kamer daarover is geïnformeerd",
    ),
    Chapter(
        f"{OWN}rejection",
        _("Another example of a rejection"),
        asks="een tweede voorbeeld van een afwijzing, zoals het zakelijke MRB-tarief bij een aanvraag voor particulier "
        "gebruik",
    ),
)
"""Texts that no data can provide, with the name by which a chapter inserts them."""
BY_SLUG = {chapter.slug: chapter for chapter in (*CHAPTERS, *OWN_TEXTS)}


@cache
def read_standard_words(slug: str) -> str:
    """The standard words of a chapter, from its file."""
    return (FOLDER / f"{slug}.md").read_text(encoding="utf-8").strip()

"""What is still missing in a letter, said once more before it is published for good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.letter.blocks import Document
from reporting.letter.document import Source, list_figures_used


@dataclass(frozen=True)
class Gap:
    """A sentence about something that is missing or must be read, with what it is about one by one."""

    sentence: str
    parts: Sequence[str] = ()


def everything_lacking(source: Source, document: Document) -> list[Gap]:
    """Everything; empty if nothing is missing."""
    return [*not_delivered(source), *without_data(source), *to_know(source), *unfinished_parts(source, document)]


def not_delivered(source: Source) -> Iterator[Gap]:
    """Municipalities with a missing month."""
    missing = source.numbers["facts"]["returns"]["missing"]
    if missing:
        sentence = ngettext(
            "%(count)s municipality has not handed in everything about this period.",
            "%(count)s municipalities have not handed in everything about this period.",
            len(missing),
        )
        yield Gap(sentence % {"count": len(missing)}, [f"{one['name']}: {one['months']}" for one in missing])


def without_data(source: Source) -> Iterator[Gap]:
    """Figures that the letter names and about which nothing is known."""
    figures = source.numbers["current"]["figures"]
    empty = [
        f"{name}: {figures[name]['title']}"
        for name in list_figures_used(source)
        if name in figures and all(row["count"] is None for row in figures[name]["rows"])
    ]
    if empty:
        yield Gap(_("The letter tells of figures without data."), empty)


def to_know(source: Source) -> Iterator[Gap]:
    """What earlier letters said differently, what cannot be compared, and fines whose day is unknown."""
    facts = source.numbers["facts"]
    if facts["corrections"]:
        yield Gap(_("This letter corrects numbers of earlier letters: read them again."), facts["corrections"])
    if source.numbers.get("previous") is None:
        yield Gap(_("There is no period before this one: nothing is compared."))
    if facts["zones"]["unknown"]:
        sentence = ngettext(
            "Of %(count)s municipality it is not known from which day it fines.",
            "Of %(count)s municipalities it is not known from which day they fine.",
            facts["zones"]["unknown"],
        )
        yield Gap(sentence % {"count": facts["zones"]["unknown"]})


def unfinished_parts(source: Source, document: Document) -> Iterator[Gap]:
    """Texts that cannot be filled in, and a letter that nobody signs."""
    if document.problems:
        yield Gap(_("A text cannot be filled in: such a letter is not published."), document.problems)
    if not source.draft.signed_by.strip():
        yield Gap(_("It is not filled in who signs the letter."))

"""Which kinds are offered for the vehicles of a list, and of each kind which of them it is not for. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exemptions.filing.eligibility import Fit, offer, situation_of
from exemptions.filing.kind_cards import KindCard, Note
from exemptions.fleet import judging, shared
from exemptions.models import FleetBatch, FleetRow, Kind
from zones.access import RuleBook
from zones.models import current_rule_book
from zones.plates import written

NAMED = 10
"""So many plates are named with a sentence; the others are counted."""


def cards_of(batch: FleetBatch, *, today: date) -> list[KindCard]:
    """Every kind for such an applicant; one that fits none of the vehicles has its reasons."""
    kinds, book = shared.kinds_for(batch.applicant, today=today), current_rule_book(on=today)
    rows = list(batch.rows.all())
    fits = [fits_of(row, kinds, who=batch.applicant.form, book=book, today=today) for row in rows]
    return [card_of(kind, rows, [one[place] for one in fits]) for place, kind in enumerate(kinds)]


def fits_of(row: FleetRow, kinds: Sequence[Kind], *, who: str, book: RuleBook, today: date) -> list[Fit]:
    """Each kind for one vehicle. A class that the register does not tell is asked later, and excludes nothing."""
    about = situation_of(judging.facts_of(row), who=who, doubtful=row.known is None)
    fits = offer(kinds, about, on=today, book=book)
    if row.facts:
        return fits
    return [fit if fit.kind.is_day else replace(fit, reasons=(judging.not_known(),)) for fit in fits]


def card_of(kind: Kind, rows: Sequence[FleetRow], fits: Sequence[Fit]) -> KindCard:
    """A kind with what is to be told of some of the vehicles, or of all of them."""
    by_sentence: dict[str, list[str]] = defaultdict(list)
    for row, fit in zip(rows, fits, strict=True):
        if not fit.fits_now:
            by_sentence[sentence(fit)].append(written(row.plate))
    notes = tuple(note(words, plates, of=len(rows)) for words, plates in by_sentence.items())
    if any(fit.fits for fit in fits):
        return KindCard(kind, notes=notes)
    return KindCard(kind, reasons=tuple(by_sentence), notes=notes)


def sentence(fit: Fit) -> str:
    """Why a kind is not for a vehicle, or not yet."""
    if fit.from_day is None or not fit.fits:
        return " ".join(fit.reasons)
    return _("Only for a day from %(day)s on: until then the vehicle may enter without.") % {
        "day": date_format(fit.from_day, "DATE_FORMAT")
    }


def note(words: str, plates: Sequence[str], *, of: int) -> Note:
    """A sentence with the plates that it is about; without them where it is about every vehicle."""
    if len(plates) == of:
        return Note((), 0, words)
    return Note(tuple(plates[:NAMED]), max(0, len(plates) - NAMED), words)

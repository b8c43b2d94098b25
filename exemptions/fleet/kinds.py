"""Which kinds are offered for the vehicles of a list, and for which of them each kind is not. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exemptions.fleet import common_answers, dry_run
from exemptions.intake.eligibility import Fit, offer_kinds, situation_of
from exemptions.intake.kind_cards import KindCard, Note
from exemptions.models import FleetBatch, FleetRow, KindVersion
from zones.access import RuleBook
from zones.models import current_rule_book
from zones.plates import spell_plate

NAMED = 10
"""How many plates are listed with a sentence; any others are counted."""


@dataclass(frozen=True)
class KindOffer:
    """Every kind for this applicant, and the vehicles for which there is none, for the same reason with each kind."""

    cards: list[KindCard]
    without: tuple[Note, ...]


def build_offer(batch: FleetBatch, *, today: date) -> KindOffer:
    """The offer for the vehicles of a list; a kind that fits none of them has its reasons."""
    kinds, book = common_answers.kinds_for(batch.applicant, today=today), current_rule_book(on=today)
    fits = {row: fits_of(row, kinds, who=batch.applicant.form, book=book, today=today) for row in batch.rows.all()}
    none = {row: describe_reason(own[0]) for row, own in fits.items() if gets_none(own)}
    others = {row: own for row, own in fits.items() if row not in none}
    cards = [card_of(kind, {row: own[place] for row, own in others.items()}) for place, kind in enumerate(kinds)]
    return KindOffer(cards if others else [], group_notes(none, of=0))


def gets_none(fits: Sequence[Fit]) -> bool:
    """Whether every kind is refused to a vehicle for one and the same reason."""
    return not any(fit.fits for fit in fits) and len({fit.reasons for fit in fits}) == 1


def fits_of(row: FleetRow, kinds: Sequence[KindVersion], *, who: str, book: RuleBook, today: date) -> list[Fit]:
    """Each kind for one vehicle. A class that the register lacks is asked for later, and excludes nothing."""
    about = situation_of(dry_run.facts_of(row), who=who, doubtful=row.known is None)
    fits = offer_kinds(kinds, about, on=today, book=book)
    if row.facts:
        return fits
    return [fit if fit.kind.is_day else replace(fit, reasons=(dry_run.explain_unknown_vehicle(),)) for fit in fits]


def card_of(kind: KindVersion, fits: Mapping[FleetRow, Fit]) -> KindCard:
    """A kind with what applies to some of the vehicles, or to all of them."""
    told = {row: describe_reason(fit) for row, fit in fits.items() if not fit.fits_now}
    reasons = () if any(fit.fits for fit in fits.values()) else tuple(told.values())
    return KindCard(kind, reasons=reasons, notes=group_notes(told, of=len(fits)))


def group_notes(told: Mapping[FleetRow, str], *, of: int) -> tuple[Note, ...]:
    """Each sentence once, with the vehicles that it is about; `of`: the total number of vehicles."""
    by_sentence: dict[str, list[str]] = defaultdict(list)
    for row, words in told.items():
        by_sentence[words].append(spell_plate(row.plate))
    return tuple(make_note(words, plates, of=of) for words, plates in by_sentence.items())


def describe_reason(fit: Fit) -> str:
    """Why a kind is not for a vehicle, or not yet."""
    if fit.from_day is None or not fit.fits:
        return " ".join(fit.reasons)
    return _("Only for a day from %(day)s on: until then the vehicle may enter without.") % {
        "day": date_format(fit.from_day, "DATE_FORMAT")
    }


def make_note(words: str, plates: Sequence[str], *, of: int) -> Note:
    """A sentence with the plates that it is about; without plates if it is about every vehicle."""
    if len(plates) == of:
        return Note((), 0, words)
    return Note(tuple(plates[:NAMED]), max(0, len(plates) - NAMED), words)

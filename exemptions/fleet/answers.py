"""The rows of a list to add, each with its answer in words and what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from exemptions.fleet import access_labels
from exemptions.intake.eligibility import may_need_exemption, offer_kinds, situation_of
from exemptions.models import FleetBatch, FleetRow, KindVersion
from zones.access import RuleBook
from zones.models import current_rule_book
from zones.plates import spell_plate
from zones.vehicles import VehicleFacts

State = FleetRow.State


@dataclass(frozen=True)
class AnsweredRow:
    """One row as the page and the file show it."""

    row: Any
    where: str
    plate: str
    verdict: access_labels.Verdict
    fits: list[KindVersion]

    @property
    def make(self) -> str:
        """Make and model."""
        facts = self.row.known
        return f"{facts.make} {facts.model}".strip() if facts else ""


def list_answers(batch: FleetBatch, rows: Sequence[Any], *, today: date) -> list[AnsweredRow]:
    """Rows with their answers, in three queries."""
    book = current_rule_book(on=today)
    kinds = list(KindVersion.objects.in_force(on=today))
    return [make_answer(row, kinds, who=batch.applicant.form, book=book, today=today) for row in rows]


def make_answer(row: Any, kinds: Sequence[KindVersion], *, who: str, book: RuleBook, today: date) -> AnsweredRow:
    """The answer for one row."""
    facts = row.known
    decision = access_labels.decide_access(facts, on=today, book=book)
    needs = decision is not None and may_need_exemption(decision, on=today)
    return AnsweredRow(
        row,
        row.cell or str(row.number),
        spell_plate(row.plate) if row.plate else row.typed,
        access_labels.describe_decision(decision, on=today)
        if row.state == State.FOUND
        else explain_missing_answer(row),
        find_fitting_kinds(kinds, facts, who=who, book=book, today=today)
        if facts and needs and row.state == State.FOUND
        else [],
    )


def explain_missing_answer(row: FleetRow) -> access_labels.Verdict:
    """Why a row has no answer, and what to do."""
    words, badge, because = {
        State.WAITING: (_("is being asked"), "neutral", _("We are still looking it up in the vehicle register.")),
        State.SLOW: (_("no answer known yet"), "neutral", _("The vehicle register gave no answer. Try again.")),
        State.UNKNOWN: (
            _("not in the register"),
            "warning",
            _("The vehicle register does not know this plate. Check it. It is not added."),
        ),
        State.OWNED: (_("already in your fleet"), "neutral", ""),
    }.get(State(row.state), (_("skipped"), "error", row.problem))
    return access_labels.Verdict(words, badge, because)


def find_fitting_kinds(
    kinds: Sequence[KindVersion], facts: VehicleFacts, *, who: str, book: RuleBook, today: date
) -> list[KindVersion]:
    """The kinds that could fit today, by the same rules as on the access page."""
    fits = offer_kinds(kinds, situation_of(facts, who=who), on=today, book=book)
    return [fit.kind for fit in fits if fit.fits_now]


def build_export_rows(batch: FleetBatch, *, today: date) -> Iterator[list[object]]:
    """All rows of the list, for a file."""
    for one in list_answers(batch, list(batch.rows.all()), today=today):
        names = ", ".join(str(kind) for kind in one.fits)
        yield [
            one.where,
            one.row.typed,
            one.plate if one.row.plate else "",
            one.row.remark,
            one.verdict.words,
            one.verdict.because,
            _("Possible exemption: %(kinds)s") % {"kinds": names} if names else "",
        ]

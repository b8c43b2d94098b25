"""The statutory clock of an objection: computes its deadlines from its rows, with `casework.deadlines`."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from casework import clock, deadlines, suspensions
from casework.deadlines import ObjectionSum, Suspension
from casework.models import CourtOrder, Deadline, EquatedDay

if TYPE_CHECKING:
    from objections.models import Hearing, Objection


def open_decision_term(objection: "Objection") -> None:
    """Open the deadline to decide, or recompute it after something moved it."""
    total = decision_sum(objection)
    objection.decide_by = total.due
    objection.dossier.open_deadline(
        objection, Deadline.Kind.DECIDE_OBJECTION, due=total.due, basis=as_basis(total, objection)
    )


def decision_sum(objection: "Objection") -> ObjectionSum:
    """How the last day to decide is computed (Awb 7:10)."""
    total = _explain_due(objection, suspensions=())
    counted: list[Suspension] = []
    for suspension in suspensions.list_in_order(objection, objection.repair_requests.sent()):
        # What begins after the last day of the term does not suspend it.
        if suspension.invited < total.due:
            counted.append(suspension)
            total = _explain_due(objection, suspensions=counted)
    return total


def _explain_due(objection: "Objection", *, suspensions: Sequence[Suspension]) -> ObjectionSum:
    begins = deadlines.objection_term_start(
        objection.object_until, received=objection.came_in_on, in_time=objection.is_in_time
    )
    return deadlines.explain_objection_decision_due(
        begins,
        committee=objection.committee,
        adjourned=objection.adjourned_on is not None,
        suspensions=suspensions,
        extended_to=objection.extended_to,
        extended_on=objection.extended_on,
        calendar=EquatedDay.calendar(),
    )


def as_basis(total: ObjectionSum, objection: "Objection") -> dict[str, Any]:
    """The sum as the `basis` of the deadline, which pages show in words."""
    return {
        "start": total.start.isoformat(),
        "late": not objection.is_in_time,
        "weeks": total.weeks,
        "adjourned_weeks": total.adjourned_weeks,
        **suspensions.as_basis(total),
        "extended_to": total.extended_to.isoformat() if total.extended_to else None,
        **describe_order(total, objection),
        "raw": total.raw.isoformat(),
        "stood_still_until": total.stood_still_until.isoformat() if total.stood_still_until else None,
        "skipped": [[day.isoformat(), why.value] for day, why in total.skipped],
    }


def describe_order(total: ObjectionSum, objection: "Objection") -> dict[str, Any]:
    """When the judgment that set the day was sent; empty if no court did."""
    order = CourtOrder.objects.of(objection).running().first() if total.extended_to else None
    return {"order_sent": order.sent_on.isoformat()} if order and order.until == total.extended_to else {}


def open_term(objection: "Objection", kind: Deadline.Kind, *, ends_on: date) -> None:
    """Open a term of our own, within which the objector must act."""
    basis = {"sent": clock.today().isoformat()}
    objection.dossier.open_deadline(objection, kind, due=ends_on, basis=basis)


def open_hearing_terms(objection: "Objection", hearing: "Hearing") -> None:
    """Open a hearing's terms: papers until the eleventh day before, file open a week before; never moved (Awb 7:4)."""
    if hearing.day is None or hearing.papers_until is None or hearing.file_open_from is None:
        raise ValueError("the hearing has no day yet")
    basis = {"hearing": hearing.day.isoformat()}
    objection.dossier.open_deadline(objection, Deadline.Kind.PAPERS, due=hearing.papers_until, basis=basis)
    objection.dossier.open_deadline(objection, Deadline.Kind.FILE_OPEN, due=hearing.file_open_from, basis=basis)


def close_hearing_terms(objection: "Objection") -> None:
    """Close the terms of a hearing that was held, or does not take place."""
    objection.dossier.close_deadline(
        objection, Deadline.Kind.PAPERS, Deadline.Kind.FILE_OPEN, Deadline.Kind.HEARING_REPLY
    )


def open_appeal_term(objection: "Objection", *, announced: date) -> None:
    """Open the term to appeal to the court, six weeks from the announcement (Awb 6:7, 8:1)."""
    due = deadlines.appeal_due(announced, calendar=EquatedDay.calendar())
    basis = {"announced": announced.isoformat(), "weeks": 6}
    objection.dossier.open_deadline(objection, Deadline.Kind.APPEAL, due=due, basis=basis)

"""The deadlines of an objection and an appeal as a person reads them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework import deadline_words
from casework.deadline_words import SumInWords, day, in_words, moment
from casework.models import Deadline

if TYPE_CHECKING:
    from objections.models import Objection

__all__ = ["day", "decide", "in_words", "moment"]


def decide(objection: "Objection") -> str:
    """The sum behind the open deadline to decide, for the objector; empty where none is open."""
    deadline = (
        objection.dossier.deadlines.open()
        .filter(case_type=objection.CASE_TYPE, case_id=objection.pk, kind=Deadline.Kind.DECIDE_OBJECTION)
        .first()
    )
    return in_words(deadline, to_applicant=True) if deadline else ""


def decision_sum(deadline: Deadline, *, to_applicant: bool) -> str:
    """The end of the term to object + weeks + adjournment + days that the term stood still (Awb 7:10)."""
    basis = deadline.basis
    stood_still = deadline_words.suspended(basis, to_applicant=to_applicant)
    if extended_to := basis.get("extended_to"):
        delayed = _("delayed to %(day)s") % {"day": day(extended_to)}
        nothing_added = day(extended_to) == day(deadline.due)
        return delayed if nothing_added else deadline_words.total([delayed, *stood_still], deadline)
    first = _("received %(day)s (too late)") if basis.get("late") else _("last day to object %(day)s")
    parts = [
        first % {"day": day(basis["start"])},
        _("%(weeks)s weeks") % {"weeks": basis["weeks"]},
        *([_("%(weeks)s weeks of adjournment") % {"weeks": more}] if (more := basis["adjourned_weeks"]) else []),
        *stood_still,
    ]
    return deadline_words.total(parts, deadline)


def before_hearing(deadline: Deadline, *, to_applicant: bool) -> str:
    """Counted back from the hearing (Awb 7:4)."""
    days = 10 if deadline.kind == Deadline.Kind.PAPERS else 7
    hearing = day(deadline.basis["hearing"])
    return _("hearing on %(hearing)s − %(days)s days = %(due)s") % {
        "hearing": hearing,
        "days": days,
        "due": day(deadline.due),
    }


SUMS: Mapping[str, SumInWords] = {
    Deadline.Kind.DECIDE_OBJECTION: decision_sum,
    Deadline.Kind.REPAIR: deadline_words.asked,
    Deadline.Kind.HEARING_REPLY: deadline_words.asked,
    Deadline.Kind.PAPERS: before_hearing,
    Deadline.Kind.FILE_OPEN: before_hearing,
    Deadline.Kind.APPEAL: deadline_words.WeeksAfter("announced"),
    Deadline.Kind.COURT_PAPERS: deadline_words.asked,
}
"""Of the kinds of deadline that the steps of an objection or an appeal open."""

"""The deadlines of an objection and an appeal in words."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from casework import deadline_words
from casework.deadline_words import SumInWords, format_day
from casework.models import Deadline


def decision_sum(deadline: Deadline, *, to_applicant: bool) -> str:
    """The end of the term to object + weeks + adjournment + suspended days (Awb 7:10)."""
    basis = deadline.basis
    stood_still = deadline_words.describe_suspension(basis, to_applicant=to_applicant)
    if (sent := basis.get("order_sent")) and not any(stood_still):
        return deadline_words.describe_order(sent, deadline)
    if extended_to := basis.get("extended_to"):
        delayed = _("delayed to %(day)s") % {"day": format_day(extended_to)}
        nothing_added = format_day(extended_to) == format_day(deadline.due)
        return delayed if nothing_added else deadline_words.sum_parts([delayed, *stood_still], deadline)
    first = _("received %(day)s (too late)") if basis.get("late") else _("last day to object %(day)s")
    parts = [
        first % {"day": format_day(basis["start"])},
        _("%(weeks)s weeks") % {"weeks": basis["weeks"]},
        *([_("%(weeks)s weeks of adjournment") % {"weeks": more}] if (more := basis["adjourned_weeks"]) else []),
        *stood_still,
    ]
    return deadline_words.sum_parts(parts, deadline)


def before_hearing(deadline: Deadline, *, to_applicant: bool) -> str:
    """Counted back from the hearing (Awb 7:4)."""
    hearing = date.fromisoformat(deadline.basis["hearing"])
    return _("hearing on %(hearing)s − %(days)s days = %(due)s") % {
        "hearing": format_day(hearing),
        "days": (hearing - deadline.due).days,
        "due": format_day(deadline.due),
    }


SUMS: Mapping[str, SumInWords] = {
    Deadline.Kind.DECIDE_OBJECTION: decision_sum,
    Deadline.Kind.REPAIR: deadline_words.describe_asked_term,
    Deadline.Kind.HEARING_REPLY: deadline_words.describe_asked_term,
    Deadline.Kind.PAPERS: before_hearing,
    Deadline.Kind.FILE_OPEN: before_hearing,
    Deadline.Kind.APPEAL: deadline_words.WeeksAfter("announced"),
    Deadline.Kind.COURT_PAPERS: deadline_words.describe_asked_term,
    Deadline.Kind.COURT_REMEDY: deadline_words.WeeksAfter("sent"),
    Deadline.Kind.COURT_REPAIR: deadline_words.describe_asked_term,
}
"""The wording of the kinds of deadline that objections and appeals open."""

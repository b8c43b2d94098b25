"""The deadlines of a complaint in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import deadline_words
from casework.deadline_words import SumInWords, format_day
from casework.models import Deadline


def complaint_sum(deadline: Deadline, *, to_applicant: bool) -> str:
    """The calculation: day of receipt + weeks + adjournment, or the day agreed on (Awb 9:11)."""
    basis = deadline.basis
    if agreed := basis["agreed_until"]:
        return _("agreed until %(day)s") % {"day": format_day(agreed)}
    parts = [
        _("received %(day)s") % {"day": format_day(basis["received"])},
        _("%(weeks)s weeks") % {"weeks": basis["weeks"]},
        *([count_adjournment(more)] if (more := basis["adjourned_weeks"]) else []),
    ]
    return deadline_words.sum_parts(parts, deadline)


def count_adjournment(weeks: int) -> str:
    """The weeks by which we adjourned, in words (Awb 9:11(2))."""
    return ngettext("%(weeks)s week of adjournment", "%(weeks)s weeks of adjournment", weeks) % {"weeks": weeks}


SUMS: Mapping[str, SumInWords] = {
    Deadline.Kind.DECIDE_COMPLAINT: complaint_sum,
    Deadline.Kind.DECLINE_COMPLAINT: deadline_words.WeeksAfter("received"),
}
"""By kind of deadline, for the deadlines that the steps of a complaint open."""

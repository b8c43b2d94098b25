"""The deadlines of an application in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import deadline_words
from casework.deadline_words import SumInWords, format_day
from casework.models import Deadline

if TYPE_CHECKING:
    from exemptions.models.application import Application

TERMS = (Deadline.Kind.DECIDE, Deadline.Kind.SUPPLY, Deadline.Kind.VIEW, Deadline.Kind.OBJECT)
"""The terms that concern the applicant; the others are ours."""


def find_running_terms(application: "Application") -> QuerySet[Deadline]:
    """The running terms of an application that concern its applicant."""
    running = application.dossier.deadlines.open()
    return running.filter(case_type=application.CASE_TYPE, case_id=application.pk, kind__in=TERMS)


def decision_sum(deadline: Deadline, *, to_applicant: bool) -> str:
    """Received + weeks, or extended to, + days of suspension (Awb 4:13 to 4:15); or the day that a court set."""
    basis = deadline.basis
    if sent := basis.get("order_sent"):
        return deadline_words.describe_order(sent, deadline)
    start = _("received %(day)s + %(weeks)s weeks") % {"day": format_day(basis["received"]), "weeks": basis["weeks"]}
    if basis.get("extended_to"):
        start = _("extended to %(day)s") % {"day": format_day(basis["extended_to"])}
    return deadline_words.sum_parts(
        [start, *deadline_words.describe_suspension(basis, to_applicant=to_applicant)], deadline
    )


SUMS: Mapping[str, SumInWords] = {
    Deadline.Kind.DECIDE: decision_sum,
    Deadline.Kind.SUPPLY: deadline_words.describe_asked_term,
    Deadline.Kind.VIEW: deadline_words.describe_asked_term,
    Deadline.Kind.SET_ASIDE: deadline_words.WeeksAfter("term_ended"),
    Deadline.Kind.OBJECT: deadline_words.WeeksAfter("announced"),
    Deadline.Kind.SET_PENALTY: deadline_words.WeeksAfter("term_ended"),
}
"""For the kinds of deadline that the steps of an application open."""

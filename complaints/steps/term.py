"""What changes the term of a complaint: an adviser, an adjournment, or a later day agreed on (Awb 9:11)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.announcement import MADE_KNOWN, Sent
from casework.deadlines import MOST_ADJOURNED
from casework.models import EquatedDay
from casework.shared_steps import to_post
from casework.steps import Button, StepRefused, step
from complaints.letters import place_letter
from complaints.steps.announcement import send_letter
from complaints.steps.clock import open_term
from complaints.steps.permissions import may_handle
from complaints.steps.statuses import IN_HAND

if TYPE_CHECKING:
    from accounts.models import User
    from complaints.models import Complaint

YEAR = 366


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[lambda c: not c.adviser],
    records=("adviser", MADE_KNOWN),
    done=_("An adviser was asked about the complaint"),
    told=_("Somebody advises us about your complaint"),
    button=Button(
        _("Ask an adviser"),
        _("A person or committee that advises on complaints (Awb 9:14): the term becomes ten weeks."),
        sends_letter=True,
        rare=True,
    ),
)
def ask_adviser(complaint: "Complaint", *, by: "User | None", adviser: str) -> Sent:
    """Ask for advice: the term is ten weeks, once the complainant is told in time (Awb 9:11, 9:15)."""
    complaint.adviser = adviser
    return send_letter(complaint, "complaint_adviser")


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[lambda c: c.adviser and c.advised_on is None],
    records=("advised_on",),
    done=_("Advice about the complaint received"),
    button=Button(_("Note the advice"), _("What the adviser found; the outcome says where you deviate (Awb 9:16).")),
)
def receive_advice(complaint: "Complaint", *, by: "User | None", advice: str, advised_on: date) -> None:
    """Record the adviser's report (Awb 9:15(4))."""
    refuse_future(advised_on, field="advised_on")
    complaint.advice, complaint.advised_on = advice, advised_on


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[lambda c: c.adjourned_on is None and not waits_to_be_posted(c, "complaint_adjourned")],
    records=("adjourned_weeks", MADE_KNOWN),
    done=_("Complaint adjourned"),
    told=_("We need more time for your complaint"),
    button=Button(
        _("Adjourn"),
        _("Once, by at most four weeks, told before the term lapses (Awb 9:11, paragraph 2)."),
        sends_letter=True,
        rare=True,
    ),
)
def adjourn(complaint: "Complaint", *, by: "User | None", weeks: int, reason: str) -> Sent:
    """Adjourn by at most four weeks, telling the complainant before the term ends (Awb 9:11(2))."""
    refuse_late(complaint)
    if not 1 <= weeks <= MOST_ADJOURNED:
        raise StepRefused(gettext("A complaint is adjourned by one to four weeks (Awb 9:11)."), field="weeks")
    complaint.adjourned_weeks = weeks
    return send_letter(complaint, "complaint_adjourned", more={"explanation": reason})


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    records=("until",),
    done=_("A later day agreed for the complaint"),
    told=_("You agreed that we need more time"),
    button=Button(
        _("Agree on a later day"),
        _("Only when the complainant agrees (Awb 9:11, paragraph 3)."),
        sends_letter=True,
        rare=True,
    ),
)
def delay_further(complaint: "Complaint", *, by: "User | None", until: date, reason: str) -> None:
    """Adjourn further until a day that the complainant agrees to (Awb 9:11(3))."""
    if complaint.decide_by and until <= complaint.decide_by:
        raise StepRefused(gettext("The new day is not later than the present one."), field="until")
    if (until - clock.today()).days > YEAR:
        raise StepRefused(gettext("That day is more than a year away."), field="until")
    if EquatedDay.calendar().is_off(until):
        raise StepRefused(gettext("The last day is a weekend day or a holiday: choose a working day."), field="until")
    complaint.agreed_until = until
    open_term(complaint)
    place_letter(complaint, "complaint_delayed", more={"explanation": reason})


def waits_to_be_posted(complaint: "Complaint", kind: str) -> bool:
    """Whether a letter of this kind waits to be posted."""
    return to_post(complaint).filter(letter__kind=kind, letter__made_known_on=None).exists()


def refuse_late(complaint: "Complaint") -> None:
    """Refuse, because a lapsed term can only be extended with the complainant's consent."""
    if complaint.is_late:
        raise StepRefused(gettext("The term has ended: only a later day that the complainant agrees with is left."))


def refuse_future(day: date, *, field: str) -> None:
    """Refuse a day that is still to come."""
    if day > clock.today():
        raise StepRefused(gettext("That day is in the future."), field=field)

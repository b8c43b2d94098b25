"""Hearing the complainant and the person complained about (Awb 9:10)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.steps import Button, StepRefused, step
from complaints import letters
from complaints.steps.permissions import may_handle
from complaints.steps.statuses import IN_HAND
from exemptions.steps.clock import refuse_far

if TYPE_CHECKING:
    from accounts.models import User
    from complaints.models import Complaint


class Waived(TextChoices):
    """The grounds for not hearing anybody (Awb 9:10(2))."""

    UNFOUNDED = "unfounded", _("the complaint is evidently unfounded")
    NOT_WANTED = "not_wanted", _("the complainant said that they do not want to be heard")
    SILENT = "silent", _("the complainant did not answer in time whether they want to be heard")


def is_unheard(complaint: "Complaint") -> bool:
    """Whether there was neither a hearing nor a ground to do without one."""
    return complaint.heard_on is None and not complaint.hearing_waived


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[is_unheard, lambda c: c.reply_until is None and c.hearing_at is None],
    records=("reply_until",),
    done=_("Hearing offered to the complainant"),
    told=_("We asked whether you want to be heard"),
    button=Button(_("Offer a hearing"), _("Do they want to tell it to us (Awb 9:10)?"), sends_letter=True, main=True),
)
def offer_hearing(complaint: "Complaint", *, by: "User | None", reply_until: date) -> None:
    """Ask whether the complainant wants to be heard, until an end date (Awb 9:10(2)(c))."""
    if reply_until <= clock.today():
        raise StepRefused(gettext("Give the complainant some days to answer."), field="reply_until")
    refuse_far(reply_until, years=1, field="reply_until")
    complaint.reply_until = reply_until
    letters.place_letter(complaint, "complaint_hearing_offer")


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[is_unheard],
    records=("held_at",),
    done=_("Hearing about the complaint planned"),
    told=_("You are invited to a hearing"),
    button=Button(_("Plan the hearing"), _("Or move it: the latest invitation holds."), sends_letter=True),
)
def plan_hearing(complaint: "Complaint", *, by: "User | None", held_at: datetime, place: str) -> None:
    """Plan or move the hearing of the complainant and of the person complained about."""
    if held_at <= clock.now():
        raise StepRefused(gettext("That moment has passed."), field="day")
    refuse_far(timezone.localdate(held_at), years=1, field="day")
    complaint.hearing_at, complaint.hearing_place = held_at, place
    letters.place_letter(complaint, "complaint_hearing")


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[is_unheard],
    records=("heard_on",),
    done=_("Complainant heard"),
    told=_("You were heard"),
    button=Button(_("Write the report of the hearing"), _("What was said, by whom (Awb 9:10, paragraph 3).")),
)
def hold_hearing(complaint: "Complaint", *, by: "User | None", heard_on: date, report: str) -> None:
    """Record the hearing, planned or by phone, and its report (Awb 9:10(3))."""
    if heard_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="heard_on")
    if heard_on < complaint.came_in_on:
        raise StepRefused(gettext("The complaint came in later than that day."), field="heard_on")
    complaint.heard_on, complaint.hearing_report = heard_on, report


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[is_unheard],
    records=("ground",),
    done=_("No hearing about the complaint"),
    told=_("There is no hearing"),
    button=Button(_("No hearing"), _("Only on one of three grounds (Awb 9:10, paragraph 2).")),
)
def waive_hearing(complaint: "Complaint", *, by: "User | None", ground: str, because: str = "") -> None:
    """Waive the hearing on a ground of Awb 9:10(2); silence counts only after the term to respond."""
    if ground not in Waived.values:
        raise StepRefused(gettext("Choose the ground (Awb 9:10)."), field="ground")
    if ground == Waived.SILENT and not was_silent(complaint):
        raise StepRefused(gettext("Offer a hearing first, and wait until the day to answer is over."), field="ground")
    if ground == Waived.UNFOUNDED and not because.strip():
        raise StepRefused(gettext("Say why the complaint is evidently unfounded."), field="because")
    complaint.hearing_waived, complaint.hearing_waived_because = ground, because


def was_silent(complaint: "Complaint") -> bool:
    """Whether the last day to answer the offer has passed."""
    return complaint.reply_until is not None and complaint.reply_until < clock.today()

"""Intake: filed in the portal, registered at the desk, taken up, assigned, noted."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import shared_steps, snooze_steps
from casework.clock import today
from casework.steps import Button, StepRefused, step
from objections import letters
from objections.steps import clock
from objections.steps.penalty import can_be_contested
from objections.steps.permissions import may_act_for_objector, may_answer, may_assign, may_be_assigned, may_handle
from objections.steps.statuses import FILED, IN_HAND, OPEN
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models import Application
    from objections.models import Objection

COMING_IN = ("received_on", "posted_on", "announced_on")


@step(
    source=Status.DRAFT,
    target=Status.REGISTERED,
    permission=may_act_for_objector,
    records=COMING_IN,
    done=_("Objection sent"),
    told=_("Objection sent"),
)
def file(objection: "Objection", *, by: "User | None", received_on: date) -> None:
    """File the objection: received now (Awb 2:20), signed by the logged-in user, and confirmed at once (6:14)."""
    if received_on != today():
        raise ValueError("what comes in by the portal is received today")
    if not objection.is_in_time and not objection.late_reason.strip():
        raise StepRefused(
            gettext("The last day to object has passed. Tell us why you are late: we will look at your reason.")
        )
    objection.received_on, objection.signed = received_on, True
    come_in(objection)


@step(
    source=Status.DRAFT,
    target=Status.REGISTERED,
    permission=may_handle,
    records=COMING_IN,
    done=_("Objection registered"),
    told=_("Objection came in by post or otherwise"),
)
def register(objection: "Objection", *, by: "User | None", received_on: date, posted_on: date | None = None) -> None:
    """Register an objection on paper: its day of receipt counts, and the postmark (Awb 6:9)."""
    refuse_bad_days(objection, received_on=received_on, posted_on=posted_on)
    objection.received_on, objection.posted_on = received_on, posted_on
    objection.assigned_to = find_assignee(objection, by=by)
    come_in(objection)


def find_assignee(objection: "Objection", *, by: "User | None") -> "User | None":
    """Who gets the case after a step of this user: nobody if they took a decision that it is about."""
    return None if by is None or objection.was_decided_by(by) else by


@step(
    source=IN_HAND,
    target=None,
    permission=may_be_assigned,
    done=_("Objection taken up"),
    button=Button(_("Put it in your name"), _("The objection is yours from now on.")),
)
def take_up(objection: "Objection", *, by: "User | None") -> None:
    """Begin handling the case."""
    objection.assigned_to = by


assign = step(
    source=OPEN,
    target=None,
    permission=may_assign,
    records=("to",),
    done=_("Objection assigned"),
    button=Button(_("Assign"), _("Give the objection to a colleague."), rare=True),
)(shared_steps.assign)


@step(
    source=OPEN,
    target=None,
    permission=may_answer,
    conditions=[lambda o: not o.costs_asked],
    done=_("Costs of the objection asked"),
    told=_("Asked us to pay the costs"),
    button=Button(
        _("Note that costs are asked"),
        _("The objector asks us to pay the costs of the objection: possible until we decide (Awb 7:15)."),
        rare=True,
    ),
)
def ask_costs(objection: "Objection", *, by: "User | None") -> None:
    """Record that the objector asks us to pay the costs of the objection, possible until we decide (Awb 7:15(3))."""
    objection.costs_asked = True


snooze = snooze_steps.snooze(source=OPEN, permission=snooze_steps.own_only(may_handle))
wake = snooze_steps.wake(source=OPEN, permission=snooze_steps.own_only(may_handle))


note = step(
    source=FILED,
    target=None,
    permission=may_handle,
    records=("to",),
    done=_("Note written on the objection"),
    button=Button(_("Write a note"), _("A remark on the objection."), prefilled=("to",)),
)(shared_steps.note)


@step(
    source=OPEN,
    target=None,
    permission=lambda _objection, _user: False,
    records=("announced_on",),
    done=_("The decision under attack was made known: the terms are counted from then"),
)
def learn_announcement(objection: "Objection", *, by: None) -> None:
    """Record that the contested decision was posted after the objection came in: the term ends later (Awb 6:8)."""
    clock.open_decision_term(objection)


def come_in(objection: "Objection") -> None:
    """Start the clock and confirm receipt. A penalty that another objection is about is left to that one."""
    if objection.penalty and not can_be_contested(objection.penalty):
        objection.penalty = None
    clock.open_decision_term(objection)
    letters.place_letter(objection, "objection_receipt")


def refuse_undecided(application: "Application", *, field: str = "") -> None:
    """Raise StepRefused without an unrevoked decision: one objects to a decision (Awb 7:1)."""
    if not application.decisions.filter(revoked_at=None).exists():
        message = gettext("There is no decision on this application to which one could object.")
        raise StepRefused(message, field=field)


def refuse_bad_days(objection: "Objection", *, received_on: date, posted_on: date | None) -> None:
    """Raise StepRefused for a day of receipt in the future, or before posting.

    Nor can it precede the decision, although it may precede its announcement (Awb 6:10(1)(a)).
    """
    if received_on > today():
        raise StepRefused(
            gettext("An objection cannot have come in on a day that is still to come."), field="received_on"
        )
    if received_on < timezone.localdate(objection.decision.taken_at):
        raise StepRefused(
            gettext("The decision was taken later than that day. Is it about another decision?"),
            field="received_on",
        )
    if posted_on and posted_on > received_on:
        raise StepRefused(gettext("The postmark is later than the day of receipt."), field="posted_on")
    if posted_on and objection.channel != objection.Channel.POST:
        raise StepRefused(gettext("Only what came by post has a postmark (Awb 6:9, paragraph 2)."), field="posted_on")

"""Deciding too late: the notice of default, the penalty (Awb 4:17, 4:18), and the order of a court (8:55d)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework import court_orders, penalties, shared_steps
from casework.announcement import MADE_KNOWN, Sent
from casework.steps import Button, step
from exemptions.models.decision import Decision, Outcome
from exemptions.steps import clock
from exemptions.steps.announcement import send_letter
from exemptions.steps.permissions import at_desk, may_answer, may_decide
from exemptions.steps.statuses import DECIDED, FILED, OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import DefaultNotice
    from exemptions.models.application import Application

receive_default_notice = step(
    source=(*OPEN, *DECIDED),
    target=None,
    permission=may_answer,
    conditions=[lambda a: a.is_being_decided],
    records=("received_on",),
    done=_("Notice of default on the application received"),
    told=_("Told us that we are late (notice of default)"),
    button=Button(
        _("Note a notice of default"),
        _("The applicant tells us that we are late: two weeks later each day costs money (Awb 4:17)."),
        sends_letter=True,
        rare=True,
    ),
)(shared_steps.receive_default_notice)


set_penalty = step(
    source=FILED,
    target=None,
    permission=may_decide,
    conditions=[penalties.is_to_set],
    records=("without", "amount_eur", MADE_KNOWN),
    done=_("Penalty set for deciding late on the application"),
    told=_("We decided about the penalty for being late"),
    button=shared_steps.SET_PENALTY,
)(shared_steps.set_penalty)


def decide_penalty(
    application: "Application",
    notice: "DefaultNotice",
    *,
    by: "User | None",
    explanation: str,
    more: Mapping[str, object],
) -> Sent:
    """The decision on the amount, and its letter: one can object from the day on which that is made known (6:8)."""
    decision = new_penalty_decision(application, notice, by=by, explanation=explanation)
    return send_letter(application, "penalty_set", decision=decision, more=more, by=by)


def new_penalty_decision(
    application: "Application", notice: "DefaultNotice", *, by: "User | None", explanation: str
) -> Decision:
    """The amount of a penalty as a decision in the application's dossier (Awb 4:18)."""
    return application.take_decision(
        outcome=Outcome.PENALTY, penalty=notice, penalty_eur=notice.amount_eur, explanation=explanation, taken_by=by
    )


@step(
    source=(*OPEN, *DECIDED),
    target=None,
    permission=at_desk("revise_decision"),
    conditions=[lambda a: a.is_being_decided],
    records=("until", "sent_on", "euros_a_day", "most_eur"),
    done=_("The court set a last day to decide on the application"),
    told=_("The court gave us a last day to decide"),
)
def keep_to_order(
    application: "Application",
    *,
    by: "User | None",
    until: date,
    sent_on: date,
    euros_a_day: int = 0,
    most_eur: int | None = None,
) -> None:
    """Record a court order to decide by a day, because we are late (Awb 8:55d); it replaces every other term."""
    clock.refuse_far(until, years=1, field="until")
    court_orders.give_order(application, sent_on=sent_on, until=until, euros_a_day=euros_a_day, most_eur=most_eur)
    clock.open_decision_term(application)

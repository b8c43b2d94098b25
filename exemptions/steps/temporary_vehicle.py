"""A temporary vehicle for some days, while the holder's own is in the garage, after which that has it again.

It takes a decision in addition to the standing one, with an exemption of its own; meanwhile that of the holder's own
vehicle is suspended, so that both are never valid at once.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, Sent
from casework.clock import now, today
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.steps import Button, StepRefused, step
from exemptions import terms
from exemptions.models.decision import Change, Outcome
from exemptions.models.exemption import Exemption
from exemptions.steps.amendment import (
    TERM_NOW,
    Vehicle,
    announce_change,
    decide_in_addition,
    find_loan,
    first_day,
    get_standing,
    has_exemption,
    hindrance_to_amendment,
    refuse_unfit,
)
from exemptions.steps.lawful import refuse_hindered
from exemptions.steps.permissions import find_decider, may_decide, may_give_up
from exemptions.steps.statuses import Status
from exemptions.steps.validity import new_exemption

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


def has_loan(application: "Application") -> bool:
    """Whether a temporary vehicle has the exemption, now or later."""
    return not application.chosen_kind.is_day and find_loan(application) is not None


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_exemption],
    records=(*TERM_NOW, MADE_KNOWN),
    done=_("Temporary vehicle allowed"),
    told=_("Your exemption is for a temporary vehicle for some days"),
    button=Button(
        _("Allow a temporary vehicle"),
        _("For some days the exemption is for another vehicle, and not for the own one. Then it is as it was."),
        sends_letter=True,
        rare=True,
    ),
)
def allow_temporary_vehicle(
    application: "Application",
    *,
    by: "User | None",
    vehicle: Vehicle,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
) -> Sent:
    """Allow another vehicle temporarily, within the exemption and no longer than the policy allows."""
    refuse_hindered(hindrance_to_amendment(application))
    own = get_standing(application)
    if (vehicle.plate, vehicle.country) == (own.plate, own.country):
        raise StepRefused(gettext("The exemption is for this vehicle already."), field="plate")
    refuse_unfit(application, vehicle.facts)
    refuse_bad_days(own, starts_on=starts_on, ends_on=ends_on)
    decision = decide_in_addition(
        own,
        Outcome.TEMPORARY,
        Change.LOAN,
        by=by,
        explanation=explanation,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    window = terms.long_window(starts_on, ends_on)
    window = window._replace(starts_at=max(window.starts_at, now()))
    loan = new_exemption(decision, window=window, plate=vehicle.plate, country=vehicle.country, temporary=True)
    own.suspensions.create(decision=decision, starts_at=loan.starts_at, ends_at=loan.ends_at)
    return announce_change(decision, "temporary_vehicle", loan, own)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_give_up,
    conditions=[has_loan],
    records=(MADE_KNOWN,),
    done=_("Temporary vehicle ended"),
    told=_("Your exemption is for your own vehicle again"),
    button=Button(
        _("End the temporary vehicle"), _("From now on the exemption is for the own vehicle again."), sends_letter=True
    ),
)
def end_temporary_vehicle(application: "Application", *, by: "User | None", explanation: str = "") -> Sent:
    """End the temporary vehicle early: from now on the exemption is for the holder's own vehicle again."""
    own, loan = get_standing(application), find_loan(application)
    if loan is None:
        raise Exemption.DoesNotExist
    loan.revoked_at = now()
    loan.save(update_fields=["revoked_at"])
    own.suspensions.filter(decision=loan.decision).update(ends_at=max(loan.starts_at, now()))
    application.forget_exemptions()
    decider = find_decider(application, by)
    decision = decide_in_addition(own, Outcome.RESUMED, Change.LIFTING, by=decider, explanation=explanation)
    return announce_change(decision, "temporary_vehicle_ended", own, loan)


def refuse_bad_days(own: Exemption, *, starts_on: date, ends_on: date) -> None:
    """Raise StepRefused for days in the past, outside the exemption, or more than policy allows."""
    if starts_on < max(today(), first_day(own)):
        raise StepRefused(gettext("Choose a first day from today on, within the exemption."), field="starts_on")
    if not starts_on <= ends_on <= own.ends_on:
        about = {"first": format_day(starts_on), "last": format_day(own.ends_on)}
        raise StepRefused(gettext("Choose a last day from %(first)s until %(last)s.") % about, field="ends_on")
    most = CurrentPolicy.on(today()).number("temporary_vehicle_days")
    if (ends_on - starts_on).days >= most:
        raise StepRefused(
            gettext("At most %(days)s days: for longer, move the exemption to the other vehicle.") % {"days": most},
            field="ends_on",
        )

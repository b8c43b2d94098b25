"""Preliminary relief (voorlopige voorziening, Awb 8:81): asked of the court alongside an objection or an appeal."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.steps import Button, StepRefused, step
from objections.steps.permissions import may_handle
from objections.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection, PreliminaryRelief


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    records=("asked_on",),
    done=_("Preliminary relief requested"),
    told=_("The court was asked for preliminary relief"),
    button=Button(
        _("Note preliminary relief"),
        _("The court informs us that preliminary relief was requested (Awb 8:81)."),
        rare=True,
    ),
)
def ask_relief(objection: "Objection", *, by: "User | None", court: str, asked_on: date, case_number: str = "") -> None:
    """Record that preliminary relief was requested, as the court reports."""
    if asked_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="asked_on")
    objection.reliefs.create(court=court, asked_on=asked_on, case_number=case_number)


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.reliefs.filter(outcome="").exists()],
    records=("relief", "outcome", "decided_on"),
    done=_("Preliminary relief decided"),
    told=_("The judge decided about preliminary relief"),
    button=Button(
        _("Note the outcome of preliminary relief"), _("The judge has spoken, or the request was withdrawn.")
    ),
)
def judge_relief(
    objection: "Objection",
    *,
    by: "User | None",
    relief: "PreliminaryRelief",
    outcome: str,
    decided_on: date,
    explanation: str = "",
) -> None:
    """Record the ruling on preliminary relief, or that the request was withdrawn."""
    if relief.objection_id != objection.pk or relief.outcome:
        raise StepRefused(gettext("Choose a request that is still open."), field="relief")
    if outcome not in relief.Outcome.values:
        raise StepRefused(gettext("Choose what the judge said."), field="outcome")
    if decided_on < relief.asked_on or decided_on > clock.today():
        raise StepRefused(gettext("That day is before the request, or still to come."), field="decided_on")
    relief.outcome, relief.decided_on, relief.explanation = outcome, decided_on, explanation
    relief.save(update_fields=["outcome", "decided_on", "explanation"])

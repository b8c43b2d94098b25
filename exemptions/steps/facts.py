"""The facts about the vehicle: disputed by the applicant, corrected by the caseworker; the case keeps both."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.steps import Button, StepRefused, step
from exemptions.models.facts import FactsRecord, as_json
from exemptions.steps.permissions import may_act_for_applicant, may_correct
from exemptions.steps.statuses import DECIDED, OPEN, Status
from zones.access import VehicleFacts

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=OPEN,
    target=None,
    permission=may_act_for_applicant,
    done=_("The applicant says that the vehicle data are wrong"),
    told=_("Told us that the vehicle data are wrong"),
)
def dispute_facts(application: "Application", *, by: "User | None", why: str) -> None:
    """Record that the applicant disputes the vehicle data."""
    if not why.strip():
        raise StepRefused(gettext("Tell us what is wrong, and what it should be."))
    application.facts_disputed = why


def may_be_corrected(application: "Application") -> bool:
    """Whether facts can be corrected: before the decision, or before a new one upon an objection (Awb 7:11).

    A day exemption is granted at once, so its facts are checked afterwards.
    """
    return application.status in OPEN or application.has_standing_day() or application.is_contested()


@step(
    source=(*OPEN, *DECIDED, Status.CONVERTED),
    target=None,
    permission=may_correct,
    conditions=[may_be_corrected],
    done=_("Vehicle data corrected or confirmed"),
    told=_("Vehicle data checked"),
    button=Button(
        _("Correct the vehicle data"),
        _("Put the data right, or confirm what the applicant typed. The case keeps every version."),
        rare=True,
    ),
)
def correct_facts(
    application: "Application", *, by: "User | None", facts: VehicleFacts, reason: str, found_wrong: bool = False
) -> None:
    """Correct the vehicle data, or confirm what the applicant typed, with a reason; they then count as verified.

    `found_wrong`: a day exemption was given that could not have been given on these, so that a colleague revokes it.
    """
    if found_wrong and not application.has_standing_day():
        raise StepRefused(gettext("Only of a day exemption is said that it was given on wrong data."))
    if not reason.strip():
        raise StepRefused(gettext("Give the reason of the correction: what you saw, and where."), field="reason")
    application.record_facts(
        source=FactsRecord.Source.CASEWORKER, facts=as_json(facts), reason=reason, found_wrong=found_wrong, by=by
    )
    if facts.category in ("van", "truck"):
        application.vehicle_class = facts.category
    application.facts_verified, application.facts_disputed = True, ""

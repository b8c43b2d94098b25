"""Applications through another channel than the portal, registered by a colleague (Awb 2:7(2), 4:1)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import deadlines
from casework.clock import today
from casework.deadline_words import format_day
from casework.steps import Button, StepRefused, step
from exemptions import letters
from exemptions.duplicates import find_own_duplicate
from exemptions.steps import clock
from exemptions.steps.permissions import may_handle, may_register
from exemptions.steps.statuses import OPEN, Status
from exemptions.terms import start_of_day
from zones.models import Zone

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=Status.DRAFT,
    target=Status.SUBMITTED,
    permission=may_register,
    conditions=[lambda a: a.is_registered],
    records=("channel", "received_on"),
    done=_("Application registered"),
    told=_("Application came in by post or otherwise"),
)
def register(application: "Application", *, by: "User | None", decided_at_once: bool = False) -> None:
    """Register an application that did not come in by the portal: the term starts on the day of receipt (Awb 4:13).

    What is missing stands in no way: it is received, and the desk asks for it afterwards (4:5). What is decided in the
    same moment needs no receipt and no clock.
    """
    if lacking := list(find_indispensable(application)):
        raise StepRefused(lacking)
    received_on = application.registration.received_on
    clock.start_receipt(application, at=start_of_day(received_on) if received_on else None)
    application.dossier.give_number(on=today())
    if not decided_at_once:
        clock.open_decision_term(application)
        letters.place_letter(application, "receipt")


@step(
    source=OPEN,
    target=None,
    permission=may_handle,
    conditions=[lambda a: not a.is_registered],
    records=("received_on",),
    done=_("Counted from an earlier email"),
    told=_("We count from the day of your email"),
    button=Button(
        _("Count from an earlier email"),
        _("They first applied by email, and then in the portal in time: the day of the email counts (Awb 2:23)."),
        rare=True,
    ),
)
def repair_channel(application: "Application", *, by: "User | None", sent_on: date, repair_by: date) -> None:
    """Count from an earlier email, because the application then came by the portal in time (Awb 2:23)."""
    if sent_on >= application.received_on:
        raise StepRefused(gettext("The email came before the application in the portal."), field="sent_on")
    if deadlines.receipt_day(sent_on, repaired=application.received_on, repair_by=repair_by) != sent_on:
        raise StepRefused(gettext("It came in the portal after that day: its own day counts."), field="repair_by")
    application.received_at = start_of_day(sent_on)
    clock.open_decision_term(application)


def find_first_day() -> date:
    """The first day of any zone; nobody applied earlier."""
    first: date | None = Zone.objects.aggregate(first=Min("starts_on"))["first"]
    return first or today()


def refuse_early(day: date, *, field: str) -> None:
    """Raise StepRefused for a day before there were zones: a typing error from which every term would be counted."""
    if day < (first := find_first_day()):
        message = gettext("There were no zones before %(day)s. Is the year right?") % {"day": format_day(first)}
        raise StepRefused(message, field=field)


def find_indispensable_for_day(application: "Application") -> Iterator[str]:
    """What is missing to grant a day exemption, which happens at once: the vehicle and the day."""
    if not application.plate:
        yield gettext("Fill in the plate: a day exemption is for one vehicle.")
    elif not application.vehicle_class:
        yield gettext("Fill in whether it is a van or a truck.")
    if application.wanted_from is None:
        yield gettext("Fill in the day: a day exemption is for one day. Register each further day by itself.")


def find_indispensable(application: "Application") -> Iterator[str]:
    """What is missing without which we cannot handle an application: who asks what from whom, and since when."""
    if application.applicant is None:
        yield gettext("Fill in who applies: without a name and address we can answer nobody.")
    if application.kind is None:
        yield gettext("Choose the kind that fits best. You can convert it later.")
    elif application.kind.is_municipal and application.municipality is None:
        yield gettext("Choose the municipality: it decides on this kind.")
    if application.kind and application.kind.is_day:
        yield from find_indispensable_for_day(application)
    if application.registration.received_on is None:
        yield gettext(
            "It came in by a way that is not open. Register it once the applicant has sent it by post, or handed it "
            "in at the counter (Awb 2:23)."
        )
    if duplicate := find_own_duplicate(application):
        yield gettext("Application %(number)s asks the same and is still open. Add the papers there.") % {
            "number": duplicate.dossier
        }

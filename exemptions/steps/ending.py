"""Ending without a decision on the application: convert to a better fitting kind, withdraw, forward elsewhere."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, court_orders, penalties, suspensions
from casework.announcement import MADE_KNOWN, Sent
from casework.models import Dossier, OtherBody
from casework.steps import Button, StepRefused, step
from exemptions import forwarding, letters
from exemptions.duplicates import has_own_duplicate
from exemptions.models.decision import Outcome
from exemptions.models.evidence import EvidenceItem
from exemptions.models.kind import KindVersion
from exemptions.steps.announcement import send_letter
from exemptions.steps.permissions import may_answer, may_handle
from exemptions.steps.statuses import DECIDABLE, OPEN, Status
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application

CARRIED_OVER = (
    "applicant",
    "owner",
    "language",
    "channel",
    "plate",
    "country",
    "vehicle_class",
    "facts_verified",
    "facts_disputed",
    "wanted_from",
    "wanted_until",
    "extended_to",
    "extended_on",
    "reopened_on",
)


@step(
    source=(*DECIDABLE, Status.WAITING),
    target=Status.CONVERTED,
    permission=may_handle,
    records=("kind", MADE_KNOWN),
    done=_("Converted to another kind"),
    told=_("Application goes on as another kind of exemption"),
    button=Button(
        _("Convert to another kind"),
        _("A new case takes over, with the day of receipt of this one; this case ends."),
        sends_letter=True,
        rare=True,
    ),
)
def convert(
    application: "Application",
    *,
    by: "User | None",
    kind: KindVersion,
    reason: str,
    municipality: Municipality | None = None,
) -> Sent:
    """Convert to a kind that fits better: a linked new case keeps the day of receipt and the caseworker.

    Not to decide on what was asked is a decision, to which one can object (Awb 6:2(a)).
    """
    refuse_bad_conversion(application, kind=kind, municipality=municipality)
    successor = new_successor(application, kind=kind, municipality=municipality)
    carry_over_requests(application, successor)
    suspensions.carry_over(application, successor)
    court_orders.carry_over_order(application, successor)
    successor.receive_conversion(by=by, origin=application)
    application.dossier.close_every_deadline(application)
    penalties.carry_over_notice(application, successor)
    decision = application.take_decision(outcome=Outcome.CONVERTED, explanation=reason, taken_by=by)
    return send_letter(application, "converted", decision=decision, new_kind=kind, successor=successor)


@step(
    source=OPEN,
    target=Status.WITHDRAWN,
    permission=may_answer,
    done=_("Withdrawn"),
    told=_("Application withdrawn"),
    button=Button(
        _("Withdraw for the applicant"),
        _("The applicant has told you that they are withdrawing the application."),
        sends_letter=True,
        rare=True,
    ),
)
def withdraw(application: "Application", *, by: "User | None", reason: str = "") -> None:
    """Withdraw the application; the status it had shows whether it had been taken up."""
    if reason.strip() and by is not None:
        application.notes.create(text=reason, by=by)
    end_case(application)
    letters.place_letter(application, "withdrawn")


@step(
    source=OPEN,
    target=Status.FORWARDED,
    permission=may_handle,
    records=forwarding.RECORDS,
    done=_("Application forwarded"),
    told=_("We forwarded your application"),
    button=forwarding.FORWARD,
)
def forward(application: "Application", *, by: "User | None", body: OtherBody, because: str) -> None:
    """Forward an application meant for another body at once, and tell the applicant (Awb 2:3(1)).

    Nothing is due here any more, and it is no decision: one cannot object to it.
    """
    end_case(application)
    more = {"body": body.with_address}
    letters.place_letter(application, "forwarded", explanation=because, more=more)
    sender, day = str(application.applicant or ""), application.received_on
    forwarding.write_to_body(application, body, sender=sender, received_on=day, because=because)


def end_case(application: "Application") -> None:
    """Settle open proposals, close all terms, and stop a penalty."""
    application.proposals.filter(settled_at=None).update(settled_at=clock.now())
    application.dossier.close_every_deadline(application)
    penalties.stop_penalty(application, on=clock.today())


def refuse_bad_conversion(application: "Application", *, kind: KindVersion, municipality: Municipality | None) -> None:
    """Raise StepRefused unless it is another kind that fits the vehicle, with a municipality for a municipal one."""
    if kind.code == application.chosen_kind.code:
        raise StepRefused(gettext("It is already this kind."), field="kind")
    if kind.is_day or application.vehicle_class not in kind.vehicles:
        raise StepRefused(gettext("This kind is not for this vehicle."), field="kind")
    if kind.is_municipal and municipality is None:
        raise StepRefused(gettext("Choose the municipality that will decide."), field="municipality")
    if municipality is not None and kind.is_municipal and not kind.exists_in(municipality):
        raise StepRefused(gettext("This municipality does not have this exemption."), field="municipality")
    if has_own_duplicate(application, kind=kind, municipality=municipality):
        raise StepRefused(
            gettext("This applicant has an open application of that kind for this plate already."), field="kind"
        )


def carry_over_requests(application: "Application", successor: "Application") -> None:
    """Copy the requests for completion, so that the days they suspended still count; an open one ends today."""
    for request in application.completion_requests.order_by("round"):
        if request.closed_on is None and request.answered_on is None:
            request.closed_on = min(clock.today(), request.ends_on)
            request.save(update_fields=["closed_on"])
        request.pk, request.application = None, successor
        request.save(force_insert=True)


def new_successor(application: "Application", *, kind: KindVersion, municipality: Municipality | None) -> "Application":
    """The same application as another kind, with what was entered, and the files that both kinds ask for."""
    successor = type(application).objects.create(
        dossier=Dossier.objects.create(),
        kind=kind,
        municipality=municipality if kind.is_municipal else None,
        converted_from=application,
        assigned_to_id=application.assigned_to_id,
        **{name: getattr(application, name) for name in CARRIED_OVER},
    )
    if facts := application.current_facts:
        facts.pk, facts.application = None, successor
        facts.save(force_insert=True)
    carry_over_evidence(application, successor)
    return successor


def carry_over_evidence(application: "Application", successor: "Application") -> None:
    """Make the checklist of the new kind, with the files that both kinds ask for."""
    link: Any = EvidenceItem.documents.through
    old = link.objects.filter(evidenceitem__application=application).order_by("pk")
    old_files = old.values_list("evidenceitem__requirement__code", "document_id")
    wanted = [EvidenceItem(application=successor, requirement=one) for one in successor.chosen_kind.evidence.all()]
    items = EvidenceItem.objects.bulk_create(wanted)
    files = [(item, file) for code, file in old_files for item in items if item.requirement.code == code]
    link.objects.bulk_create([link(evidenceitem=item, document_id=file) for item, file in files])

"""Ending without a decision: withdrawn (Awb 6:21), or forwarded to the court (7:1a) or another body (6:15)."""

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, penalties
from casework.steps import Button, StepRefused, step
from exemptions import forwarding
from objections import letters
from objections.models.appeal import Appeal
from objections.steps.permissions import may_answer, may_decide, may_handle
from objections.steps.statuses import IN_HAND, OPEN
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import OtherBody
    from objections.models import Objection


class Withdrawn(TextChoices):
    """How an objection was withdrawn (Awb 6:21): in writing, or orally, but only at a hearing."""

    WRITING = "writing", _("in writing")
    HEARING = "hearing", _("at the hearing")


@step(
    source=OPEN,
    target=Status.WITHDRAWN,
    permission=may_answer,
    records=("how",),
    done=_("Objection withdrawn"),
    told=_("Objection withdrawn"),
    button=Button(
        _("Withdraw for the objector"),
        _("The objector has told you that they are withdrawing the objection (Awb 6:21)."),
        sends_letter=True,
        rare=True,
    ),
)
def withdraw(
    objection: "Objection", *, by: "User | None", how: str = Withdrawn.WRITING.value, reason: str = ""
) -> None:
    """Withdraw the objection."""
    if how not in Withdrawn.values:
        raise StepRefused(gettext("Choose how it was taken back (Awb 6:21)."), field="how")
    if how == Withdrawn.HEARING and not is_being_heard(objection):
        raise StepRefused(gettext("Orally only at a hearing (Awb 6:21); there is none now."), field="how")
    if reason.strip() and by is not None:
        objection.notes.create(text=reason, by=by)
    close_terms(objection)
    letters.place_letter(objection, "objection_withdrawn")


@step(
    source=IN_HAND,
    target=None,
    permission=may_decide,
    conditions=[lambda o: o.direct_appeal_asked and o.direct_appeal_refused_on is None],
    done=_("Direct appeal refused"),
    told=_("We decide on the objection ourselves first"),
    button=Button(
        _("Refuse direct appeal"), _("We decide on the objection ourselves first (Awb 7:1a)."), sends_letter=True
    ),
)
def refuse_direct_appeal(objection: "Objection", *, by: "User | None", reason: str) -> None:
    """Refuse direct appeal: we decide on the objection first (Awb 7:1a)."""
    objection.direct_appeal_refused_on = clock.today()
    letters.place_letter(objection, "objection_direct_refused", more={"explanation": reason})


@step(
    source=IN_HAND,
    target=Status.FORWARDED,
    permission=may_decide,
    conditions=[lambda o: o.direct_appeal_asked and o.direct_appeal_refused_on is None],
    records=("none_to_come",),
    done=_("Objection forwarded to the court"),
    told=_("Sent on to the court"),
    button=Button(
        _("Forward to the court"),
        _("Direct appeal: the court gets the objection at once, with its day of receipt (Awb 7:1a)."),
        sends_letter=True,
    ),
)
def agree_direct_appeal(objection: "Objection", *, by: "User | None", court: str, none_to_come: bool = False) -> None:
    """Agree to direct appeal, and forward it to the court at once with the day of receipt (Awb 7:1a(5)).

    While one can still object it must be likely that nobody else will (7:1a(4)): `none_to_come`.
    """
    if objection.needs_excuse:
        raise StepRefused(gettext("It came too late: judge first whether that is excused (Awb 6:11)."))
    if objection.term_to_object_runs and not none_to_come:
        raise StepRefused(
            gettext("One can still object. Agree only if no other objections are to be expected (Awb 7:1a)."),
            field="none_to_come",
        )
    close_terms(objection)
    appeal = Appeal.objects.create(
        dossier=objection.dossier, objection=objection, court=court, against=Appeal.Against.DIRECT
    )
    appeal.lodge(by=by, filed_on=objection.came_in_on)
    letters.place_letter(objection, "objection_forwarded", more={"court": court})


@step(
    source=OPEN,
    target=Status.FORWARDED,
    permission=may_handle,
    records=forwarding.RECORDS,
    done=_("Objection forwarded to another body"),
    told=_("We forwarded your objection"),
    button=forwarding.FORWARD,
)
def forward(objection: "Objection", *, by: "User | None", body: "OtherBody", because: str) -> None:
    """Forward an objection that another body decides on at once, and tell the objector (Awb 6:15(1)).

    The day on which it came in here counts there (6:15(3)).
    """
    close_terms(objection)
    letters.place_letter(objection, "objection_to_body", more={"body": body.with_address, "explanation": because})
    sender, day = str(objection.application.applicant or ""), objection.came_in_on
    forwarding.write_to_body(objection, body, sender=sender, received_on=day, because=because)


def is_being_heard(objection: "Objection") -> bool:
    """Whether the day of the planned hearing has come."""
    hearing = objection.current_hearing if objection.status == Status.HEARING_PLANNED else None
    return hearing is not None and hearing.day is not None and hearing.day <= clock.today()


def close_terms(objection: "Objection") -> None:
    """Close all terms, and stop a penalty."""
    objection.dossier.close_every_deadline(objection)
    penalties.stop_penalty(objection, on=clock.today())

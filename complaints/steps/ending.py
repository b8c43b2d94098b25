"""How a complaint ends: settled, not handled, concluded, withdrawn, or forwarded."""

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.announcement import MADE_KNOWN, TERM, Sent
from casework.steps import Button, StepRefused, step
from complaints import letters
from complaints.steps.announcement import end_terms, send_letter
from complaints.steps.hearing import is_unheard
from complaints.steps.permissions import may_handle, may_withdraw
from complaints.steps.statuses import IN_HAND, OPEN
from complaints.steps.statuses import ComplaintStatus as Status
from exemptions import forwarding
from objections.steps.intake import refuse_undecided

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import OtherBody
    from complaints.models import Complaint


class Outcome(TextChoices):
    """Our judgment of the conduct (Awb 9:12)."""

    JUSTIFIED = "justified", _("justified")
    PARTLY = "partly", _("partly justified")
    UNJUSTIFIED = "unjustified", _("unjustified")
    OPEN = "open", _("no judgment")


class Declined(TextChoices):
    """The grounds on which we need not handle the complaint (Awb 9:8(1) and (2))."""

    EARLIER = "earlier", _("an earlier complaint about it was handled (Awb 9:8(1)(a))")
    OLD = "old", _("it happened more than a year before the complaint (Awb 9:8(1)(b))")
    OBJECTION = "objection", _("one could have objected to it (Awb 9:8(1)(c))")
    APPEAL = "appeal", _("one can or could appeal against it (Awb 9:8(1)(d))")
    COURT = "court", _("another court judges it, or did (Awb 9:8(1)(e))")
    CRIMINAL = "criminal", _("a criminal investigation or prosecution is under way (Awb 9:8(1)(f))")
    MINOR = "minor", _("the interest or the weight of the conduct is evidently too small (Awb 9:8(2))")


@step(
    source=OPEN,
    target=Status.SETTLED,
    permission=may_handle,
    records=(TERM,),
    done=_("Complaint settled to satisfaction"),
    told=_("Your complaint was settled to your satisfaction"),
    button=Button(
        _("Settled to satisfaction"),
        _("The complainant told you that they are satisfied: there is no duty to go on (Awb 9:5)."),
        sends_letter=True,
    ),
)
def settle(complaint: "Complaint", *, by: "User | None", how: str) -> Sent:
    """Settle to the complainant's satisfaction, which ends the duty to handle the complaint (Awb 9:5)."""
    term = complaint.decision_term
    complaint.settled_how = how
    end_terms(complaint, on=clock.today())
    letters.place_letter(complaint, "complaint_settled", more={"explanation": how})
    return {TERM: term}


@step(
    source=OPEN,
    target=Status.DECLINED,
    permission=may_handle,
    records=("ground", MADE_KNOWN, TERM),
    done=_("Complaint not handled"),
    told=_("We do not handle your complaint"),
    button=Button(
        _("Do not handle it"),
        _("On one of the grounds of Awb 9:8, told within four weeks after receipt."),
        sends_letter=True,
        rare=True,
    ),
)
def decline(complaint: "Complaint", *, by: "User | None", ground: str, because: str) -> Sent:
    """Decline a complaint that need not be handled: in writing, within four weeks, naming the ombudsman (9:8(3))."""
    if ground not in Declined.values:
        raise StepRefused(gettext("Choose the ground (Awb 9:8)."), field="ground")
    if ground == Declined.OLD and not complaint.is_old:
        raise StepRefused(gettext("It did not happen more than a year before the complaint."), field="ground")
    complaint.declined_because = ground
    return send_letter(complaint, "complaint_declined", more={"explanation": because})


@step(
    source=IN_HAND,
    target=Status.CONCLUDED,
    permission=may_handle,
    conditions=[lambda c: not c.adviser or c.advised_on is not None],
    records=("outcome", MADE_KNOWN, TERM),
    done=_("Outcome of the complaint told"),
    told=_("We told you the outcome of your complaint"),
    button=Button(
        _("Tell the outcome"),
        _("What you found, what we think of it, and what we do about it (Awb 9:12)."),
        sends_letter=True,
        main=True,
    ),
)
def conclude(
    complaint: "Complaint", *, by: "User | None", outcome: str, findings: str, judgment: str, conclusions: str = ""
) -> Sent:
    """Conclude the complaint: findings, judgment and conclusions with reasons, and where to go next (Awb 9:12)."""
    if outcome not in Outcome.values:
        raise StepRefused(gettext("Choose the judgment."), field="outcome")
    if is_unheard(complaint):
        raise StepRefused(gettext("First the hearing, or the ground on which there is none (Awb 9:10)."))
    complaint.outcome, complaint.findings = outcome, findings
    complaint.judgment, complaint.conclusions = judgment, conclusions
    return send_letter(complaint, "complaint_outcome")


@step(
    source=OPEN,
    target=Status.WITHDRAWN,
    permission=may_withdraw,
    records=(TERM,),
    done=_("Complaint withdrawn"),
    told=_("Complaint withdrawn"),
    button=Button(
        _("Withdraw for the complainant"), _("The complainant has told you so."), sends_letter=True, rare=True
    ),
)
def withdraw(complaint: "Complaint", *, by: "User | None") -> Sent:
    """Withdraw the complaint."""
    term = complaint.decision_term
    end_terms(complaint, on=clock.today())
    letters.place_letter(complaint, "complaint_withdrawn")
    return {TERM: term}


@step(
    source=OPEN,
    target=Status.FORWARDED,
    permission=may_handle,
    records=(*forwarding.RECORDS, TERM),
    done=_("Complaint forwarded"),
    told=_("We forwarded your complaint"),
    button=forwarding.FORWARD,
)
def forward(complaint: "Complaint", *, by: "User | None", body: "OtherBody", because: str) -> Sent:
    """Forward a complaint meant for another body at once, and tell the sender (Awb 2:3(1))."""
    term = complaint.decision_term
    complaint.forwarded_to = body
    end_terms(complaint, on=clock.today())
    letters.place_letter(complaint, "complaint_forwarded", more={"explanation": because})
    sender, day = complaint.name, complaint.came_in_on
    forwarding.write_to_body(complaint, body, sender=sender, received_on=day, because=because)
    return {TERM: term}


@step(
    source=OPEN,
    target=Status.FORWARDED,
    permission=may_handle,
    records=("received_on", TERM),
    done=_("Complaint taken as an objection"),
    told=_("We handle it as an objection"),
    button=Button(
        _("Take it as an objection"),
        _("It is against a decision. Register it as an objection, with the same day of receipt (Awb 6:15)."),
        sends_letter=True,
        rare=True,
    ),
)
def take_as_objection(complaint: "Complaint", *, by: "User | None") -> Sent:
    """Take it up as an objection, because it is against a decision; the day of receipt stays (Awb 6:15(3))."""
    if complaint.application is None:
        raise StepRefused(gettext("Note first which application it is about."))
    refuse_undecided(complaint.application)
    term = complaint.decision_term
    end_terms(complaint, on=clock.today())
    letters.place_letter(complaint, "complaint_as_objection")
    return {TERM: term}

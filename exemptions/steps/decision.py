"""Deciding: grant, reject, set aside, with a second pair of eyes where policy requires one."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db import connection
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, TERM, Sent
from casework.batch import find_answer
from casework.clock import now, today
from casework.current_policy import CurrentPolicy
from casework.models import Deadline
from casework.steps import Button, person, step
from exemptions import terms
from exemptions.models.decision import Decision, Outcome, Proposal
from exemptions.models.exemption import DayUse, Exemption
from exemptions.models.kind import Ground
from exemptions.models.threshold import ThresholdVersion
from exemptions.steps.announcement import send_letter
from exemptions.steps.lawful import (
    doubts_about_grant,
    doubts_about_rejection,
    is_in_part,
    refuse_bad_extension,
    refuse_bad_grant,
    refuse_bad_rejection,
    refuse_bad_setting_aside,
    refuse_undrawn,
)
from exemptions.steps.permissions import may_approve, may_decide, may_grant_alone, may_reject_alone, may_settle
from exemptions.steps.statuses import DECIDABLE, Status
from exemptions.steps.validity import new_exemption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from exemptions.models.application import Application

GRANT_RECORDS = ("ground", "starts_on", "ends_on")
IN_PART = "in_part"
"""In the event of a grant: whether it gives less than was asked."""
IN_SPITE = "doubts_reason"
"""In the event: why it was decided despite doubts, which must stay on file for good."""


class Term(TypedDict):
    """From when until when."""

    starts_on: date
    ends_on: date


@step(
    source=Status.SUBMITTED,
    target=Status.GRANTED,
    permission=lambda _application, _user: False,
    records=("vehicle_class", MADE_KNOWN),
    done=_("Granted at once"),
    told=_("Exemption granted"),
)
def grant_at_once(application: "Application", *, by: None, day: date, ordinal: int) -> Sent:
    """Grant a day exemption automatically, as the nth of this vehicle in this zone this year."""
    if application.municipality is None:
        raise ValueError("a day exemption is for one municipality")
    decision = application.take_decision(
        outcome=Outcome.GRANTED,
        ground=Ground.for_granting(application.chosen_kind.code, on=today()),
        starts_on=day,
        ends_on=day,
        facts=application.current_facts,
    )
    exemption = new_exemption(decision, window=terms.day_window(day))
    DayUse.objects.create(
        exemption=exemption,
        plate=application.plate,
        country=application.country,
        municipality=application.municipality,
        year=day.year,
        ordinal=ordinal,
        day=day,
    )
    return send_letter(application, "day_granted", decision=decision, exemption=exemption)


@step(
    source=DECIDABLE,
    target=None,
    permission=may_decide,
    conditions=[lambda a: a.awaits_lot()],
    records=("percent", "second_pair_by_lot"),
    done=_("Lot drawn for a second pair of eyes"),
)
def draw_lot(application: "Application", *, by: "User | None") -> "Mapping[str, object]":
    """Draw by lot whether a colleague reviews a grant first; once per case, so that trying again changes nothing."""
    percent = CurrentPolicy.on(today()).number("second_pair_by_lot_percent")
    with connection.cursor() as cursor:
        cursor.execute("SELECT random() * 100 < %s", [percent])
        [application.second_pair_by_lot] = cursor.fetchone()
    return {"percent": percent}


@step(
    source=DECIDABLE,
    target=Status.GRANTED,
    permission=may_grant_alone,
    records=(*GRANT_RECORDS, IN_SPITE, IN_PART, MADE_KNOWN, TERM),
    done=_("Granted"),
    told=_("Exemption granted"),
    button=Button(
        _("Grant"), _("The plate has access from the first until the last day."), sends_letter=True, main=True
    ),
)
def grant(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
    doubts_reason: str = "",
    on_other_data: bool = False,
) -> Sent:
    """Grant access to the plate between two days; granting less than was asked requires reasons."""
    refuse_undrawn(application)
    term: Term = {"starts_on": starts_on, "ends_on": ends_on}
    refuse_bad_grant(application, ground=ground, **term)
    in_part = is_in_part(application, **term, explanation=explanation, on_other_data=on_other_data)
    found = doubts_about_grant(application, **term, reason=doubts_reason)
    decision = application.take_decision(
        outcome=Outcome.GRANTED,
        ground=ground,
        explanation=explanation,
        doubts=found,
        doubts_reason=doubts_reason,
        **term,
        in_part=in_part,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    return conclude_grant(decision)


@step(
    source=DECIDABLE,
    target=Status.REJECTED,
    permission=may_reject_alone,
    records=("ground", IN_SPITE, MADE_KNOWN, TERM),
    done=_("Rejected"),
    told=_("Application rejected"),
    button=Button(_("Reject"), _("The applicant gets no exemption."), sends_letter=True),
)
def reject(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, doubts_reason: str = ""
) -> Sent:
    """Reject on a ground, with an explanation that fits the case."""
    refuse_bad_rejection(application, ground=ground, explanation=explanation)
    found = doubts_about_rejection(application, ground=ground, reason=doubts_reason)
    decision = application.take_decision(
        outcome=Outcome.REJECTED,
        ground=ground,
        explanation=explanation,
        doubts=found,
        doubts_reason=doubts_reason,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    return conclude_case(decision, "rejected")


@step(
    source=DECIDABLE,
    target=Status.PROPOSED,
    permission=may_decide,
    records=(*GRANT_RECORDS, IN_SPITE),
    done=_("Grant proposed"),
    button=Button(
        _("Propose to grant"), _("A colleague looks at it before it is granted."), rehearsed_as="grant", main=True
    ),
)
def propose_grant(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
    doubts_reason: str = "",
    on_other_data: bool = False,
) -> None:
    """Propose a grant for approval by a second person."""
    refuse_bad_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)
    is_in_part(application, starts_on=starts_on, ends_on=ends_on, explanation=explanation, on_other_data=on_other_data)
    found = doubts_about_grant(application, starts_on=starts_on, ends_on=ends_on, reason=doubts_reason)
    application.proposals.create(
        outcome=Outcome.GRANTED,
        ground=ground,
        starts_on=starts_on,
        ends_on=ends_on,
        explanation=explanation,
        doubts=found,
        doubts_reason=doubts_reason,
        made_by=person(by),
    )


@step(
    source=DECIDABLE,
    target=Status.PROPOSED,
    permission=may_decide,
    records=("ground", IN_SPITE),
    done=_("Rejection proposed"),
    button=Button(_("Propose to reject"), _("A colleague looks at it before it is rejected."), rehearsed_as="reject"),
)
def propose_rejection(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, doubts_reason: str = ""
) -> None:
    """Propose a rejection for approval by a second person."""
    refuse_bad_rejection(application, ground=ground, explanation=explanation)
    found = doubts_about_rejection(application, ground=ground, reason=doubts_reason)
    application.proposals.create(
        outcome=Outcome.REJECTED,
        ground=ground,
        explanation=explanation,
        doubts=found,
        doubts_reason=doubts_reason,
        made_by=person(by),
    )


@step(
    source=Status.PROPOSED,
    target=Status.IN_REVIEW,
    permission=may_settle,
    done=_("Proposal sent back"),
    button=Button(_("Send the proposal back"), _("The application is taken up again, and nothing has been decided.")),
)
def return_proposal(application: "Application", *, by: "User | None", remark: str) -> None:
    """Return a proposal to its author with a remark; the author may also take it back."""
    proposal = application.open_proposal()
    settle_proposal(proposal, by=None if proposal.made_by == by else by, remark=remark)


@step(
    source=Status.PROPOSED,
    target=Status.GRANTED,
    permission=may_approve,
    conditions=[lambda a: a.is_proposed(Outcome.GRANTED)],
    records=(IN_SPITE, IN_PART, MADE_KNOWN, TERM),
    done=_("Granted as proposed"),
    told=_("Exemption granted"),
    button=Button(_("Approve and grant"), _("The exemption is granted as proposed."), sends_letter=True, main=True),
)
def approve_grant(application: "Application", *, by: "User | None", doubts_reason: str = "") -> Sent:
    """Approve the proposed grant; doubts that have arisen since require a reason of the approver's own."""
    proposal = application.open_proposal()
    starts_on, ends_on = proposal.term
    refuse_bad_grant(application, ground=proposal.ground, starts_on=starts_on, ends_on=ends_on)
    found = doubts_about_grant(application, starts_on=starts_on, ends_on=ends_on, reason=doubts_reason)
    in_part = is_in_part(application, starts_on=starts_on, ends_on=ends_on, explanation=proposal.explanation)
    settle_proposal(proposal, by=by)
    return conclude_grant(decide_as_proposed(proposal, by=by, found=found, reason=doubts_reason, in_part=in_part))


@step(
    source=Status.PROPOSED,
    target=Status.REJECTED,
    permission=may_approve,
    conditions=[lambda a: a.is_proposed(Outcome.REJECTED)],
    records=(IN_SPITE, MADE_KNOWN, TERM),
    done=_("Rejected as proposed"),
    told=_("Application rejected"),
    button=Button(_("Approve and reject"), _("The application is rejected as proposed."), sends_letter=True, main=True),
)
def approve_rejection(application: "Application", *, by: "User | None", doubts_reason: str = "") -> Sent:
    """Approve the proposed rejection; doubts that have arisen since require a reason of the approver's own."""
    proposal = application.open_proposal()
    refuse_bad_rejection(application, ground=proposal.ground, explanation=proposal.explanation)
    found = doubts_about_rejection(application, ground=proposal.ground, reason=doubts_reason)
    settle_proposal(proposal, by=by)
    return conclude_case(decide_as_proposed(proposal, by=by, found=found, reason=doubts_reason), "rejected")


@step(
    source=(*DECIDABLE, Status.WAITING),
    target=Status.SET_ASIDE,
    permission=may_decide,
    records=("ground", MADE_KNOWN, TERM),
    done=_("Application set aside"),
    told=_("Application set aside"),
    button=Button(
        _("Set aside"),
        _("The application is incomplete, and the applicant had a chance to complete it (Awb 4:5)."),
        sends_letter=True,
    ),
)
def set_aside(application: "Application", *, by: "User | None", ground: Ground, explanation: str = "") -> Sent:
    """Set an incomplete application aside, after a chance to complete it and within four weeks (Awb 4:5).

    Its letter tells what was asked, when and until when.
    """
    refuse_bad_setting_aside(application, ground=ground, explanation=explanation)
    decision = application.take_decision(
        outcome=Outcome.SET_ASIDE, ground=ground, explanation=explanation, taken_by=by, facts=application.current_facts
    )
    return conclude_case(decision, "set_aside")


@step(
    source=(*DECIDABLE, Status.HEARING, Status.PROPOSED),
    target=None,
    permission=may_decide,
    records=("until", MADE_KNOWN),
    done=_("Term to decide extended"),
    told=_("We need more time to decide"),
    button=Button(
        _("Extend the term"), _("Once, while the term to decide still runs (Awb 4:14)."), sends_letter=True, rare=True
    ),
)
def extend(application: "Application", *, by: "User | None", until: date, reason: str) -> Sent:
    """Extend the term to decide, once, before it ends (Awb 4:14(3))."""
    refuse_bad_extension(application, until=until)
    application.extended_to = until
    return send_letter(application, "extension_notice", explanation=reason)


def conclude_case(
    decision: Decision,
    kind_of_letter: str,
    *,
    exemption: Exemption | None = None,
    more: "Mapping[str, object] | None" = None,
) -> Sent:
    """End the case: nothing is due from the applicant any more, and the letter announces the decision.

    Our own term to decide, or to set aside, ends when the decision is made known.
    """
    application = decision.application
    application.dossier.close_deadline(application, Deadline.Kind.SUPPLY, Deadline.Kind.VIEW)
    if decision.outcome != Outcome.SET_ASIDE:
        application.dossier.close_deadline(application, Deadline.Kind.SET_ASIDE)
    return send_letter(application, kind_of_letter, decision=decision, exemption=exemption, more=more)


def conclude_grant(decision: Decision) -> Sent:
    """End the case with an exemption; the event records whether it is less than was asked."""
    if decision.starts_on is None or decision.ends_on is None:
        raise ValueError("a grant has a term")
    exemption = new_exemption(decision, window=terms.long_window(decision.starts_on, decision.ends_on))
    return {**conclude_case(decision, "granted", exemption=exemption), IN_PART: decision.in_part}


def settle_proposal(proposal: Proposal, *, by: "User | None", remark: str = "") -> None:
    """Close a proposal."""
    proposal.settled_at, proposal.settled_by, proposal.remark = now(), by, remark
    proposal.save(update_fields=["settled_at", "settled_by", "remark"])
    proposal.application.waiting_proposal = None


def decide_as_proposed(
    proposal: Proposal, *, by: "User | None", found: list[str], reason: str, in_part: bool = False
) -> Decision:
    """The decision on a proposal: prepared by its maker and taken by `by`, with the latter's own reason."""
    return proposal.application.take_decision(
        outcome=proposal.outcome,
        ground=proposal.ground,
        explanation=proposal.explanation,
        doubts=found,
        doubts_reason=reason,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        in_part=in_part,
        prepared_by=proposal.made_by,
        taken_by=by,
        facts=proposal.application.current_facts,
        thresholds=thresholds_for(proposal.application),
    )


def thresholds_for(application: "Application") -> ThresholdVersion | None:
    """The version under which this kind is judged today; None for a kind without thresholds."""
    return find_answer(find_thresholds, application)


def find_thresholds(applications: "Sequence[Application]") -> dict[int, ThresholdVersion]:
    """The version under which each of these applications is judged today, by primary key."""
    by_them = [one.pk for one in applications if one.chosen_kind.by_thresholds]
    version = ThresholdVersion.objects.in_force(on=today()) if by_them else None
    return dict.fromkeys(by_them, version) if version else {}

"""The advisory committee (Awb 7:13): referral, advice, or the end of the referral; and deciding with its advice."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.announcement import MADE_KNOWN, Sent
from casework.clock import today
from casework.models import Document
from casework.steps import Button, StepRefused, step
from objections import letters
from objections.models.committee import Committee
from objections.models.outcome import ObjectionDecision
from objections.steps import clock
from objections.steps.announcement import send_letter
from objections.steps.permissions import may_handle
from objections.steps.statuses import DECIDABLE, IN_HAND
from objections.steps.statuses import ObjectionStatus as Status
from objections.steps.term import refuse_late

if TYPE_CHECKING:
    from objections.models import Objection

NO_HEARING_PLANNED = (Status.REGISTERED, Status.REPAIR, *DECIDABLE)
FEWEST_MEMBERS = 2
"""The minimum number of members besides the chair (Awb 7:13(1)(a))."""


@step(
    source=NO_HEARING_PLANNED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.current_committee is None],
    records=(MADE_KNOWN,),
    done=_("A committee advises on the objection"),
    told=_("A committee advises us"),
    button=Button(
        _("Ask a committee"),
        _("It hears the objector and advises: twelve weeks to decide in place of six, once the objector was told."),
        sends_letter=True,
        rare=True,
    ),
)
def refer_to_committee(
    objection: "Objection", *, by: "User | None", chair: str, members: Sequence[str], is_independent: bool
) -> Sent:
    """Refer to a committee: the term is twelve weeks instead of six once the objector is told (Awb 7:13, 7:10(1))."""
    refuse_late(objection)
    refuse_second_hearing(objection)
    refuse_bad_committee(chair=chair, members=members, is_independent=is_independent)
    committee = Committee(objection=objection, chair=chair, members=list(members), referred_on=today())
    objection.keep_committee(committee)
    return send_letter(objection, "objection_committee", more=letters.build_committee_context(committee))


@step(
    source=IN_HAND,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.awaits_advice],
    records=("advised_on", "conclusion"),
    done=_("Advice of the committee received"),
    told=_("The committee advised us"),
    button=Button(
        _("Record the advice"),
        _("The written advice with the report of the hearing joins the file (Awb 7:13, paragraph 6)."),
    ),
)
def receive_advice(
    objection: "Objection", *, by: "User | None", advised_on: date, conclusion: str, document: Document
) -> None:
    """Add the committee's written advice, which includes the report of the hearing, to the file (Awb 7:13(6))."""
    committee = advising_committee(objection)
    refuse_bad_advice(objection, committee, advised_on=advised_on, conclusion=conclusion)
    committee.advised_on, committee.conclusion, committee.advice = advised_on, conclusion, document
    objection.keep_committee(committee)


@step(
    source=NO_HEARING_PLANNED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.awaits_advice],
    done=_("Referral to the committee ended"),
    told=_("We decide without the advice of a committee"),
    button=Button(
        _("End the referral"),
        _("The committee gives no advice: we decide without it, and have six weeks again in place of twelve."),
        sends_letter=True,
        rare=True,
    ),
)
def end_referral(objection: "Objection", *, by: "User | None", because: str) -> None:
    """End the referral without advice: the term is six weeks again, from the same day (Awb 7:10(1))."""
    if not because.strip():
        raise StepRefused(gettext("Write why there will be no advice."), field="because")
    committee = advising_committee(objection)
    committee.ended_on, committee.ended_because = today(), because
    objection.keep_committee(committee)
    objection.committee = False
    clock.open_decision_term(objection)
    letters.place_letter(objection, "objection_committee_ended", more={"explanation": because})


def advising_committee(objection: "Objection") -> Committee:
    """The committee that is to advise; raises DoesNotExist if there is none."""
    if objection.current_committee is None:
        raise Committee.DoesNotExist
    return objection.current_committee


def refuse_bad_committee(*, chair: str, members: Sequence[str], is_independent: bool) -> None:
    """Raise StepRefused without a chair who does not work for us, and at least two members (Awb 7:13(1))."""
    if not chair.strip():
        raise StepRefused(gettext("Name the chair (Awb 7:13)."), field="chair")
    others = {member.strip().casefold() for member in members} - {chair.strip().casefold(), ""}
    if len(others) < FEWEST_MEMBERS:
        raise StepRefused(gettext("Name at least two members besides the chair (Awb 7:13)."), field="members")
    if not is_independent or User.objects.filter(is_staff=True, is_active=True, name__iexact=chair.strip()).exists():
        raise StepRefused(
            gettext("The chair may not be one of us, nor work for us: choose somebody else (Awb 7:13)."), field="chair"
        )


def refuse_second_hearing(objection: "Objection") -> None:
    """Raise StepRefused if we have heard the objector, because a committee hears them itself (Awb 7:13(3))."""
    hearing = objection.current_hearing
    if hearing is not None and hearing.report:
        raise StepRefused(gettext("The objector was heard already: a committee hears them itself (Awb 7:13)."))


def refuse_bad_advice(objection: "Objection", committee: Committee, *, advised_on: date, conclusion: str) -> None:
    """Raise StepRefused for advice before the hearing, or before the committee saw no need of one (Awb 7:13(4), (6)).

    Without a hearing, it may advise on an objection whose admissibility is in question.
    """
    if objection.status == Status.HANDLING and not objection.hearing_is_done:
        raise StepRefused(
            gettext("First the hearing by the committee, or the ground on which it saw no need of one (Awb 7:13, 7:3).")
        )
    if advised_on < committee.referred_on or advised_on > today():
        raise StepRefused(gettext("That day is before the referral, or still to come."), field="advised_on")
    if conclusion not in ObjectionDecision.Outcome.values:
        raise StepRefused(gettext("Choose what the committee advises."), field="conclusion")


def refuse_without_advice(objection: "Objection", *, outcome: str, deviation: str) -> None:
    """Raise StepRefused while a committee is to advise, or for an unexplained deviation from it (Awb 7:13(6), (7))."""
    committee = objection.current_committee
    if committee is None:
        return
    if not committee.has_advised:
        raise StepRefused(
            gettext("A committee advises on this objection: record its advice first, or end the referral (Awb 7:13).")
        )
    if committee.conclusion != outcome and not deviation.strip():
        raise StepRefused(
            gettext("The committee advises otherwise (%(advice)s): say why you deviate (Awb 7:13, paragraph 7).")
            % {"advice": committee.get_conclusion_display()},
            field="deviation",
        )

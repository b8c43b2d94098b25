"""After the grant, against the holder's wish: only after a hearing (Awb 4:8), and with a second pair of eyes.

An exemption based on wrong or changed facts is revoked, suspended or shortened; one colleague proposes it, another
approves. A suspended exemption is not valid until the suspension is lifted.
"""

from datetime import date
from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, Sent
from casework.clock import now, today
from casework.deadline_words import format_day
from casework.models import Deadline
from casework.steps import Button, StepRefused, person, step
from exemptions import letters
from exemptions.models.decision import Change, Outcome, Proposal
from exemptions.models.kind import Ground
from exemptions.steps.amendment import (
    announce_change,
    decide_in_addition,
    decide_instead,
    describe_loan,
    end_exemption,
    find_standing,
    first_day,
    get_standing,
    has_exemption,
)
from exemptions.steps.completion import least_answer_days, refuse_bad_term
from exemptions.steps.decision import settle_proposal
from exemptions.steps.hearing import close_views, settle_views
from exemptions.steps.lawful import (
    describe_waiting_letter,
    explain_waiting_letter,
    refuse_hindered,
    refuse_other_ground,
)
from exemptions.steps.permissions import (
    may_answer,
    may_approve,
    may_decide,
    may_handle,
    may_settle,
    may_take_away_alone,
)
from exemptions.steps.statuses import Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


INTENDED = {
    Change.REVOCATION: _("to revoke it"),
    Change.SUSPENSION: _("to suspend it for some time"),
    Change.SHORTER: _("to let it end earlier"),
}
"""Our intention, in the words of the letter that asks for a view."""


# --- Whether and why ----------------------------------------------------------------------------------------


def is_in_force(application: "Application") -> bool:
    """Whether there is an exemption that is not suspended until further notice."""
    return has_exemption(application) and not is_suspended(application)


def is_suspended(application: "Application") -> bool:
    """Whether the exemption is suspended until further notice."""
    standing = None if application.chosen_kind.is_day else find_standing(application)
    return standing is not None and standing.is_suspended


def is_asked_for_view(application: "Application") -> bool:
    """Whether the holder was asked for a view on a change, and can still give it."""
    return application.view_requests.filter(closed_at=None, about__isnull=False).exists()


def can_be_left(application: "Application") -> bool:
    """Whether a view was asked for, and we have not decided what to do."""
    return application.view_requests.filter(settled_at=None, about__isnull=False).exists()


def is_change_proposed(application: "Application") -> bool:
    """Whether a change waits for a second pair of eyes."""
    return application.waiting_proposal is not None and application.waiting_proposal.change != ""


def hindrance_to_taking_away(application: "Application") -> str:
    """Why nothing can be taken away now, whatever is filled in; empty if it can."""
    if application.waiting.objection:
        return gettext("An objection to the decision is open: that is decided first (Awb 6:19).")
    if application.waiting.proposal:
        return gettext("A colleague's proposal waits: approve it or send it back first.")
    return explain_waiting_letter() if application.waiting.letter else ""


def hindrance_to_curbing(application: "Application") -> str:
    """The same for a suspension or an earlier last day, which a temporary vehicle also prevents; empty if it can."""
    return describe_loan(application) or hindrance_to_taking_away(application)


# --- Hearing the holder -------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_handle,
    conditions=[has_exemption],
    records=("intention", "ends_on"),
    done=_("View asked before a change of the exemption"),
    told=_("We asked for your view, before we change your exemption"),
    button=Button(
        _("Ask for a view on a change"),
        _("Before you revoke, suspend or shorten the exemption (Awb 4:8). It stays in force meanwhile."),
        sends_letter=True,
        rare=True,
    ),
)
def ask_view_on_change(
    application: "Application", *, by: "User | None", intention: Change, found: str, ends_on: date
) -> None:
    """Tell the holder what we found and intend to do, and ask for their view."""
    refuse_hindered(hindrance_to_hearing(application))
    if not found.strip():
        raise StepRefused(
            gettext("Write down what you found: nobody can answer what they are not told."), field="found"
        )
    refuse_bad_term(ends_on, least_days=least_answer_days())
    exemption = get_standing(application)
    request = application.view_requests.create(
        about=exemption.decision, differing_data=found, sent_on=today(), ends_on=ends_on, asked_by=by
    )
    application.dossier.open_deadline(
        application, Deadline.Kind.VIEW, due=ends_on, basis={"sent": request.sent_on.isoformat()}
    )
    with override(application.language):
        in_mind = str(INTENDED[intention])
    more = {"intention": in_mind, "earlier_reference": exemption.decision.reference}
    letters.place_letter(application, "change_view_asked", view_request=request, exemption=exemption, more=more)


def hindrance_to_hearing(application: "Application") -> str:
    """Why no view can be asked for: one is open, or a waiting letter is about to change things; empty if it can."""
    if can_be_left(application):
        return gettext("A view was asked already: wait for it, or decide.")
    return describe_waiting_letter(application)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_answer,
    conditions=[is_asked_for_view],
    done=_("View on a change received"),
    told=_("View given"),
    button=Button(_("Note the view of the holder"), _("Write down what the holder said outside the portal.")),
)
def give_view_on_change(application: "Application", *, by: "User | None", view: str) -> None:
    """Record the holder's view, given in the portal or by phone."""
    if not view.strip():
        raise StepRefused(gettext("Write down your view first."), field="view")
    close_views(application, view=view, answered_at=now())


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_handle,
    conditions=[can_be_left],
    done=_("Exemption left as it is"),
    told=_("Your exemption stays as it is"),
    button=Button(
        _("Leave the exemption as it is"), _("After the view there is no reason to change it."), sends_letter=True
    ),
)
def leave_exemption(application: "Application", *, by: "User | None", explanation: str = "") -> None:
    """Leave the exemption as it is, and tell the holder."""
    settle_views(application)
    letters.place_letter(application, "exemption_stays", explanation=explanation)


def was_heard(application: "Application") -> bool:
    """Whether the holder gave a view on the standing decision, or had the time to do so."""
    about = application.view_requests.filter(about__in=application.decisions.in_force())
    return bool(about.filter(Q(answered_at__isnull=False) | Q(ends_on__lt=today())).exists())


def refuse_unheard(application: "Application", *, because: str) -> None:
    """Raise StepRefused unless the holder could give a view, or there is a reason under Awb 4:11 why not."""
    if because.strip() or was_heard(application):
        return
    about = application.view_requests.filter(about__in=application.decisions.in_force())
    if waiting := about.filter(closed_at=None).first():
        raise StepRefused(
            gettext("The holder can give a view until %(day)s: wait for it.") % {"day": format_day(waiting.ends_on)}
        )
    raise StepRefused(
        gettext("Ask the holder for a view first (Awb 4:8), or say why you could not wait (4:11)."),
        field="unheard_because",
    )


# --- Taking away --------------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_take_away_alone,
    conditions=[has_exemption],
    records=("ground", MADE_KNOWN),
    done=_("Exemption revoked"),
    told=_("We revoked your exemption"),
    button=Button(
        _("Revoke the exemption"), _("It ends now, because facts were wrong or changed."), sends_letter=True, rare=True
    ),
)
def revoke(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, unheard_because: str = ""
) -> Sent:
    """Revoke the exemption, from when this is made known: what it rests on was wrong, or no longer holds."""
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    return revoke_standing(application, by=by, ground=ground, explanation=explanation, unheard_because=unheard_because)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_take_away_alone,
    conditions=[is_in_force],
    records=("ground", MADE_KNOWN),
    done=_("Exemption suspended"),
    told=_("We suspended your exemption"),
    button=Button(
        _("Suspend the exemption"), _("It does not hold until you lift that again."), sends_letter=True, rare=True
    ),
)
def suspend_exemption(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, unheard_because: str = ""
) -> Sent:
    """Suspend the exemption, from when this is made known until it is lifted."""
    refuse_hindered(describe_loan(application))
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    return suspend_standing(application, by=by, ground=ground, explanation=explanation, unheard_because=unheard_because)


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_take_away_alone,
    conditions=[is_in_force],
    records=("ground", "ends_on", MADE_KNOWN),
    done=_("Exemption made shorter"),
    told=_("We made your exemption shorter"),
    button=Button(
        _("Make the exemption shorter"), _("Against the wish of the holder, from a day."), sends_letter=True, rare=True
    ),
)
def shorten(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    ends_on: date,
    explanation: str,
    unheard_because: str = "",
) -> Sent:
    """Set an earlier last day, because what the exemption rests on no longer holds from then on."""
    refuse_hindered(describe_loan(application))
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    refuse_no_shortening(application, ends_on=ends_on)
    return shorten_standing(
        application, by=by, ground=ground, ends_on=ends_on, explanation=explanation, unheard_because=unheard_because
    )


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_handle,
    conditions=[is_suspended],
    records=(MADE_KNOWN,),
    done=_("Suspension of the exemption lifted"),
    told=_("Your exemption is in force again"),
    button=Button(
        _("Lift the suspension"), _("From now on the exemption is in force again."), sends_letter=True, main=True
    ),
)
def lift_suspension(application: "Application", *, by: "User | None", explanation: str) -> Sent:
    """Lift the suspension: the exemption is valid again until its last day."""
    refuse_hindered(describe_waiting_letter(application))
    exemption = get_standing(application)
    exemption.suspensions.filter(ends_at=None).update(ends_at=now())
    application.forget_exemptions()
    decision = decide_in_addition(exemption, Outcome.RESUMED, Change.LIFTING, by=by, explanation=explanation)
    return announce_change(decision, "suspension_lifted", exemption, exemption)


# --- Two pairs of eyes --------------------------------------------------------------------------------------


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[has_exemption],
    records=("ground",),
    done=_("Revocation proposed"),
    button=Button(
        _("Propose to revoke"),
        _("A colleague looks at it before the exemption is revoked."),
        rehearsed_as="revoke",
        rare=True,
    ),
)
def propose_revocation(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, unheard_because: str = ""
) -> None:
    """Propose a revocation for approval by a second person."""
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    propose_change(
        application, Change.REVOCATION, by=by, ground=ground, explanation=explanation, because=unheard_because
    )


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[is_in_force],
    records=("ground",),
    done=_("Suspension proposed"),
    button=Button(
        _("Propose to suspend"),
        _("A colleague looks at it before the exemption is suspended."),
        rehearsed_as="suspend_exemption",
        rare=True,
    ),
)
def propose_suspension(
    application: "Application", *, by: "User | None", ground: Ground, explanation: str, unheard_because: str = ""
) -> None:
    """Propose a suspension for approval by a second person."""
    refuse_hindered(describe_loan(application))
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    propose_change(
        application, Change.SUSPENSION, by=by, ground=ground, explanation=explanation, because=unheard_because
    )


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_decide,
    conditions=[is_in_force],
    records=("ground", "ends_on"),
    done=_("Earlier last day proposed"),
    button=Button(
        _("Propose to shorten"),
        _("A colleague looks at it before the exemption is made shorter."),
        rehearsed_as="shorten",
        rare=True,
    ),
)
def propose_shortening(
    application: "Application",
    *,
    by: "User | None",
    ground: Ground,
    ends_on: date,
    explanation: str,
    unheard_because: str = "",
) -> None:
    """Propose an earlier last day for approval by a second person."""
    refuse_hindered(describe_loan(application))
    refuse_taking_away(application, ground=ground, explanation=explanation, unheard_because=unheard_because)
    refuse_no_shortening(application, ends_on=ends_on)
    days = {"starts_on": first_day(get_standing(application)), "ends_on": ends_on}
    propose_change(
        application, Change.SHORTER, by=by, ground=ground, explanation=explanation, because=unheard_because, **days
    )


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_approve,
    conditions=[is_change_proposed],
    records=("change", "ground", "ends_on", MADE_KNOWN),
    done=_("Change of the exemption approved"),
    told=_("We changed your exemption"),
    button=Button(_("Approve the change"), _("The exemption is changed as proposed."), sends_letter=True, main=True),
)
def approve_change(application: "Application", *, by: "User | None") -> Sent:
    """Approve the proposed revocation, suspension or earlier last day."""
    proposal = application.open_proposal()
    if not has_exemption(application):
        raise StepRefused(gettext("The exemption has ended meanwhile: send the proposal back."))
    settle_proposal(proposal, by=by)
    refuse_taking_away(
        application,
        ground=proposal.ground,
        explanation=proposal.explanation,
        unheard_because=proposal.unheard_because,
    )
    return {**carry_out(proposal, by=by), "change": proposal.change, "ground": proposal.ground}


@step(
    source=Status.GRANTED,
    target=None,
    permission=may_settle,
    conditions=[is_change_proposed],
    done=_("Proposal to change the exemption sent back"),
    button=Button(_("Send the change back"), _("The exemption stays as it is, and nothing has been decided.")),
)
def return_change(application: "Application", *, by: "User | None", remark: str) -> None:
    """Return a proposal to its author with a remark; the author may also take it back."""
    proposal = application.open_proposal()
    settle_proposal(proposal, by=None if proposal.made_by == by else by, remark=remark)


def propose_change(
    application: "Application",
    change: Change,
    *,
    by: "User | None",
    ground: Ground,
    explanation: str,
    because: str,
    **days: date,
) -> None:
    """Create a proposal that waits for a second pair of eyes."""
    outcome = {Change.SUSPENSION: Outcome.SUSPENDED, Change.REVOCATION: Outcome.ENDED}.get(change, Outcome.GRANTED)
    application.waiting_proposal = application.proposals.create(
        outcome=outcome,
        change=change,
        ground=ground,
        explanation=explanation,
        unheard_because=because,
        made_by=person(by),
        **days,
    )


class Why(TypedDict):
    """Why something is taken away, who prepared the decision and who takes it."""

    by: "User | None"
    ground: Ground
    explanation: str
    prepared_by: NotRequired["User | None"]


class Reasons(Why):
    """The same, with the reason if the holder was not heard."""

    unheard_because: str


def carry_out(proposal: Proposal, *, by: "User | None") -> Sent:
    """Decide as proposed."""
    application, maker = proposal.application, proposal.made_by
    reasons = Reasons(
        by=by,
        ground=proposal.ground,
        explanation=proposal.explanation,
        unheard_because=proposal.unheard_because,
        prepared_by=maker,
    )
    match proposal.change:
        case Change.SUSPENSION:
            return suspend_standing(application, **reasons)
        case Change.SHORTER:
            _first, last = proposal.term
            refuse_no_shortening(application, ends_on=last)
            return shorten_standing(application, ends_on=last, **reasons)
    return revoke_standing(application, **reasons)


# --- How ----------------------------------------------------------------------------------------------------


def revoke_standing(application: "Application", *, unheard_because: str, **reasons: Unpack[Why]) -> Sent:
    """Revoke the standing exemption."""
    unheard = explain_silence(application, because=unheard_because)
    former = get_standing(application)
    decision = end_exemption(former, Change.REVOCATION, **reasons)
    return announce_change(decision, "exemption_revoked", None, former, unheard=unheard)


def shorten_standing(
    application: "Application", *, ends_on: date, unheard_because: str, **reasons: Unpack[Why]
) -> Sent:
    """Give the standing exemption an earlier last day."""
    unheard = explain_silence(application, because=unheard_because)
    former = get_standing(application)
    decision = decide_instead(former, Change.SHORTER, ends_on=ends_on, **reasons)
    return announce_change(decision, "term_changed", None, former, unheard=unheard)


def suspend_standing(application: "Application", *, unheard_because: str, **reasons: Unpack[Why]) -> Sent:
    """Suspend the standing exemption."""
    unheard = explain_silence(application, because=unheard_because)
    settle_views(application)
    exemption = get_standing(application)
    decision = decide_in_addition(exemption, Outcome.SUSPENDED, Change.SUSPENSION, **reasons)
    return announce_change(decision, "exemption_suspended", exemption, exemption, unheard=unheard)


def explain_silence(application: "Application", *, because: str) -> str:
    """Why the holder was not heard, in the letter's words (Awb 4:11); empty if they could give a view."""
    if not because.strip() or was_heard(application):
        return ""
    is_asked = is_asked_for_view(application)
    with override(application.language):
        told = (
            gettext("We asked for your view, but could not wait for it (article 4:11 Awb). The reason: %(because)s")
            if is_asked
            else gettext("We did not ask for your view beforehand (article 4:11 Awb). The reason: %(because)s")
        )
    return told % {"because": because.strip()}


def refuse_taking_away(application: "Application", *, ground: Ground, explanation: str, unheard_because: str) -> None:
    """Raise StepRefused without a ground and reasons (Awb 3:46), or if the holder could not give a view (4:8)."""
    refuse_hindered(hindrance_to_taking_away(application))
    refuse_other_ground(application, ground=ground, outcome=Ground.Outcome.REVOKE)
    if not explanation.strip():
        raise StepRefused(
            gettext("Explain why this applies to this applicant: the letter must give the reasons."),
            field="explanation",
        )
    refuse_unheard(application, because=unheard_because)


def refuse_no_shortening(application: "Application", *, ends_on: date) -> None:
    """Raise StepRefused unless the new last day is earlier, and not in the past."""
    exemption = get_standing(application)
    if not max(today(), first_day(exemption)) <= ends_on < exemption.ends_on:
        raise StepRefused(
            gettext("Choose a day before the present last day, %(day)s, and not in the past.")
            % {"day": format_day(exemption.ends_on)},
            field="ends_on",
        )

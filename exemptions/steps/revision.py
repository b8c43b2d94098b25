"""Deciding again: a decision that replaces another, because of an objection, a judgment or a changed rule."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, TextChoices, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import penalties
from casework.announcement import MADE_KNOWN, TERM, Sent
from casework.batch import change_rows, find_answer
from casework.clock import now, today
from casework.models import Deadline
from casework.steps import Button, StepRefused, person, step
from exemptions import letters, terms
from exemptions.duplicates import has_own_duplicate
from exemptions.models.decision import Decision, Outcome
from exemptions.models.exemption import Exemption
from exemptions.models.kind import Ground, KindVersion
from exemptions.steps import clock
from exemptions.steps.announcement import send_letter
from exemptions.steps.conversion import can_be_decided, end_successors
from exemptions.steps.decision import GRANT_RECORDS, IN_PART, conclude_case, thresholds_for
from exemptions.steps.hearing import settle_views
from exemptions.steps.lawful import (
    describe_waiting_letter,
    is_in_part,
    refuse_bad_annulment,
    refuse_hindered,
    refuse_unfounded_grant,
    refuse_unfounded_rejection,
)
from exemptions.steps.permissions import at_desk, may_handle
from exemptions.steps.statuses import DECIDED, Status
from exemptions.steps.validity import carry_over_suspensions, end_exemptions, list_suspensions, new_exemption

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


LIFTED_FROM = "lifted_from"
"""In the event of deciding again on a suspension: the moment from which it applied; None if it had not begun."""


class Grant(TypedDict):
    """What a new decision grants: on which ground, from when until when."""

    ground: Ground
    starts_on: date
    ends_on: date


class Cause(TextChoices):
    """Why a decision is taken again."""

    OBJECTION = "objection", _("an objection was upheld")
    JUDGMENT = "judgment", _("a court decided so")
    SENT_BACK = "sent_back", _("a court annulled our first decision")
    RENEWAL = "renewal", _("a rule changed")


@step(
    source=(*DECIDED, Status.CONVERTED),
    target=Status.GRANTED,
    permission=at_desk("revise_decision"),
    conditions=[can_be_decided],
    records=(*GRANT_RECORDS, "cause", IN_PART, LIFTED_FROM, MADE_KNOWN, TERM),
    done=_("Granted after all, in place of the earlier decision"),
    told=_("Exemption granted after all: a new decision replaced the earlier one"),
)
def revise(
    application: "Application",
    *,
    by: "User | None",
    cause: Cause,
    ground: Ground,
    starts_on: date,
    ends_on: date,
    explanation: str = "",
    prepared_by: "User | None" = None,
    kind: KindVersion | None = None,
    contested: Decision | None = None,
) -> Sent:
    """Grant after all, replacing the current decision; the exemption may begin in the past.

    After a changed rule a letter of its own announces it, and one can object. After an objection or an appeal the
    decision on that is the announcement, and one can go to the court. Less than was asked is given with reasons only,
    also here (3:46). `kind`: the newer version by which it is granted, where it is the kind that changed. `contested`:
    what the objection was against. A suspension goes on for the new exemption, unless it is that.
    """
    if cause == Cause.RENEWAL:
        refuse_hindered(describe_waiting_letter(application))
    if kind is not None:
        take_newer_version(application, kind)
    refuse_bad_revision(application, ground=ground, starts_on=starts_on, ends_on=ends_on)
    in_part = is_in_part(application, starts_on=starts_on, ends_on=ends_on, explanation=explanation)
    # A court's grant is made known by its judgment, which has a day of its own.
    take = application.decisions.create if cause == Cause.JUDGMENT else application.take_decision
    decision = take(
        outcome=Outcome.GRANTED,
        ground=ground,
        explanation=explanation,
        starts_on=starts_on,
        ends_on=ends_on,
        in_part=in_part,
        prepared_by=prepared_by,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    replace_by(decision)
    lifted = undo_suspension(contested)
    given = find_answer(find_given, application) or []
    suspensions = [one for one in list_suspensions(given) if one.decision != contested]
    exemption = give_instead(decision, given, window=terms.long_window(starts_on, ends_on))
    carry_over_suspensions(suspensions, to=exemption)
    if cause == Cause.RENEWAL:
        application.dossier.close_deadline(application, Deadline.Kind.OBJECT, Deadline.Kind.SET_ASIDE)
        sent = send_letter(application, "renewed", decision=decision, exemption=exemption)
    else:
        sent = end_earlier_terms(application)
    return {**sent, IN_PART: in_part, **lifted}


@step(
    source=(Status.SET_ASIDE, Status.REJECTED, Status.CONVERTED),
    target=Status.REJECTED,
    permission=at_desk("revise_decision"),
    conditions=[can_be_decided],
    records=("ground", "cause", MADE_KNOWN, TERM),
    done=_("Rejected on the merits, in place of the earlier decision"),
    told=_("Application rejected: a new decision replaced the earlier one"),
)
def reject_instead(
    application: "Application", *, by: "User | None", cause: Cause, ground: Ground, explanation: str
) -> Sent:
    """Reject on the merits, replacing the current decision, as a revoked one is replaced at once (Awb 7:11(2)).

    The decision on the objection announces it, and one can go to the court. That the applicant was heard (4:7) is seen
    to there.
    """
    refuse_bad_replacement(application, ground=ground, explanation=explanation)
    decision = application.take_decision(
        outcome=Outcome.REJECTED,
        ground=ground,
        explanation=explanation,
        taken_by=by,
        facts=application.current_facts,
        thresholds=thresholds_for(application),
    )
    replace_by(decision)
    return end_earlier_terms(application)


@step(
    source=Status.SET_ASIDE,
    target=Status.IN_REVIEW,
    permission=may_handle,
    done=_("Set aside too late: taken up again, to be decided on the merits"),
    told=_("Our letter that we would not handle the application was posted too late: we handle it after all"),
)
def take_up_again(application: "Application", *, by: "User | None") -> None:
    """Take the case up again because its letter was posted too late to set the application aside (Awb 4:5(4))."""
    refuse_newer_duplicate(application)
    application.decisions.standing().update(revoked_at=now())
    application.dossier.close_deadline(application, Deadline.Kind.SET_ASIDE)
    clock.open_decision_term(application)


@step(
    source=Status.GRANTED,
    target=Status.REJECTED,
    permission=at_desk("approve_proposal"),
    conditions=[lambda a: a.has_standing_day()],
    records=("ground", MADE_KNOWN),
    done=_("Day exemption revoked"),
    told=_("We revoked the day exemption"),
    button=Button(
        _("Revoke the day exemption"),
        _(
            "It was granted on the basis of incorrect data, or to somebody who does not use the vehicle. The applicant "
            "gets a decision and can object."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def annul(application: "Application", *, by: "User | None", ground: Ground, view: str, explanation: str) -> Sent:
    """Revoke a day exemption that was based on wrong data, or granted to somebody who does not use the vehicle.

    It ends when its letter is made known. Before its day it no longer counts for the year; that of somebody who does
    not use the vehicle never does, so that its user gets every one of them.
    """
    refuse_bad_annulment(application, by=by, ground=ground, view=view, explanation=explanation)
    exemption = application.get_standing_day()
    application.latest_exemption = exemption
    facts = application.current_facts
    decision = application.take_decision(
        outcome=Outcome.REJECTED,
        ground=ground,
        explanation=explanation,
        prepared_by_id=facts.by_id if facts and by is not None and facts.by_id != by.pk else None,
        taken_by=by,
        facts=facts,
    )
    application.notes.create(text=view, by=person(by))
    replace_by(decision)
    more = {"earlier_reference": exemption.decision.reference}
    return conclude_case(decision, "day_annulled", exemption=exemption, more=more)


@step(
    source=Status.GRANTED,
    target=None,
    permission=at_desk("revise_decision"),
    done=_("Told that the exemption is no longer needed"),
    told=_("We told you that you no longer need the exemption"),
)
def tell_needless(
    application: "Application", *, by: "User | None", exemption: Exemption, access_until: date, reason: str
) -> None:
    """Tell the holder that a changed rule makes the exemption unnecessary; it stays as it is."""
    letters.place_letter(
        application,
        "exemption_needless",
        exemption=exemption,
        more={"access_until": access_until, "rule_reason": reason},
    )


def undo_suspension(contested: Decision | None) -> Mapping[str, object]:
    """Revoke a suspension after a successful objection (Awb 7:11(2)); does nothing to any other decision."""
    if contested is None or contested.outcome != Outcome.SUSPENDED:
        return {}
    contested.revoked_at = now()
    contested.save(update_fields=["revoked_at"])
    begun = contested.suspensions.order_by("starts_at").first()
    return {LIFTED_FROM: begun.starts_at if begun else None}


def refuse_newer_duplicate(application: "Application") -> None:
    """Raise StepRefused if the applicant has a newer open application for the same plate, kind and place."""
    if has_own_duplicate(application, kind=application.chosen_kind, municipality=application.municipality):
        raise StepRefused(
            gettext("There is a newer open application for this plate: have it withdrawn first, or grant this.")
        )


def take_newer_version(application: "Application", kind: KindVersion) -> None:
    """Switch to a newer version of the same kind; raises ValueError for anything else."""
    if kind.code != application.chosen_kind.code or kind.valid_from < application.chosen_kind.valid_from:
        raise ValueError("only a newer version of the same kind")
    application.kind = kind


def replace_by(decision: Decision) -> None:
    """Replace the standing decision, which stays readable. Replacing a conversion ends the cases that came from it.

    Open requests for a view on changing the old decision are settled.
    """
    standing = decision.application.decisions.answering().exclude(pk=decision.pk)
    was_converted = decision.application.status == Status.CONVERTED and standing.on_conversions().exists()
    change_rows(replace_answers, decision)
    settle_views(decision.application)
    if was_converted:
        end_successors(decision)


def replace_answers(decisions: Sequence[Decision]) -> None:
    """Mark earlier answers to the same applications as replaced by these decisions."""
    new = {decision.application_id: decision.pk for decision in decisions}
    earlier = Decision.objects.answering().filter(application__in=new).exclude(pk__in=new.values())
    earlier.update(replaced_by=Case(*(When(application=key, then=Value(pk)) for key, pk in new.items())))


def find_given(applications: "Sequence[Application]") -> dict[int, list[Exemption]]:
    """The exemptions given so far on each application, oldest first, by primary key."""
    given: dict[int, list[Exemption]] = defaultdict(list)
    for exemption in Exemption.objects.filter(application__in=applications).order_by("pk"):
        given[exemption.application_id].append(exemption)
    return given


def give_instead(decision: Decision, given: Sequence[Exemption], *, window: terms.Window) -> Exemption:
    """An exemption that replaces what was `given`, also for past days; two are never valid at once.

    What was valid for a temporary vehicle, or until it was revoked, stays valid: the new one begins after that.
    """
    application, moment = decision.application, now()
    for earlier in given:
        if earlier.starts_at < moment and (earlier.temporary or earlier.revoked_at):
            over = min(earlier.revoked_at or earlier.ends_at, moment)
            window = window._replace(starts_at=max(window.starts_at, over))
    if window.starts_at >= window.ends_at:
        raise StepRefused(
            gettext("On these days the exemption held already. Choose a later last day."), field="ends_on"
        )
    if any(earlier.revoked_at is None for earlier in given):
        end_exemptions(application, at=min(moment, window.starts_at))
    application.latest_exemption = next((one for one in reversed(given) if not one.temporary), None)
    return new_exemption(decision, window=window)


def end_earlier_terms(application: "Application") -> Sent:
    """Close the terms of the replaced decision; our own term still runs only if that was never made known."""
    term = application.decision_term
    application.dossier.close_every_deadline(application)
    if application.status != Status.CONVERTED:  # otherwise the penalty runs until this decision is made known
        penalties.stop_penalty(application, on=today())
    return {MADE_KNOWN: None, TERM: term}


def refuse_bad_replacement(application: "Application", *, ground: Ground, explanation: str) -> None:
    """Raise StepRefused for a day exemption, or without a ground and reasons for rejecting (Awb 3:46)."""
    if application.chosen_kind.is_day:
        raise StepRefused(gettext("A day exemption is not decided again: its day has passed."))
    refuse_unfounded_rejection(application, ground=ground, explanation=explanation)


def refuse_bad_revision(application: "Application", *, ground: Ground, starts_on: date, ends_on: date) -> None:
    """Raise StepRefused for a day exemption, a start before the application, or an unfounded grant."""
    if application.chosen_kind.is_day:
        raise StepRefused(gettext("A day exemption is not decided again: its day has passed."))
    if starts_on < application.received_on:
        raise StepRefused(gettext("An exemption cannot begin before it was applied for."), field="starts_on")
    refuse_unfounded_grant(application, ground=ground, starts_on=starts_on, ends_on=ends_on)

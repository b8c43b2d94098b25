"""How a story ends in a decision: the steps of `exemptions.steps.decision`, at moments of the past."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework import deadlines
from casework.models import Deadline
from demo import evidence, lateness
from demo.story import Story
from demo.world import ONE_DAY
from exemptions import terms
from exemptions.models import DayUse, Decision, Exemption, Ground, Proposal, Status
from exemptions.models.decision import Outcome
from exemptions.steps.revision import Cause

REASON = "In uw geval hebben wij gekeken naar de stukken die u hebt gestuurd en naar het register."


@dataclass(frozen=True)
class Verdict:
    """What is decided: on which ground, and for a grant from when until when."""

    outcome: Outcome
    ground: Ground | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def as_detail(self) -> dict[str, Any]:
        """As the event keeps it."""
        days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        ground = {"ground": self.ground.pk} if self.ground else {}
        return ground | {name: day.isoformat() for name, day in days.items() if day}

    @property
    def explanation(self) -> str:
        """A rejection has reasons in the applicant's own case."""
        return "" if self.outcome == Outcome.GRANTED else REASON


VERBS = {Outcome.GRANTED: "grant", Outcome.REJECTED: "reject", Outcome.SET_ASIDE: "set_aside"}
LETTERS = {Outcome.GRANTED: "granted", Outcome.REJECTED: "rejected", Outcome.SET_ASIDE: "set_aside"}
PROPOSALS = {
    Outcome.GRANTED: ("propose_grant", "approve_grant"),
    Outcome.REJECTED: ("propose_rejection", "approve_rejection"),
}
"""The step of the first pair of eyes, and that of the second."""


def grant_at_once(story: Story, at: datetime, *, day: date, ordinal: int) -> None:
    """The system grants a day exemption, the how-manieth of this vehicle here this year."""
    ground = story.world.grounds_for(story.wish.kind, Ground.Outcome.GRANT)[0]
    decision = _decision(story, Verdict(Outcome.GRANTED, ground, day, day), at, by=None)
    exemption = _exemption(story, decision, terms.day_window(day))
    story.rows.add(
        DayUse(
            exemption=exemption,
            plate=story.wish.plate,
            country=story.wish.country,
            municipality=story.wish.municipality,
            year=day.year,
            ordinal=ordinal,
            day=day,
        )
    )
    story.record("grant_at_once", Status.GRANTED, at=at, by=None)
    _announce(story, decision, "day_granted", at, exemption=exemption)


def decide(story: Story, verdict: Verdict, at: datetime, *, by: User) -> None:
    """One person decides alone: a grant, or setting aside."""
    decision = _decision(story, verdict, at, by=by)
    story.record(VERBS[verdict.outcome], Status(verdict.outcome), at=at, by=by, detail=verdict.as_detail)
    _conclude(story, decision, at)


def propose(story: Story, verdict: Verdict, at: datetime, *, by: User) -> Proposal:
    """Put it before a second pair of eyes."""
    proposal = story.rows.add(
        Proposal(
            application=story.application,
            outcome=verdict.outcome,
            ground=verdict.ground,
            explanation=verdict.explanation,
            starts_on=verdict.starts_on,
            ends_on=verdict.ends_on,
            made_by=by,
            made_at=at,
        )
    )
    step, _approval = PROPOSALS[verdict.outcome]
    story.record(step, Status.PROPOSED, at=at, by=by, detail=verdict.as_detail)
    return proposal


def approve(story: Story, verdict: Verdict, proposal: Proposal, at: datetime, *, by: User) -> None:
    """The second pair of eyes decides as proposed."""
    proposal.settled_at, proposal.settled_by = at, by
    decision = _decision(story, verdict, at, by=by, prepared_by=proposal.made_by)
    _proposal, step = PROPOSALS[verdict.outcome]
    story.record(step, Status(verdict.outcome), at=at, by=by)
    _conclude(story, decision, at)


def revise(
    story: Story,
    verdict: Verdict,
    at: datetime,
    *,
    by: User,
    cause: Cause,
    prepared_by: User | None = None,
    explanation: str = "",
) -> Decision:
    """Grant after all, in place of the decision that stands; only after a changed rule by a letter of its own."""
    replaced = story.decision
    decision = _decision(story, verdict, at, by=by, prepared_by=prepared_by)
    decision.explanation = explanation
    if replaced is None:
        raise ValueError("there is no decision to replace")
    replaced.replaced_by = decision
    exemption = _exemption(story, decision, _long_window(decision))
    story.close_all(at)
    lateness.stop(story, at)
    story.record("revise", Status.GRANTED, at=at, by=by, detail={**verdict.as_detail, "cause": cause.value})
    if cause == Cause.RENEWAL:
        _announce(story, decision, "renewed", at, exemption=exemption)
    return decision


def reopen(story: Story, at: datetime, *, by: User) -> None:
    """It should not have been set aside: the decision is revoked, and the term to decide begins anew."""
    if story.decision is None:
        raise ValueError("there is no decision to revoke")
    story.decision.revoked_at = at
    story.close_all(at)
    story.application.reopened_on = timezone.localdate(at)
    story.start_clock(at)
    story.record("reopen", Status.IN_REVIEW, at=at, by=by, detail={"cause": Cause.OBJECTION.value})


def _decision(
    story: Story, verdict: Verdict, at: datetime, *, by: User | None, prepared_by: User | None = None
) -> Decision:
    judged = story.wish.kind.by_thresholds and verdict.outcome != Outcome.SET_ASIDE
    story.decision = story.rows.add(
        Decision(
            application=story.application,
            outcome=verdict.outcome,
            ground=verdict.ground,
            explanation=verdict.explanation,
            reference=story.world.reference(),
            taken_at=at,
            taken_by=by,
            prepared_by=prepared_by,
            starts_on=verdict.starts_on,
            ends_on=verdict.ends_on,
            facts=story.facts,
            thresholds=story.world.thresholds_on(timezone.localdate(at)) if judged else None,
        )
    )
    return story.decision


def _conclude(story: Story, decision: Decision, at: datetime) -> None:
    story.close_all(at)
    lateness.stop(story, at)
    exemption = None
    if decision.outcome == Outcome.GRANTED:
        evidence.accept(story, at=at)
        exemption = _exemption(story, decision, _long_window(decision))
    _announce(story, decision, LETTERS[Outcome(decision.outcome)], at, exemption=exemption)


def _long_window(decision: Decision) -> terms.Window:
    if decision.starts_on is None or decision.ends_on is None:
        raise ValueError("only a grant has a term")
    return terms.long_window(decision.starts_on, decision.ends_on)


def _exemption(story: Story, decision: Decision, window: terms.Window) -> Exemption:
    wish = story.wish
    return story.rows.add(
        Exemption(
            decision=decision,
            application=story.application,
            plate=wish.plate,
            country=wish.country,
            municipality=wish.municipality if wish.kind.is_municipal else None,
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            ends_on=window.last_day,
        )
    )


def _announce(
    story: Story, decision: Decision, kind_of_letter: str, at: datetime, *, exemption: Exemption | None
) -> None:
    """The letter, and the term to object, which is over by now for whatever is old."""
    announced = timezone.localdate(at)
    due = deadlines.objection_due(announced, calendar=story.world.calendar)
    story.open(Deadline.Kind.OBJECT, due, {"announced": announced.isoformat(), "weeks": 6}, at=at)
    story.write(kind_of_letter, at, decision=decision, exemption=exemption, object_until=due)
    if due < story.world.today:
        story.lapse(terms.midnight(due + ONE_DAY), Deadline.Kind.OBJECT)

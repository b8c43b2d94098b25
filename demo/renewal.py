"""The run of deciding again after the thresholds of July 2025: reviewed by one, approved by another, and done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from casework.models import Dossier
from demo import verdicts
from demo.plan import RENEWED_ON, RENEWED_UNTIL, THRESHOLDS, THRESHOLDS_OF_2025
from demo.rows import Rows
from demo.story import Story
from demo.told import Told
from demo.verdicts import Verdict
from demo.world import World
from exemptions.models import Ground
from exemptions.models.decision import Outcome
from exemptions.steps.revision import Cause
from renewals.models import Action, ItemState, Renewal, RenewalItem, RenewalStatus

Status = RenewalStatus
A_SECOND = timedelta(seconds=1)
AN_HOUR = timedelta(hours=1)
WORDS = THRESHOLDS[-1]


class Run(Told):
    """The run; it has a dossier of its own, without a number, for its events."""

    def __init__(self, world: World, rows: Rows, *, listed_at: datetime):
        self.renewal: Renewal = rows.add(
            Renewal(
                dossier=rows.add(Dossier(opened_at=listed_at)),
                thresholds=world.thresholds_on(THRESHOLDS_OF_2025),
                explanation_nl=WORDS.reason_nl,
                explanation_en=WORDS.reason_en,
                ends_on=RENEWED_UNTIL,
                made_by=world.second_pair,
                listed_at=listed_at,
            )
        )
        super().__init__(world, rows, dossier=self.renewal.dossier, subject=self.renewal)
        self.record("list_again", at=listed_at, by=world.second_pair)


def tell(world: World, rows: Rows, stories: Sequence[Story]) -> None:
    """Listed on the day of publication, looked at twice, and run within a minute."""
    lead, reviewer = world.second_pair, world.reviewer
    run = Run(world, rows, listed_at=world.office(WORDS.published_on))
    renewal = run.renewal
    proposed_at = world.office(world.working_day(THRESHOLDS_OF_2025 + timedelta(days=1)))
    renewal.proposed_by = reviewer
    run.record("propose", Status.PROPOSED, at=proposed_at, by=reviewer, detail={"ends_on": RENEWED_UNTIL.isoformat()})
    renewal.approved_by, approved_at = lead, world.moment(RENEWED_ON, 10, 12)
    run.record("approve", Status.APPROVED, at=approved_at, by=lead)
    renewal.started_at = approved_at + AN_HOUR
    run.record("start", Status.RUNNING, at=renewal.started_at, by=lead)
    for number, story in enumerate(stories, start=1):
        decide_again(run, story, renewal.started_at + number * A_SECOND)
    renewal.done_at = renewal.started_at + timedelta(minutes=1)
    run.record("finish", Status.DONE, at=renewal.done_at, by=None)


def decide_again(run: Run, story: Story, at: datetime) -> None:
    """A new decision in place of the rejection; the letter joins when it is written."""
    renewal, rejection = run.renewal, story.decision
    day = timezone.localdate(at)
    ground = story.world.grounds_for(story.wish.kind, Ground.Outcome.GRANT)[0]
    verdict = Verdict(Outcome.GRANTED, ground, max(day, story.wish.wanted_from or day), RENEWED_UNTIL)
    dutch, english = reasons(story)
    new = verdicts.revise(
        story,
        verdict,
        at,
        by=run.world.second_pair,
        cause=Cause.RENEWAL,
        prepared_by=run.world.reviewer,
        explanation=f"{renewal.explanation_nl}\n\n{dutch}",
    )
    run.rows.add(
        RenewalItem(
            run=renewal,
            decision=rejection,
            action=Action.GRANT,
            state=ItemState.DONE,
            reasons_nl=dutch,
            reasons_en=english,
            new_decision=new,
            done_at=at,
        )
    )


def reasons(story: Story) -> tuple[str, str]:
    """The metric, the value, the old limit and the new one, in both languages."""
    vehicle_class = story.application.vehicle_class
    before, now = (version.limits[vehicle_class]["payload_kg"] for version in THRESHOLDS)
    value = story.facts.vehicle.payload_kg
    return (
        f"Laadvermogen in kg: {value}. De grens was {before} en is nu {now}.",
        f"Payload in kg: {value}. The limit was {before} and is {now} now.",
    )

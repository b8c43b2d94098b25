"""How an objection around today came to stand where it stands; each function tells it until yesterday at the latest."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from casework import deadlines
from demo import courses, evidence, lateness, verdicts
from demo.courses import Within, handler, taken_up
from demo.objection import Contest, Outcome, object_until
from demo.objection_courses import REPORT, STAYS, inadmissible, upheld
from demo.scenes import Scene, rejection
from demo.story import Story
from demo.verdicts import Verdict
from demo.world import ONE_DAY, World
from exemptions.models import Ground
from exemptions.models.decision import Outcome as DecisionOutcome
from exemptions.terms import AMSTERDAM
from objections.models import Hearing, Objection, ObjectionDecision

LATE_REASON = "Ik lag in het ziekenhuis toen uw brief kwam. Een bewijs daarvan zit erbij."
RIGHT = "Met de stukken bij uw bezwaar hebt u alsnog laten zien dat u aan de voorwaarden voldoet. U hebt gelijk."
PARTLY = "U krijgt de ontheffing, maar niet zo lang als u vroeg: tot het nieuwe voertuig er volgens de dealer is."
WRONGLY_SET_ASIDE = "U had de stukken op tijd gestuurd. Wij hadden uw aanvraag niet buiten behandeling mogen laten."


def latest(world: World, term: Callable[[World, date], date], *, until: date) -> date:
    """The latest working day on which a rejection makes this term end by a day."""
    days = (world.days_ago(number) for number in range(30, 110))
    return max(day for day in days if term(world, day) <= until)


def rejected(story: Story, *, on: date, ground: Ground | None = None) -> None:
    """Rejected on a working day, by two pairs of eyes; heard before that where the ground asks it."""
    world, day = story.world, taken_up(story, within=2)
    if ground and ground.rests_on_other_data:
        request = story.offer_hearing(world.office(world.working_day(day + ONE_DAY)), by=handler(story))
        story.give_view(world.moment(request.sent_on + timedelta(days=4), 8, 22), request)
    verdict = Verdict(DecisionOutcome.REJECTED, ground) if ground else rejection(story)
    proposed = world.working_day_until(on - ONE_DAY)
    proposal = verdicts.propose(story, verdict, world.office(proposed), by=handler(story))
    verdicts.approve(story, verdict, proposal, world.office(on), by=world.second_pair)


def objected(story: Story, *, after: int, **about: Any) -> Contest:
    """Rejected some weeks after it came in, and objected to so many days later, with a file."""
    at = story.world.moment(story.decided_on + timedelta(days=after), 8, 22)
    contest = Contest(story, begun_at=at - timedelta(minutes=30), **about)
    paper = evidence.document(story, name="Toelichting bij bezwaar.pdf", at=at)
    story.rows.add(Objection.documents.through(objection=contest.objection, document=paper))
    contest.file(at)
    return contest


def handled(story: Story, *, rejected_ago: int, **about: Any) -> tuple[Contest, datetime]:
    """Rejected so many days ago, objected to a week later, and admitted; tells when."""
    rejected(story, on=story.world.days_ago(rejected_ago))
    return admitted(objected(story, after=7, **about))


def admitted(contest: Contest) -> tuple[Contest, datetime]:
    """Found admissible on one of the next working days; tells when."""
    came_in = datetime.combine(contest.objection.came_in_on, time(12), AMSTERDAM)
    at = contest.world.office(contest.day(came_in, after=2))
    contest.admit(at, by=contest.world.officer)
    return contest, at


def offered(contest: Contest, at: datetime, *, wants: bool) -> datetime:
    """Offered a hearing on the next working day, and answered some days later; tells when."""
    world = contest.world
    day = contest.day(at, after=1)
    contest.offer_hearing(world.office(day), by=world.officer)
    at = world.moment(day + timedelta(days=4), 8, 22)
    contest.answer_hearing(at, wants=wants)
    return at


def invited(contest: Contest, at: datetime, *, on: date, planned_on: date) -> datetime:
    """Wants to be heard, and is invited; tells for when."""
    offered(contest, at, wants=True)
    held_at = datetime.combine(on, time(10), AMSTERDAM)
    contest.plan_hearing(contest.world.office(planned_on), held_at=held_at, by=contest.world.officer)
    return held_at


def heard(contest: Contest, at: datetime, *, on: date) -> datetime:
    """Invited two weeks before, and heard; tells until when."""
    held_at = invited(contest, at, on=on, planned_on=contest.world.working_day_until(on - timedelta(days=13)))
    until = held_at + timedelta(hours=2)
    contest.hold_hearing(until, by=contest.world.officer, report=REPORT)
    return until


def waived(contest: Contest, at: datetime) -> None:
    """Does not want to be heard."""
    at = offered(contest, at, wants=False)
    at = contest.world.office(contest.day(at, after=1))
    contest.waive_hearing(at, by=contest.world.officer, ground=Hearing.Skipped.WAIVED)


# --- To be checked -------------------------------------------------------------------------------------------


def objection_new(story: Story) -> None:
    """Sent yesterday; asks to go to the court directly, and to be paid the costs."""
    rejected(story, on=story.world.days_ago(12))
    days = (story.world.today - story.decided_on).days - 1
    objected(story, after=days, direct_appeal_asked=True, costs_asked=True)


def objection_late(story: Story) -> None:
    """After the last day, with a reason that somebody must judge."""
    rejected(story, on=story.world.days_ago(60))
    days = (story.world.today - story.decided_on).days - 3
    objected(story, after=days, late_reason=LATE_REASON)


def objection_by_post(story: Story) -> None:
    """Came by post after the last day, and was posted in time."""
    world, by = story.world, story.world.officer
    rejected(story, on=latest(world, object_by, until=world.today - 2 * ONE_DAY))
    received, at = world.days_ago(1), world.office(world.days_ago(1))
    contest = Contest(story, begun_at=at, by=by, channel=Objection.Channel.POST, signed=True)
    posted = min(object_until(story), received - 2 * ONE_DAY)
    contest.register(at + timedelta(minutes=10), received_on=received, posted_on=posted, by=by)


def objection_in_repair(story: Story) -> None:
    """'My grounds will follow': asked for them."""
    world = story.world
    rejected(story, on=world.days_ago(22))
    contest = objected(story, after=(world.today - story.decided_on).days - 8, grounds="")
    contest.ask_repair(world.office(world.days_ago(2)), by=world.officer, items=["grounds"])


def objection_repaired(story: Story) -> None:
    """The grounds came after we asked for them; to be checked again."""
    world = story.world
    rejected(story, on=world.days_ago(40))
    contest = objected(story, after=10, grounds="")
    asked = contest.day(datetime.combine(contest.objection.came_in_on, time(12), AMSTERDAM), after=1)
    contest.ask_repair(world.office(asked), by=world.officer, items=["grounds"])
    answer = "Mijn leasecontract loopt wel lang genoeg: zie de bijlage."
    contest.repair(world.moment(asked + timedelta(days=9), 8, 22), answer=answer)


# --- Being handled --------------------------------------------------------------------------------------------


def objection_in_hand(story: Story) -> None:
    """Admissible, and nothing more yet; a colleague left a note."""
    contest, at = handled(story, rejected_ago=24)
    contest.note(at + timedelta(minutes=5), by=story.world.officer, text="Gebeld: er komt nog een stuk van de dealer.")


def objection_hearing_offered(story: Story) -> None:
    """Asked whether the objector wants to be heard."""
    contest, at = handled(story, rejected_ago=19)
    contest.offer_hearing(story.world.office(contest.day(at, after=1)), by=story.world.officer)


def objection_hearing_planned(story: Story) -> None:
    """Heard next week."""
    world = story.world
    contest, at = handled(story, rejected_ago=44)
    invited(contest, at, on=world.working_day(world.today + timedelta(days=6)), planned_on=world.days_ago(7))


def objection_heard(story: Story) -> None:
    """Heard this week or last; to be decided on."""
    contest, at = handled(story, rejected_ago=58, costs_asked=True)
    heard(contest, at, on=story.world.days_ago(2))


def objection_due(story: Story) -> None:
    """To be decided on within a week."""
    rejected(story, on=latest(story.world, decide_by, until=story.world.today + timedelta(days=6)))
    contest, at = admitted(objected(story, after=7))
    heard(contest, at, on=story.world.days_ago(30))


def object_by(world: World, rejected_on: date) -> date:
    """The last day to object to a rejection of a day."""
    return deadlines.objection_due(rejected_on, calendar=world.calendar)


def decide_by(world: World, rejected_on: date) -> date:
    """The last day to decide on an objection to it."""
    return deadlines.objection_decision_due(object_by(world, rejected_on), calendar=world.calendar)


def objection_adjourned(story: Story) -> None:
    """Adjourned once, in time."""
    world = story.world
    contest, at = handled(story, rejected_ago=82)
    heard(contest, at, on=world.days_ago(20))
    contest.adjourn(
        world.office(world.days_ago(4)), by=world.officer, reason="Wij wachten nog op een antwoord van de RDW."
    )


def objection_overdue(story: Story) -> None:
    """Too late, with a notice of default: each day costs money."""
    world = story.world
    contest, at = handled(story, rejected_ago=119)
    heard(contest, at, on=world.days_ago(50))
    at = world.moment(world.today - timedelta(days=26), 8, 22)
    lateness.receive_notice(contest, at, by=story.wish.owner, due=contest.due)


# --- Decided, with the term to go to the court still open --------------------------------------------------------


def objection_was_upheld(story: Story) -> None:
    """The objector was right."""
    contest, _at = handled(story, rejected_ago=50)
    upheld(contest, story.world.office(story.world.days_ago(15)), explanation=RIGHT)


def objection_was_upheld_in_part(story: Story) -> None:
    """Partly right, after a hearing."""
    contest, at = handled(story, rejected_ago=70)
    heard(contest, at, on=story.world.days_ago(20))
    at = story.world.office(story.world.days_ago(9))
    upheld(contest, at, step="uphold_in_part", outcome=Outcome.UPHELD_IN_PART, explanation=PARTLY)


def objection_was_unfounded(story: Story) -> None:
    """The rejection stays."""
    unfounded(story, ago=20)


def unfounded(story: Story, *, ago: int) -> Contest:
    """Decided so many days ago, without a hearing because the objector wanted none."""
    world = story.world
    contest, at = handled(story, rejected_ago=ago + 45)
    waived(contest, at)
    contest.decide(
        "declare_unfounded", Outcome.UNFOUNDED, world.office(world.days_ago(ago)), by=world.officer, explanation=STAYS
    )
    return contest


def objection_was_inadmissible(story: Story) -> None:
    """Too late, without a good reason."""
    world = story.world
    rejected(story, on=world.days_ago(75))
    contest = objected(story, after=55, late_reason="Ik was op vakantie.")
    inadmissible(
        contest,
        world.office(world.days_ago(10)),
        because=ObjectionDecision.Inadmissible.LATE,
        explanation="Een vakantie is geen goede reden: u had iemand kunnen vragen om uw post te lezen.",
    )


def objection_reopened(story: Story) -> None:
    """Should not have been set aside: taken up again."""
    world = story.world
    courses.silent(story, Within(last=world.days_ago(50)))
    contest, _at = admitted(objected(story, after=9))
    at = world.office(world.days_ago(16))
    contest.skip(at, Hearing.Skipped.UPHELD)
    verdicts.reopen(story, at, by=world.officer)
    contest.decide("uphold_and_reopen", Outcome.UPHELD, at, by=world.officer, explanation=WRONGLY_SET_ASIDE)


def objection_was_withdrawn(story: Story) -> None:
    """Taken back."""
    contest, at = handled(story, rejected_ago=35)
    contest.withdraw(at + timedelta(days=5))


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        objection_new,
        objection_late,
        objection_by_post,
        objection_in_repair,
        objection_repaired,
        objection_in_hand,
        objection_hearing_offered,
        objection_hearing_planned,
        objection_heard,
        objection_due,
        objection_adjourned,
        objection_overdue,
        objection_was_upheld,
        objection_was_upheld_in_part,
        objection_was_unfounded,
        objection_was_inadmissible,
        objection_reopened,
        objection_was_withdrawn,
    )
}
"""By the names that `demo.live_plan` uses."""

"""Around today too: a case before the court, what newer thresholds would grant, and cases on which we are late."""

from datetime import date, datetime, timedelta

from casework.models import Document
from demo import courses, evidence, lateness, measures, verdicts
from demo.courses import handler, taken_up
from demo.court import Lawsuit
from demo.objection_courses import thresholds_ground
from demo.objection_scenes import admitted, objected, rejected, unfounded
from demo.scenes import Scene
from demo.story import Story

# --- Before the court -------------------------------------------------------------------------------------------


def objection_at_court(story: Story) -> None:
    """Before the court, with papers to and fro, and preliminary relief asked."""
    world = story.world
    contest = unfounded(story, ago=95)
    filed_on = world.today - timedelta(days=70)
    at = world.office(world.days_ago(64))
    lawsuit = Lawsuit(contest, begun_at=at, number=f"UTR {filed_on:%y} / 123 VERZONNEN")
    lawsuit.lodge(at, by=world.officer, filed_on=filed_on)
    at = world.office(world.days_ago(48))
    lawsuit.send_papers(at, by=world.officer, document=court_paper(story, "Verweerschrift.pdf", at))
    at = world.office(world.days_ago(14))
    paper = court_paper(story, "Uitnodiging voor de zitting.pdf", at)
    lawsuit.receive_paper(at, by=world.officer, title="Uitnodiging voor de zitting", document=paper)
    asked_on = world.today - timedelta(days=12)
    at = world.office(world.days_ago(8))
    contest.ask_relief(at, by=world.officer, asked_on=asked_on, number=f"UTR {asked_on:%y} / 456 VERZONNEN")


def objection_appealed(story: Story) -> None:
    """The court has told of an appeal and waits for our papers."""
    world = story.world
    contest, filed_on = unfounded(story, ago=30), world.today - timedelta(days=10)
    at = world.office(world.days_ago(5))
    lawsuit = Lawsuit(contest, begun_at=at, number=f"UTR {filed_on:%y} / 789 VERZONNEN")
    lawsuit.lodge(at, by=world.officer, filed_on=filed_on)


def court_paper(story: Story, name: str, at: datetime) -> Document:
    """A file that only the desk sees."""
    return evidence.document(story, name=name, at=at, by=story.world.officer)


# --- Beyond the newest thresholds ----------------------------------------------------------------------------------


def renewable(story: Story) -> None:
    """Rejected by limits that have become lower since: on the list of the run."""
    measures.beyond_next(story, "next")
    rejected(story, on=story.world.days_ago(34), ground=thresholds_ground(story))


def renewable_with_objection(story: Story) -> None:
    """The same, and an objection waits for a decision."""
    renewable(story)
    admitted(objected(story, after=12))


# --- Applications on which we are late -------------------------------------------------------------------------------


def overdue_with_notice(story: Story) -> None:
    """Not decided in time, with a notice of default: each day costs money."""
    taken_up(story, within=2)
    receive_notice(story, ago=22)


def penalty_to_set(story: Story) -> None:
    """Decided too late after a notice of default: the amount is to be set."""
    taken_up(story, within=2)
    receive_notice(story, ago=40)
    granted(story, on=story.world.days_ago(5))


def penalty_set(story: Story) -> None:
    """The same, and the amount was set."""
    taken_up(story, within=2)
    receive_notice(story, ago=60)
    granted(story, on=story.world.days_ago(25))
    lateness.set_penalty(story, story.world.office(story.world.days_ago(18)), by=handler(story))


def receive_notice(story: Story, *, ago: int) -> None:
    """A notice of default on an application."""
    at = story.world.moment(story.world.today - timedelta(days=ago), 8, 22)
    lateness.receive_notice(story, at, by=story.wish.owner, due=story.decision_sum().due)


def granted(story: Story, *, on: date) -> None:
    """Granted, too late."""
    verdicts.decide(story, courses.grant_on(story, on), story.world.office(on), by=handler(story))


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        objection_at_court,
        objection_appealed,
        renewable,
        renewable_with_objection,
        overdue_with_notice,
        penalty_to_set,
        penalty_set,
    )
}
"""By the names that `demo.live_plan` uses."""

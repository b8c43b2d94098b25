"""Around today too: a case before the court, what newer thresholds would grant, and cases on which we are late."""

from datetime import date, timedelta

from casework import clock
from casework.models import Document
from demo import evidence
from demo.case import Case
from demo.contest import COURT, DEFENCE, thresholds_ground
from demo.courses import Part, grant, taken_up
from demo.objection_scenes import admitted, objected, rejected, unfounded
from demo.scenes import Scene

INVITATION = "Uitnodiging voor de zitting"

# --- Before the court -------------------------------------------------------------------------------------------


def objection_at_court(case: Case) -> Part:
    """Before the court, with papers to and fro, and preliminary relief asked."""
    world, by = case.world, case.world.officer
    contest = yield from unfounded(case, ago=95)
    filed_on, asked_on = (world.today - timedelta(days=ago) for ago in (70, 12))
    yield world.office(world.days_ago(64))
    appeal = contest.lodge(filed_on=filed_on, number=f"UTR {filed_on:%y} / 123 VERZONNEN")
    yield world.office(world.days_ago(48))
    paper = court_paper(case, "Verweerschrift.pdf")
    appeal.send_papers(by=by, title=DEFENCE, dated_on=clock.today(), document=paper)
    yield world.office(world.days_ago(14))
    paper = court_paper(case, f"{INVITATION}.pdf")
    appeal.receive_paper(by=by, title=INVITATION, dated_on=clock.today(), document=paper)
    yield world.office(world.days_ago(8))
    number = f"UTR {asked_on:%y} / 456 VERZONNEN"
    contest.objection.ask_relief(by=by, court=COURT, asked_on=asked_on, case_number=number)


def objection_appealed(case: Case) -> Part:
    """The court has told of an appeal and waits for our papers."""
    world = case.world
    contest = yield from unfounded(case, ago=30)
    filed_on = world.today - timedelta(days=10)
    yield world.office(world.days_ago(5))
    contest.lodge(filed_on=filed_on, number=f"UTR {filed_on:%y} / 789 VERZONNEN")


def court_paper(case: Case, name: str) -> Document:
    """A file that only the desk sees."""
    return evidence.document(case.application.dossier, name=name, by=case.world.officer, world=case.world)


# --- Beyond the newest thresholds ----------------------------------------------------------------------------------


def renewable(case: Case) -> Part:
    """Rejected by limits that have become lower since: on the list of the run."""
    yield from rejected(case, on=case.world.days_ago(34), ground=thresholds_ground(case))


def renewable_with_objection(case: Case) -> Part:
    """The same, and an objection waits for a decision."""
    yield from renewable(case)
    contest = yield from objected(case, after=12)
    yield from admitted(contest)


# --- Applications on which we are late -------------------------------------------------------------------------------


def overdue_with_notice(case: Case) -> Part:
    """Not decided in time, with a notice of default: each day costs money."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=22)


def penalty_to_set(case: Case) -> Part:
    """Decided too late after a notice of default: the amount is to be set."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=40)
    yield from granted(case, on=case.world.days_ago(5))


def penalty_set(case: Case) -> Part:
    """The same, and the amount was set."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=60)
    yield from granted(case, on=case.world.days_ago(25))
    yield case.world.office(case.world.days_ago(18))
    case.application.set_penalty(by=case.handler)


def receive_notice(case: Case, *, ago: int) -> Part:
    """A notice of default on an application."""
    yield case.world.moment(case.world.today - timedelta(days=ago), 8, 22)
    case.application.receive_default_notice(by=case.wish.owner, received_on=clock.today())


def granted(case: Case, *, on: date) -> Part:
    """Granted, too late."""
    yield case.world.office(on)
    case.judge_proof()
    case.application.grant(by=case.handler, **grant(case))


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

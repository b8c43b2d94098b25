"""How an objection around today got its status; each function plays it until yesterday at the latest."""

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from typing import Any

from casework import clock, deadlines
from demo import courses, evidence
from demo.agenda import ONE_DAY, Life
from demo.case import Case
from demo.contest import Contest, Inadmissible, object_until
from demo.courses import Part, Within, choose_grant_days, give_view, offer_hearing, propose_rejection, taken_up
from demo.scenes import Scene, usual_rejection
from demo.world import World
from exemptions.models import Ground
from objections.models import Hearing, Objection

LATE_REASON = "Ik lag in het ziekenhuis toen uw brief kwam. Een bewijs daarvan zit erbij."
RIGHT = "Met de stukken bij uw bezwaar hebt u alsnog laten zien dat u aan de voorwaarden voldoet. U hebt gelijk."
PARTLY = "U krijgt de ontheffing, maar niet zo lang als u vroeg: tot het nieuwe voertuig er volgens de dealer is."
WRONGLY_SET_ASIDE = "U had de stukken op tijd gestuurd, en voldoet aan de voorwaarden. U krijgt de ontheffing."
Objected = Generator[datetime, None, Contest]


def find_latest_rejection_day(world: World, term: Callable[[World, date], date], *, until: date) -> date:
    """The latest working day for a rejection whose term ends by a given day."""
    days = (world.days_ago(number) for number in range(30, 110))
    return max(day for day in days if term(world, day) <= until)


def reject_application(case: Case, *, on: date, ground: Ground | None = None) -> Part:
    """Rejected by two people on a working day, after a hearing if the ground requires one."""
    world = case.world
    yield from taken_up(case, within=2)
    if ground and ground.rests_on_other_data:
        yield world.office(case.next_day())
        offer_hearing(case)
        yield world.moment(clock.today() + timedelta(days=4), 8, 22)
        give_view(case)
    yield world.office(world.working_day_until(on - ONE_DAY))
    propose_rejection(case, ground or usual_rejection(case))
    yield world.office(on)
    case.application.approve_rejection(by=world.second_pair)


def file_objection(case: Case, *, after: int, **about: Any) -> Objected:
    """An objection with a file, a number of days after the decision."""
    at = case.world.moment(clock.today() + timedelta(days=after), 8, 22)
    yield at - timedelta(minutes=30)
    contest = Contest(case, **about)
    yield at
    name, dossier = "Toelichting bij bezwaar.pdf", case.application.dossier
    contest.file(evidence.add_document(dossier, name=name, by=case.wish.owner, world=case.world))
    return contest


def handle_objection(case: Case, *, rejected_ago: int, **about: Any) -> Objected:
    """Rejected a number of days ago, objected to a week later, and admitted."""
    yield from reject_application(case, on=case.world.days_ago(rejected_ago))
    contest = yield from file_objection(case, after=7, **about)
    yield from admit_objection(contest)
    return contest


def admit_objection(contest: Contest) -> Part:
    """Admitted on one of the next working days."""
    yield contest.world.office(contest.day(after=2))
    contest.admit()


def offer_and_answer(contest: Contest, *, wants: bool) -> Part:
    """Offered a hearing on the next working day, and answered some days later."""
    world = contest.world
    yield world.office(contest.day(after=1))
    contest.offer_hearing()
    yield world.moment(clock.today() + timedelta(days=4), 8, 22)
    contest.answer_hearing(wants=wants)


def invite_to_hearing(contest: Contest, *, on: date, planned_on: date) -> Part:
    """Wants to be heard, and is invited for a day."""
    yield from offer_and_answer(contest, wants=True)
    yield contest.world.office(planned_on)
    contest.plan_hearing(on)


def hold_hearing(contest: Contest, *, on: date) -> Part:
    """Invited at least eighteen days before, and heard."""
    planned_on = contest.world.working_day_until(on - timedelta(days=18))
    yield from invite_to_hearing(contest, on=on, planned_on=planned_on)
    yield from contest.hold_hearing()


def waive_hearing(contest: Contest) -> Part:
    """Does not want to be heard."""
    yield from offer_and_answer(contest, wants=False)
    yield contest.world.office(contest.day(after=1))
    contest.waive_hearing(Hearing.Skipped.WAIVED)


def days_until(case: Case, *, ago: int) -> int:
    """How many days from now until `ago` days before the day of the demo."""
    return (case.world.today - clock.today()).days - ago


# --- To be checked -------------------------------------------------------------------------------------------


def objection_new(case: Case) -> Part:
    """Filed yesterday; asks for a direct appeal, and for reimbursement of costs."""
    yield from reject_application(case, on=case.world.days_ago(12))
    yield from file_objection(case, after=days_until(case, ago=1), direct_appeal_asked=True, costs_asked=True)


def objection_late(case: Case) -> Part:
    """After the last day, with a reason that somebody must judge."""
    yield from reject_application(case, on=case.world.days_ago(60))
    yield from file_objection(case, after=days_until(case, ago=3), late_reason=LATE_REASON)


def objection_by_post(case: Case) -> Part:
    """Received by post after the last day, but posted in time."""
    world, by = case.world, case.world.officer
    yield from reject_application(case, on=find_latest_rejection_day(world, object_by, until=world.today - 2 * ONE_DAY))
    received = world.days_ago(1)
    yield world.office(received)
    contest = Contest(case, by=by, channel=Objection.Channel.POST, signed=True)
    posted = min(object_until(case), received - 2 * ONE_DAY)
    contest.objection.register(by=by, received_on=received, posted_on=posted)


def objection_in_repair(case: Case) -> Part:
    """'My grounds will follow': asked for them."""
    yield from reject_application(case, on=case.world.days_ago(22))
    contest = yield from file_objection(case, after=days_until(case, ago=8), grounds="")
    yield case.world.office(case.world.days_ago(2))
    contest.ask_repair("grounds")


def objection_repaired(case: Case) -> Part:
    """The grounds came after a request; to be checked again."""
    yield from reject_application(case, on=case.world.days_ago(40))
    contest = yield from file_objection(case, after=10, grounds="")
    yield case.world.office(contest.day(after=1))
    contest.ask_repair("grounds")
    yield case.world.moment(clock.today() + timedelta(days=9), 8, 22)
    contest.objection.repair(by=case.wish.owner, answer="Mijn leasecontract loopt wel lang genoeg: zie de bijlage.")


# --- Being handled --------------------------------------------------------------------------------------------


def objection_in_hand(case: Case) -> Part:
    """Admissible, and nothing more yet; a colleague left a note."""
    contest = yield from handle_objection(case, rejected_ago=24)
    yield clock.now() + timedelta(minutes=5)
    contest.objection.note(by=contest.officer, text="Gebeld: er komt nog een stuk van de dealer.")


def objection_hearing_offered(case: Case) -> Part:
    """Asked whether the objector wants to be heard."""
    contest = yield from handle_objection(case, rejected_ago=19)
    yield case.world.office(contest.day(after=1))
    contest.offer_hearing()


def objection_hearing_planned(case: Case) -> Part:
    """Heard next week."""
    world = case.world
    contest = yield from handle_objection(case, rejected_ago=44)
    on = world.working_day(world.today + timedelta(days=6))
    yield from invite_to_hearing(contest, on=on, planned_on=world.days_ago(13))


def objection_heard(case: Case) -> Part:
    """Heard this week or last; waits for a decision."""
    contest = yield from handle_objection(case, rejected_ago=58, costs_asked=True)
    yield from hold_hearing(contest, on=case.world.days_ago(2))


def objection_due(case: Case) -> Part:
    """Due within a week."""
    world = case.world
    yield from reject_application(
        case, on=find_latest_rejection_day(world, decide_by, until=world.today + timedelta(days=6))
    )
    contest = yield from file_objection(case, after=7)
    yield from admit_objection(contest)
    yield from hold_hearing(contest, on=world.days_ago(30))


def object_by(world: World, rejected_on: date) -> date:
    """The last day to object to a rejection of a given day."""
    return deadlines.objection_due(rejected_on, calendar=world.calendar)


def decide_by(world: World, rejected_on: date) -> date:
    """The last day to decide on an objection to it."""
    return deadlines.objection_decision_due(object_by(world, rejected_on), calendar=world.calendar)


def objection_adjourned(case: Case) -> Part:
    """Adjourned once, in time."""
    world = case.world
    contest = yield from handle_objection(case, rejected_ago=82)
    yield from hold_hearing(contest, on=world.days_ago(20))
    yield world.office(world.days_ago(4))
    contest.objection.adjourn(by=contest.officer, reason="Wij wachten nog op een antwoord van de RDW.")


def objection_overdue(case: Case) -> Part:
    """Overdue, with a notice of default: each day costs money."""
    world = case.world
    contest = yield from handle_objection(case, rejected_ago=119)
    yield from hold_hearing(contest, on=world.days_ago(50))
    yield world.moment(world.today - timedelta(days=26), 8, 22)
    contest.objection.receive_default_notice(by=case.wish.owner, received_on=clock.today())


# --- Decided, with the term to go to the court still open --------------------------------------------------------


def objection_was_upheld(case: Case) -> Part:
    """Upheld in full."""
    contest = yield from handle_objection(case, rejected_ago=50)
    yield case.world.office(case.world.days_ago(15))
    contest.uphold(explanation=RIGHT)


def objection_was_upheld_in_part(case: Case) -> Part:
    """Upheld in part, after a hearing."""
    contest = yield from handle_objection(case, rejected_ago=70)
    yield from hold_hearing(contest, on=case.world.days_ago(20))
    yield case.world.office(case.world.days_ago(9))
    contest.objection.uphold_in_part(by=contest.officer, **choose_grant_days(case) | {"explanation": PARTLY})


def objection_was_unfounded(case: Case) -> Part:
    """Unfounded: the rejection stands."""
    yield from find_unfounded(case, ago=20)


def find_unfounded(case: Case, *, ago: int) -> Objected:
    """Decided a number of days ago, without a hearing because the objector wanted none."""
    contest = yield from handle_objection(case, rejected_ago=ago + 45)
    yield from waive_hearing(contest)
    yield case.world.office(case.world.days_ago(ago))
    contest.declare_unfounded()
    return contest


def objection_was_inadmissible(case: Case) -> Part:
    """Filed too late without a good reason."""
    yield from reject_application(case, on=case.world.days_ago(75))
    contest = yield from file_objection(case, after=55, late_reason="Ik was op vakantie.")
    yield case.world.office(case.world.days_ago(10))
    contest.declare_inadmissible(
        Inadmissible.LATE,
        explanation="Een vakantie is geen goede reden: u had iemand kunnen vragen om uw post te lezen.",
    )


def objection_to_setting_aside(case: Case) -> Life:
    """It should not have been set aside: granted instead."""
    world = case.world
    yield from courses.silent(case, Within(last=world.days_ago(50)))
    contest = yield from file_objection(case, after=9)
    yield from admit_objection(contest)
    yield world.office(world.days_ago(16))
    contest.uphold(explanation=WRONGLY_SET_ASIDE)


def objection_was_withdrawn(case: Case) -> Part:
    """Withdrawn."""
    contest = yield from handle_objection(case, rejected_ago=35)
    yield clock.now() + timedelta(days=5)
    contest.objection.withdraw(by=case.wish.owner)


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
        objection_to_setting_aside,
        objection_was_withdrawn,
    )
}
"""By the names used in `demo.live_plan`."""

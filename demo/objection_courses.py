"""The courses that an objection of the letter's year can take after the rejection, within the terms of the law."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from typing import Any

from casework import clock
from demo.agenda import ONE_DAY, Life
from demo.case import Case
from demo.contest import DEFENCE, FOUR_WEEKS, Contest, Inadmissible, object_until, thresholds_ground
from demo.courses import Course, Part, Within, any_ground, reject_on_ground, working_between
from demo.plan import FIRST, LAST, THRESHOLDS_OF_2025
from exemptions.models import Ground, ThresholdVersion
from objections.models import Appeal, Hearing

UPHELD_FROM, UPHELD_BY = date(2025, 6, 2), date(2025, 7, 11)
Objected = Generator[datetime, None, Contest]


def reject_application(case: Case) -> Part:
    """Rejected because the conditions are not met; by the thresholds, if the kind has any."""
    if case.wish.kind.by_thresholds:
        ground = thresholds_ground(case)
    else:
        ground = any_ground(case, Ground.Category.CONDITIONS_NOT_MET)
    yield from reject_on_ground(case, Within(), ground=ground)


def file_objection(case: Case, *, within: tuple[int, int] = (6, 26), **about: Any) -> Objected:
    """An objection, a number of days after the rejection."""
    world = case.world
    at = world.moment(clock.today() + timedelta(days=world.rng.randint(*within)), 8, 22)
    yield at - timedelta(minutes=20)
    contest = Contest(case, **about)
    yield at
    contest.file()
    return contest


def admit_objection(contest: Contest) -> Part:
    """Admitted within some working days."""
    yield contest.world.office(contest.day(after=contest.world.rng.randint(1, 3)))
    contest.admit()


def hear_objector(contest: Contest) -> Part:
    """Offered a hearing, and then heard or not: declined, or unanswered."""
    world = contest.world
    yield world.office(contest.day(after=1))
    contest.offer_hearing()
    answer = world.rng.choice(["wants", "does not", "silent"])
    if answer == "silent":
        yield world.office(world.working_day((contest.hearing.reply_until or contest.due) + ONE_DAY))
        contest.waive_hearing(Hearing.Skipped.NO_REPLY)
        return
    yield world.moment(clock.today() + timedelta(days=world.rng.randint(2, 8)), 8, 22)
    contest.answer_hearing(wants=answer == "wants")
    yield world.office(contest.day(after=1))
    if answer == "wants":
        contest.plan_hearing(world.working_day(clock.today() + timedelta(days=18)))
        yield from contest.hold_hearing()
    else:
        contest.waive_hearing(Hearing.Skipped.WAIVED)


def find_unfounded(contest: Contest, *, first: date = FIRST) -> Part:
    """Admitted, heard, and decided some days later, not before a given day: the decision stands."""
    world = contest.world
    yield from admit_objection(contest)
    yield from hear_objector(contest)
    day = contest.day(after=world.rng.randint(2, 5))
    yield world.office(world.working_day(max(day, first)))
    contest.declare_unfounded()


# --- Upheld, and decided again ------------------------------------------------------------------------------


def objection_upheld(case: Case, _within: Within) -> Life:
    """Within the limits and yet needed: granted after all, after which the thresholds changed."""
    yield from reject_application(case)
    contest = yield from file_objection(case, within=(6, 24))
    yield from admit_objection(contest)
    first, last = max(contest.day(after=2), UPHELD_FROM), min(contest.due, UPHELD_BY)
    yield case.world.office(working_between(case.world, first, last))
    contest.uphold()
    yield case.world.morning(THRESHOLDS_OF_2025)
    contest.objection.led_to_thresholds.add(ThresholdVersion.objects.get(valid_from=THRESHOLDS_OF_2025))


def renewed(case: Case, _within: Within) -> Life:
    """No objection; the run after the new thresholds decides again."""
    yield from reject_application(case)


# --- Still being handled, or decided otherwise ---------------------------------------------------------------


def objection_pending(case: Case, _within: Within) -> Life:
    """Still being handled on the last day of the year; unfounded some days later."""
    yield from reject_application(case)
    contest = yield from file_objection(case, within=(5, 15))
    yield from find_unfounded(contest, first=LAST + timedelta(days=4))


def objection_unfounded(case: Case, _within: Within) -> Life:
    """Unfounded, well before the last day of the year."""
    yield from reject_application(case)
    contest = yield from file_objection(case)
    yield from find_unfounded(contest)


def objection_late(case: Case, _within: Within) -> Life:
    """Filed after the last day without an excuse: inadmissible."""
    yield from reject_application(case)
    days_left = (object_until(case) - clock.today()).days
    within = (days_left + 5, days_left + 20)
    contest = yield from file_objection(case, within=within, late_reason="Ik had de brief weggelegd en vergeten.")
    yield case.world.office(contest.day(after=6))
    contest.declare_inadmissible(
        Inadmissible.LATE, explanation="U was te laat. Dat u de brief vergat, is geen goede reden."
    )


def objection_not_repaired(case: Case, _within: Within) -> Life:
    """Filed without grounds, asked for them, reminded by the daily job, without answer: inadmissible."""
    world = case.world
    yield from reject_application(case)
    contest = yield from file_objection(case, within=(8, 20), grounds="")
    yield world.office(contest.day(after=1))
    contest.ask_repair("grounds")
    ended = contest.objection.repair_requests.get().ends_on + ONE_DAY
    yield world.office(world.working_day(ended + ONE_DAY))
    contest.declare_inadmissible(
        Inadmissible.NOT_REPAIRED,
        explanation="U hebt niet geschreven waarom u het niet eens bent met ons besluit. Wij hebben dat wel gevraagd.",
    )


def objection_withdrawn(case: Case, _within: Within) -> Life:
    """Withdrawn by the objector after some days."""
    yield from reject_application(case)
    contest = yield from file_objection(case)
    yield from admit_objection(contest)
    yield case.world.moment(clock.today() + timedelta(days=case.world.rng.randint(1, 9)), 8, 22)
    contest.objection.withdraw(by=case.wish.owner)


# --- Before the court -----------------------------------------------------------------------------------------


def lodge_appeal(case: Case) -> Generator[datetime, None, Appeal]:
    """Unfounded, and taken to court, which received our defence in time."""
    world = case.world
    yield from reject_application(case)
    contest = yield from file_objection(case)
    yield from find_unfounded(contest)
    filed_on = clock.today() + timedelta(days=world.rng.randint(20, 38))
    number = f"UTR {filed_on:%y} / {world.rng.randint(100, 999)} VERZONNEN"
    yield world.office(world.working_day(filed_on + timedelta(days=3)))
    appeal = contest.lodge(filed_on=filed_on, number=number)
    yield world.office(world.working_day(clock.today() + timedelta(days=14)))
    appeal.send_papers(by=world.officer, title=DEFENCE, dated_on=clock.today())
    return appeal


def hear_of_judgment(case: Case, *, filed_on: date | None, weeks: int) -> Generator[datetime, None, date]:
    """The news of a judgment a number of weeks after our papers; returns its day."""
    if filed_on is None:
        raise ValueError("it was not lodged")
    judged_on = case.world.working_day(filed_on + FOUR_WEEKS + timedelta(weeks=weeks))
    yield case.world.office(case.world.working_day(judged_on + timedelta(days=2)))
    return judged_on


def appeal_inadmissible(case: Case, _within: Within) -> Life:
    """The court fee was not paid."""
    appeal = yield from lodge_appeal(case)
    judged_on = yield from hear_of_judgment(case, filed_on=appeal.filed_on, weeks=8)
    judgment = "Het griffierecht is niet betaald. Het beroep is niet-ontvankelijk."
    appeal.find_inadmissible(by=case.world.officer, judged_on=judged_on, judgment=judgment)


def appeal_withdrawn(case: Case, _within: Within) -> Life:
    """Withdrawn before the court session."""
    appeal = yield from lodge_appeal(case)
    judged_on = yield from hear_of_judgment(case, filed_on=appeal.filed_on, weeks=6)
    judgment = "De indiener heeft het beroep ingetrokken."
    appeal.withdraw(by=case.world.officer, judged_on=judged_on, judgment=judgment)


COURSES: dict[str, Course] = {
    course.__name__: course
    for course in (
        objection_upheld,
        renewed,
        objection_pending,
        objection_unfounded,
        objection_late,
        objection_not_repaired,
        objection_withdrawn,
        appeal_inadmissible,
        appeal_withdrawn,
    )
}
"""By the names used in `demo.plan`."""

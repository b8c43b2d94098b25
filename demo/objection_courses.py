"""The ways an objection of the letter's year can go, from the rejection on; each inside the terms of the law."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from demo import courses, measures, verdicts
from demo.courses import Course, Within, any_ground, reject, working_between
from demo.court import Lawsuit
from demo.objection import Contest, Outcome, object_until
from demo.plan import FIRST, LAST, THRESHOLDS_OF_2025
from demo.story import Story
from demo.world import ONE_DAY
from exemptions import terms
from exemptions.models import Ground
from exemptions.steps.revision import Cause
from objections.models import Hearing, ObjectionDecision

UPHELD_FROM, UPHELD_BY = date(2025, 6, 2), date(2025, 7, 11)
STAYS = "Wij hebben alles opnieuw bekeken. Wat u schrijft, verandert de reden van ons besluit niet."
RIGHT = (
    "U hebt met de gegevens van uw voertuig laten zien dat u een zwaardere lading nodig hebt dan de uitstootvrije "
    "voertuigen die nu te koop zijn, kunnen dragen. U krijgt de ontheffing alsnog."
)
REPORT = "Aanwezig waren de bezwaarmaker en de bezwaarbehandelaar. De bezwaarmaker lichtte het bezwaar toe."


def rejected(story: Story) -> date:
    """Rejected because the conditions are not met; of a kind with thresholds, because of those."""
    if story.wish.kind.by_thresholds:
        return reject(story, Within(), ground=thresholds_ground(story))
    return reject(story, Within(), ground=any_ground(story, Ground.Category.CONDITIONS_NOT_MET))


def thresholds_ground(story: Story) -> Ground:
    """The ground that an emission-free vehicle is for sale."""
    grounds = story.world.grounds_for(story.wish.kind, Ground.Outcome.REJECT)
    return next(ground for ground in grounds if ground.rests_on_thresholds)


def objected(story: Story, *, within: tuple[int, int] = (6, 26)) -> Contest:
    """An objection, so many days after the rejection."""
    world, day = story.world, timezone.localdate(story.application.changed_at)
    at = world.moment(day + timedelta(days=world.rng.randint(*within)), 8, 22)
    contest = Contest(story, begun_at=at - timedelta(minutes=20))
    contest.file(at)
    return contest


def admitted(contest: Contest) -> datetime:
    """Found admissible within some working days; tells when."""
    world = contest.world
    came_in = datetime.combine(contest.objection.came_in_on, datetime.min.time(), terms.AMSTERDAM)
    at = world.office(contest.day(came_in, after=world.rng.randint(1, 3)))
    contest.admit(at, by=world.officer)
    return at


def heard(contest: Contest, at: datetime) -> datetime:
    """Offered a hearing, and then heard, or not because nobody wanted it or answered; tells when that was over."""
    world, by = contest.world, contest.world.officer
    at = world.office(contest.day(at, after=1))
    contest.offer_hearing(at, by=by)
    until = contest.offered.reply_until or contest.due
    answer = world.rng.choice(["wants", "does not", "silent"])
    if answer == "silent":
        at = world.office(world.working_day(until + ONE_DAY))
        contest.waive_hearing(at, by=by, ground=Hearing.Skipped.NO_REPLY)
        return at
    at = world.moment(timezone.localdate(at) + timedelta(days=world.rng.randint(2, 8)), 8, 22)
    contest.answer_hearing(at, wants=answer == "wants")
    at = world.office(contest.day(at, after=1))
    if answer != "wants":
        contest.waive_hearing(at, by=by, ground=Hearing.Skipped.WAIVED)
        return at
    return held(contest, at)


def held(contest: Contest, at: datetime) -> datetime:
    """Invited, and heard two weeks later; tells when."""
    world, by = contest.world, contest.world.officer
    day = world.working_day(timezone.localdate(at) + timedelta(days=13))
    held_at = datetime.combine(day, datetime.min.time().replace(hour=10), terms.AMSTERDAM)
    contest.plan_hearing(at, held_at=held_at, by=by)
    at = held_at + timedelta(hours=2)
    contest.hold_hearing(at, by=by, report=REPORT)
    return at


def unfounded(contest: Contest, at: datetime, *, first: date = FIRST) -> None:
    """Heard, and decided some days later, not before a day: the decision stays."""
    world = contest.world
    day = contest.day(heard(contest, at), after=world.rng.randint(2, 5))
    at = world.office(world.working_day(max(day, first)))
    contest.decide("declare_unfounded", Outcome.UNFOUNDED, at, by=world.officer, explanation=STAYS)


# --- Upheld, and decided again ------------------------------------------------------------------------------


def objection_upheld(story: Story, _within: Within) -> None:
    """The vehicle is within the limits, and yet needed: granted after all; the thresholds changed because of it."""
    measures.beyond_next(story, "2025")
    rejected(story)
    contest = objected(story, within=(6, 24))
    at = admitted(contest)
    day = working_between(story.world, max(contest.day(at, after=2), UPHELD_FROM), min(contest.due, UPHELD_BY))
    upheld(contest, story.world.office(day))
    version = story.world.thresholds_on(THRESHOLDS_OF_2025)
    through = type(contest.objection).led_to_thresholds.through
    story.rows.add(through(objection=contest.objection, thresholdversion=version))


def upheld(
    contest: Contest,
    at: datetime,
    *,
    step: str = "uphold",
    outcome: ObjectionDecision.Outcome = Outcome.UPHELD,
    explanation: str = RIGHT,
) -> None:
    """A grant in place of the rejection, from the day of the decision; wholly, so that nobody need be heard."""
    story, by = contest.story, contest.world.officer
    if contest.hearing is None:
        contest.skip(at, Hearing.Skipped.UPHELD)
    verdict = courses.grant_on(story, timezone.localdate(at))
    new = verdicts.revise(story, verdict, at, by=by, cause=Cause.OBJECTION)
    contest.decide(step, outcome, at, by=by, explanation=explanation, new_decision=new, detail=verdict.as_detail)


def renewed(story: Story, _within: Within) -> None:
    """Did not object; the run after the new thresholds decides again."""
    measures.beyond_next(story, "2025")
    rejected(story)


# --- Still being handled, or decided otherwise ---------------------------------------------------------------


def objection_pending(story: Story, _within: Within) -> None:
    """Still being handled on the last day of the year; unfounded some days later."""
    rejected(story)
    contest = objected(story, within=(5, 15))
    unfounded(contest, admitted(contest), first=LAST + timedelta(days=4))


def objection_unfounded(story: Story, _within: Within) -> None:
    """Unfounded, well before the last day of the year."""
    rejected(story)
    contest = objected(story)
    unfounded(contest, admitted(contest))


def objection_late(story: Story, _within: Within) -> None:
    """After the last day, for a reason that excuses nothing: inadmissible."""
    rejected(story)
    world, due = story.world, object_until(story)
    at = world.moment(due + timedelta(days=world.rng.randint(5, 20)), 8, 22)
    contest = Contest(story, begun_at=at - timedelta(minutes=20), late_reason="Ik had de brief weggelegd en vergeten.")
    contest.file(at)
    inadmissible(
        contest,
        world.office(contest.day(at, after=6)),
        because=ObjectionDecision.Inadmissible.LATE,
        explanation="U was te laat. Dat u de brief vergat, is geen goede reden.",
    )


def objection_not_repaired(story: Story, _within: Within) -> None:
    """Sent without grounds, asked for them, reminded, and silent: inadmissible."""
    rejected(story)
    contest = objected_without_grounds(story)
    world = story.world
    asked_on = contest.requests[-1].sent_on
    contest.remind_repair(world.at_seven(asked_on + timedelta(days=world.policy.number("repair_remind_days"))))
    ended = contest.requests[-1].ends_on + ONE_DAY
    contest.let_repair_lapse(world.at_seven(ended))
    inadmissible(
        contest,
        world.office(world.working_day(ended + ONE_DAY)),
        because=ObjectionDecision.Inadmissible.NOT_REPAIRED,
        explanation="U hebt niet geschreven waarom u het niet eens bent met ons besluit. Wij hebben dat wel gevraagd.",
    )


def objected_without_grounds(story: Story) -> Contest:
    """'My grounds will follow': asked for them on one of the next days."""
    world, day = story.world, timezone.localdate(story.application.changed_at)
    at = world.moment(day + timedelta(days=world.rng.randint(8, 20)), 8, 22)
    contest = Contest(story, begun_at=at - timedelta(minutes=5), grounds="")
    contest.file(at)
    contest.ask_repair(world.office(contest.day(at, after=1)), by=world.officer, items=["grounds"])
    return contest


def inadmissible(contest: Contest, at: datetime, *, because: ObjectionDecision.Inadmissible, explanation: str) -> None:
    """Not looked at; manifestly so, so that nobody need be heard."""
    if because == ObjectionDecision.Inadmissible.LATE:
        contest.objection.excused, contest.objection.excused_because = False, explanation
    contest.skip(at, Hearing.Skipped.INADMISSIBLE)
    contest.decide(
        "declare_inadmissible",
        Outcome.INADMISSIBLE,
        at,
        by=contest.world.officer,
        explanation=explanation,
        detail={"because": because.value},
        inadmissible_because=because,
    )


def objection_withdrawn(story: Story, _within: Within) -> None:
    """Taken back by the objector after some days."""
    rejected(story)
    contest = objected(story)
    at = admitted(contest)
    contest.withdraw(story.world.moment(timezone.localdate(at) + timedelta(days=story.world.rng.randint(1, 9)), 8, 22))


# --- Before the court -----------------------------------------------------------------------------------------


def appealed(story: Story) -> Lawsuit:
    """Unfounded, and taken to the court, which got our defence."""
    rejected(story)
    contest = objected(story)
    unfounded(contest, admitted(contest))
    return Lawsuit.about(contest, days=story.world.rng.randint(20, 38))


def appeal_inadmissible(story: Story, _within: Within) -> None:
    """The court fee was not paid."""
    judgment = "Het griffierecht is niet betaald. Het beroep is niet-ontvankelijk."
    appealed(story).end("find_inadmissible", weeks=8, judgment=judgment)


def appeal_withdrawn(story: Story, _within: Within) -> None:
    """Taken back before the court sat."""
    appealed(story).end("withdraw", weeks=6, judgment="De indiener heeft het beroep ingetrokken.")


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
"""By the names that `demo.plan` uses."""

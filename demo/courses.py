"""The ways a case can go, as series of steps. Each takes its moments from working days, inside the terms of the law."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from accounts.models import User
from demo import measures, verdicts
from demo.case import Wish
from demo.plan import FIRST, MONTHS_GRANTED, ZONES_BEGIN
from demo.story import Story
from demo.verdicts import Verdict
from demo.world import ONE_DAY, World
from exemptions import terms
from exemptions.models import Applicant, Ground
from exemptions.models.decision import Outcome

EIGHT_WEEKS = 55  # days; inside the term of Awb 4:13 whatever the weekday
ANSWERED_SHARE = 0.12  # of the granted ones, those first asked to complete
ANSWER_NEEDS_DAYS = 40
HARDSHIP = "HAR"


class Within(NamedTuple):
    """The first and last day on which a case may end."""

    first: date = FIRST
    last: date = date.max - timedelta(days=366)


Course = Callable[[Story, Within], None]


def received_on(story: Story) -> date:
    """The day of receipt."""
    return timezone.localdate(story.received_at)


def taken_up(story: Story, *, within: int) -> date:
    """Somebody takes it up within so many working days; tells on which day."""
    world = story.world
    day = world.working_day(received_on(story) + ONE_DAY, after=world.rng.randrange(within))
    story.take_up(world.office(day), by=world.handler(story.wish.kind, story.wish.municipality))
    return day


def granted(story: Story, within: Within) -> None:
    """Granted, often at once, now and then after a request to complete."""
    world = story.world
    room = (within.last - received_on(story)).days
    day = taken_up(story, within=6 if room > 21 else 2)
    if room > ANSWER_NEEDS_DAYS and world.rng.random() < ANSWERED_SHARE:
        day = answered(story, day)
    decide_grant(story, day, within)


def answered(story: Story, day: date) -> date:
    """A request to complete that is answered in time."""
    world, by = story.world, handler(story)
    story.ask(world.office(world.working_day(day + ONE_DAY)), by=by)
    asked = story.requests[-1].sent_on
    story.supply(world.moment(asked + timedelta(days=world.rng.randint(2, 10)), 8, 22))
    again = world.working_day(timezone.localdate(story.application.changed_at) + ONE_DAY)
    story.take_up(world.office(again), by=by)
    return again


def decide_grant(story: Story, after: date, within: Within) -> None:
    """The grant itself; the hardship clause wants a second pair of eyes."""
    world = story.world
    first = max(after + ONE_DAY, within.first)
    last = min(within.last, received_on(story) + timedelta(days=EIGHT_WEEKS))
    by = handler(story)
    if not story.wish.kind.second_pair_for_grant:
        day = working_between(world, first, last)
        verdicts.decide(story, grant_on(story, day), world.office(day), by=by)
        return
    proposed = working_between(world, first, last - 5 * ONE_DAY)
    day = world.working_day(proposed + ONE_DAY, after=world.rng.randrange(2))
    verdict = grant_on(story, day)
    proposal = verdicts.propose(story, verdict, world.office(proposed), by=by)
    verdicts.approve(story, verdict, proposal, world.office(day), by=world.second_pair)


def grant_on(story: Story, day: date) -> Verdict:
    """A grant that begins when it was wanted, not before the decision, and ends as the kind allows."""
    world, wish = story.world, story.wish
    starts_on = max(day, wish.wanted_from or day)
    months = world.rng.randint(*MONTHS_GRANTED[wish.kind.code])
    ends_on = terms.months_later(starts_on, months) - ONE_DAY
    latest = terms.latest_end(wish.kind, facts=story.facts, starts_on=starts_on)
    ground = world.grounds_for(wish.kind, Ground.Outcome.GRANT)[0]
    return Verdict(Outcome.GRANTED, ground, starts_on, min(ends_on, latest or ends_on))


def rejected_conditions(story: Story, within: Within) -> None:
    """Rejected, for the conditions are not met."""
    reject(story, within, ground=any_ground(story, Ground.Category.CONDITIONS_NOT_MET))


def rejected_other(story: Story, within: Within) -> None:
    """Rejected for another reason."""
    reject(story, within, ground=any_ground(story, Ground.Category.OTHER))


def any_ground(story: Story, category: Ground.Category) -> Ground:
    """A ground of this category, the kind's own more likely."""
    grounds = story.world.grounds_for(story.wish.kind, Ground.Outcome.REJECT, category=category)
    return story.world.rng.choice(grounds[:4])


def reject(story: Story, within: Within, *, ground: Ground) -> date:
    """Taken up, heard where the ground rests on other data, proposed, and approved by another; tells on which day."""
    world = story.world
    day = taken_up(story, within=4)
    by = handler(story)
    if ground.rests_on_thresholds:
        measures.of_a_rejection(story)
    if ground.rests_on_other_data:
        day = heard(story, day)
    proposed = world.working_day(day + ONE_DAY, after=world.rng.randrange(3))
    verdict = Verdict(Outcome.REJECTED, ground)
    proposal = verdicts.propose(story, verdict, world.office(proposed), by=by)
    day = max(world.working_day(proposed + ONE_DAY, after=world.rng.randrange(3)), world.working_day(within.first))
    verdicts.approve(story, verdict, proposal, world.office(day), by=world.second_pair)
    return day


def heard(story: Story, day: date) -> date:
    """The applicant gets the chance to give a view, and takes it or not (Awb 4:7)."""
    world = story.world
    offered = world.working_day(day + ONE_DAY)
    request = story.offer_hearing(world.office(offered), by=handler(story))
    if world.rng.random() < 0.5:
        answer = offered + timedelta(days=world.rng.randint(1, 12))
        story.give_view(world.moment(answer, 8, 22), request)
        return answer
    closed = request.ends_on + ONE_DAY
    story.close_hearing(world.at_seven(closed), request)
    return closed


def silent(story: Story, within: Within) -> None:
    """Asked twice, reminded twice, no answer: set aside within four weeks after the last term (Awb 4:5)."""
    world = story.world
    day = taken_up(story, within=4)
    by = handler(story)
    story.ask(world.office(world.working_day(day + ONE_DAY)), by=by)
    fall_silent(story)
    ended = story.requests[-1].ends_on
    due = min(ended + timedelta(days=27), within.last)
    set_aside_on = working_between(world, ended + 2 * ONE_DAY, due)
    ground = world.grounds_for(story.wish.kind, Ground.Outcome.SET_ASIDE, category=Ground.Category.NO_RESPONSE)[0]
    verdicts.decide(story, Verdict(Outcome.SET_ASIDE, ground), world.office(set_aside_on), by=by)


def fall_silent(story: Story) -> None:
    """What the daily job does while the applicant says nothing to an open request."""
    world = story.world
    after = timedelta(days=world.policy.number("remind_after_days"))
    story.remind(world.at_seven(story.requests[-1].sent_on + after))
    story.ask_again(world.at_seven(story.requests[-1].ends_on + ONE_DAY))
    story.remind(world.at_seven(story.requests[-1].sent_on + after))
    story.let_lapse(world.at_seven(story.requests[-1].ends_on + ONE_DAY))


def wrong_data(story: Story, _within: Within) -> None:
    """Asked to put the data right; the answer did not help: set aside within four weeks after it."""
    world = story.world
    again = answered(story, taken_up(story, within=4))
    day = world.working_day(again + ONE_DAY, after=world.rng.randrange(6))
    ground = world.grounds_for(story.wish.kind, Ground.Outcome.SET_ASIDE, category=Ground.Category.WRONG_DATA)[0]
    verdicts.decide(story, Verdict(Outcome.SET_ASIDE, ground), world.office(day), by=handler(story))


def withdrawn_at_once(story: Story, _within: Within) -> None:
    """Withdrawn before anybody took it up."""
    story.withdraw(story.received_at + timedelta(minutes=story.world.rng.randint(10, 1400)))


def withdrawn_in_review(story: Story, within: Within) -> None:
    """Taken up, and withdrawn some days later."""
    world = story.world
    day = taken_up(story, within=4)
    day = max(day + timedelta(days=world.rng.randint(1, 9)), within.first)
    story.withdraw(world.moment(day, 18, 22))


def converted(story: Story, _within: Within) -> None:
    """A local kind fits better: the case goes on as that, and the municipality's people decide it."""
    world = story.world
    day = world.working_day(taken_up(story, within=4) + ONE_DAY, after=world.rng.randrange(4))
    by = handler(story)
    at = world.office(day)
    successor = story.convert(at, by=by, wish=local_wish(story, on=timezone.localdate(at)))
    successor.take_up(world.office(world.working_day(timezone.localdate(at) + ONE_DAY)), by=by)
    decide_grant(successor, timezone.localdate(successor.application.changed_at), Within())


def local_wish(story: Story, *, on: date) -> Wish:
    """The same wish, as a local kind; business-economic circumstances are for organisations only."""
    world, organisation = story.world, story.wish.applicant.form == Applicant.Form.ORGANISATION
    code = world.rng.choice(["BEO", HARDSHIP]) if organisation else HARDSHIP
    return replace(story.wish, kind=world.kind(code, on=on), municipality=world.town(on=max(on, ZONES_BEGIN)))


def handler(story: Story) -> User:
    """Who has it in hand."""
    if story.application.assigned_to is None:
        raise ValueError("nobody has taken it up")
    return story.application.assigned_to


def working_between(world: World, first: date, last: date) -> date:
    """A working day in a span; its first one where the span is short."""
    day = world.working_day(first + timedelta(days=world.rng.randint(0, max(0, (last - first).days))))
    return day if day <= last else world.working_day(first)


COURSES: dict[str, Course] = {
    course.__name__: course
    for course in (
        granted,
        rejected_conditions,
        rejected_other,
        silent,
        wrong_data,
        withdrawn_at_once,
        withdrawn_in_review,
        converted,
    )
}
"""By the names that `demo.plan` uses. Each takes the story and the last day on which it may end."""

"""The courses that a case can take, each a series of steps on working days, within the terms of the law."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils.translation import override

from casework import clock
from demo.agenda import ONE_DAY, Life
from demo.case import NOT_LEGIBLE, Case
from demo.plan import FIRST, ZONES_BEGIN
from demo.wish import Wish
from demo.world import World
from exemptions import doubts
from exemptions.differences import differences_between
from exemptions.doubts import find_shortfall
from exemptions.models import Applicant, FactsRecord, Ground
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.vehicles import years_later

EIGHT_WEEKS = 55  # days; inside the term of Awb 4:13 whatever the weekday
ANSWERED_SHARE = 0.12  # of the granted ones, those first asked to complete
ANSWER_NEEDS_DAYS = 40
HARDSHIP = "HAR"
REASON = "In uw geval hebben wij gekeken naar de stukken die u hebt gestuurd en naar het register."
WHY_LESS = "Zo lang hebt u de ontheffing nodig, zoals u schreef."
FITS_BETTER = "Een ontheffing van de gemeente past beter bij uw situatie. U hoeft niets opnieuw aan te vragen."


class Within(NamedTuple):
    """The first and last day on which a case may end."""

    first: date = FIRST
    last: date = date.max - timedelta(days=366)


Course = Callable[[Case, Within], Life]
Part = Generator[datetime, None, None]


def taken_up(case: Case, *, within: int) -> Part:
    """Taken up within a number of working days."""
    world = case.world
    yield world.office(case.next_day(within=within))
    case.application.take_up(by=world.handler(case.wish.kind, case.wish.municipality))


def granted(case: Case, within: Within) -> Life:
    """Granted, often at once, sometimes after a request to complete."""
    room = (within.last - case.application.received_on).days
    yield from taken_up(case, within=6 if room > 21 else 2)
    if room > ANSWER_NEEDS_DAYS and case.world.rng.random() < ANSWERED_SHARE:
        yield from ask_and_answer(case)
    yield from decide_grant(case, within)


def ask_completion(case: Case, *, extra_days: int = 0) -> None:
    """Ask for the first item again, for the usual term or longer."""
    ends_on = case.world.term("completion_days", sent_on=clock.today() + timedelta(days=extra_days))
    item = case.application.evidence_items.earliest("pk")
    case.application.ask_completion(by=case.handler, items={item: NOT_LEGIBLE}, ends_on=ends_on)


def supply_proof(case: Case) -> None:
    """Supply what was asked."""
    for asked in case.application.open_request().items.select_related("item"):
        case.hand_in(asked.item, name="Aanvulling.pdf")
    case.application.supply(by=case.wish.owner, answer="Hierbij het stuk, nu goed leesbaar.")


def ask_and_answer(case: Case) -> Part:
    """A request to complete, answered in time; the case is then taken up again."""
    world, by = case.world, case.handler
    yield world.office(case.next_day())
    ask_completion(case)
    yield world.moment(clock.today() + timedelta(days=world.rng.randint(2, 10)), 8, 22)
    supply_proof(case)
    yield world.office(case.next_day())
    case.application.take_up(by=by)


def decide_grant(case: Case, within: Within) -> Part:
    """The grant; under the hardship clause it takes a second pair of eyes."""
    world, application = case.world, case.application
    first = max(clock.today() + ONE_DAY, within.first)
    last = min(within.last, application.received_on + timedelta(days=EIGHT_WEEKS))
    if not case.wish.kind.second_pair_for_grant:
        yield world.office(working_between(world, first, last))
        case.judge_proof()
        application.grant(by=case.handler, **choose_grant_days(case))
        return
    yield world.office(working_between(world, first, last - 5 * ONE_DAY))
    decided_on = case.next_day(within=2)
    case.judge_proof()
    application.propose_grant(by=case.handler, **choose_grant_days(case, on=decided_on))
    yield world.office(decided_on)
    application.approve_grant(by=world.second_pair)


def choose_grant_days(case: Case, *, on: date | None = None, ends_on: date | None = None) -> dict[str, Any]:
    """A grant begins when wanted but not before the decision, and ends when nothing needs it any more."""
    starts_on = max(case.first_day, on or case.first_day)
    last_day = doubts.last_day_of(case.application, starts_on=starts_on)
    limits = [limit.day for limit in (*last_day.bounds, *last_day.wishes)]
    ends_on = ends_on or min([case.wish.needed_until or date.max, *limits])
    term = {"starts_on": starts_on, "ends_on": ends_on}
    explanation = WHY_LESS if find_shortfall(case.application, **term) else ""
    return {"ground": case.ground(Ground.Outcome.GRANT), **term, "explanation": explanation}


def rejected_conditions(case: Case, within: Within) -> Life:
    """Rejected because the conditions are not met."""
    yield from reject_on_ground(case, within, ground=any_ground(case, Ground.Category.CONDITIONS_NOT_MET))


def rejected_other(case: Case, within: Within) -> Life:
    """Rejected for another reason."""
    yield from reject_on_ground(case, within, ground=any_ground(case, Ground.Category.OTHER))


def any_ground(case: Case, category: Ground.Category) -> Ground:
    """A ground of this category, more likely one of the kind's own."""
    grounds = case.world.grounds_for(case.wish.kind, Ground.Outcome.REJECT, category=category)
    return case.world.rng.choice(grounds[:4])


def reject_on_ground(case: Case, within: Within, *, ground: Ground) -> Part:
    """Taken up, heard if the ground rests on data from others, proposed, and approved by a second person."""
    world = case.world
    yield from taken_up(case, within=4)
    if ground.rests_on_other_data:
        yield from hear_applicant(case)
    yield world.office(case.next_day(within=3))
    propose_rejection(case, ground)
    yield world.office(max(case.next_day(within=3), world.working_day(within.first)))
    case.application.approve_rejection(by=world.second_pair)


def propose_rejection(case: Case, ground: Ground) -> None:
    """Propose a rejection to a second pair of eyes."""
    case.judge_proof(ground=ground)
    case.application.propose_rejection(by=case.handler, ground=ground, explanation=REASON)


def hear_applicant(case: Case) -> Part:
    """The applicant may give a view, and does or does not (Awb 4:7)."""
    world = case.world
    yield world.office(case.next_day())
    offer_hearing(case)
    if world.rng.random() < 0.5:
        yield world.moment(clock.today() + timedelta(days=world.rng.randint(1, 12)), 8, 22)
        give_view(case)
    else:
        yield world.morning(case.view_request.ends_on + ONE_DAY)


def offer_hearing(case: Case) -> None:
    """State which data differ: the applicant typed another date than the register has."""
    application, known = case.application, case.application.current_facts
    if known is None:
        raise ValueError("nothing is known of the vehicle")
    typed = typed_otherwise(known.vehicle)
    with clock.at(known.as_of - timedelta(minutes=5)):  # before the register was queried
        application.record_facts(source=FactsRecord.Source.APPLICANT, facts=as_json(typed), by=case.wish.owner)
    with override(case.wish.language):
        found = differences_between(typed, known.vehicle, where=known.get_source_display())
    ends_on = case.world.term("view_days", sent_on=clock.today())
    application.offer_hearing(by=case.handler, differences=found, ends_on=ends_on)


def typed_otherwise(facts: VehicleFacts) -> VehicleFacts:
    """What somebody typed who thought their vehicle to be newer."""
    if facts.first_admission:
        return replace(facts, first_admission=years_later(facts.first_admission, 1))
    return replace(facts, emission_class="5" if facts.emission_class == "6" else "6")


def give_view(case: Case) -> None:
    """The applicant gives a view."""
    case.application.give_view(by=case.wish.owner, view="Ik zie dat anders: ik heb de auto nodig.")


def silent(case: Case, within: Within) -> Life:
    """Asked and reminded twice, no answer: set aside within four weeks after the last term (Awb 4:5)."""
    world = case.world
    yield from taken_up(case, within=4)
    yield world.office(case.next_day())
    ask_completion(case)
    yield from fall_silent(case)
    ended = clock.today() - ONE_DAY
    due = min(ended + timedelta(days=27), within.last)
    yield world.office(working_between(world, ended + 2 * ONE_DAY, due))
    set_aside(case, Ground.Category.NO_RESPONSE)


def fall_silent(case: Case) -> Part:
    """No answer from the applicant: the daily job reminds, asks again, reminds, and lets it lapse."""
    for _round in range(case.world.policy.number("completion_rounds")):
        yield case.world.morning(case.application.open_request().ends_on + ONE_DAY)


def set_aside(case: Case, category: Ground.Category) -> None:
    """Set it aside for this reason."""
    ground = case.ground(Ground.Outcome.SET_ASIDE, category=category)
    case.application.set_aside(by=case.handler, ground=ground, explanation=REASON)


def wrong_data(case: Case, _within: Within) -> Life:
    """Asked to correct the data; the answer did not help: set aside within four weeks after it."""
    yield from taken_up(case, within=4)
    yield from ask_and_answer(case)
    yield case.world.office(case.next_day(within=6))
    set_aside(case, Ground.Category.WRONG_DATA)


def withdrawn_at_once(case: Case, _within: Within) -> Life:
    """Withdrawn before it was taken up."""
    yield case.received_at + timedelta(minutes=case.world.rng.randint(10, 1400))
    case.application.withdraw(by=case.wish.owner)


def withdrawn_in_review(case: Case, within: Within) -> Life:
    """Taken up, and withdrawn some days later."""
    world = case.world
    yield from taken_up(case, within=4)
    day = max(clock.today() + timedelta(days=world.rng.randint(1, 9)), within.first)
    yield world.moment(day, 18, 22)
    case.application.withdraw(by=case.wish.owner)


def converted(case: Case, _within: Within) -> Life:
    """A local kind fits better: the case continues as that, decided by the municipality's staff."""
    yield from taken_up(case, within=4)
    yield case.world.office(case.next_day(within=4))
    successor = convert_to_local_kind(case)
    yield from complete_converted_case(successor)
    yield from decide_grant(successor, Within())


def convert_to_local_kind(case: Case) -> Case:
    """Convert to a local kind; returns the new case."""
    wish = local_wish(case)
    case.application.convert(by=case.handler, kind=wish.kind, municipality=wish.municipality, reason=FITS_BETTER)
    case.application.refresh_from_db()
    return Case(case.world, wish, case.application.converted_to)


def complete_converted_case(case: Case) -> Part:
    """Taken up, and asked for evidence that only the new kind requires; it is supplied within days."""
    world, application = case.world, case.application
    yield world.office(case.next_day())
    application.take_up(by=world.handler(case.wish.kind, case.wish.municipality))
    missing = application.evidence_items.missing(extends=False, is_foreign=application.is_foreign)
    asked = dict.fromkeys(missing, "Dit stuk hoort bij deze ontheffing.")
    if not asked:
        return
    application.ask_completion(
        by=case.handler, items=asked, ends_on=world.term("completion_days", sent_on=clock.today())
    )
    by = case.handler
    yield world.moment(clock.today() + timedelta(days=world.rng.randint(2, 9)), 8, 22)
    supply_proof(case)
    yield world.office(case.next_day())
    application.take_up(by=by)


def local_wish(case: Case) -> Wish:
    """The same wish, as a local kind; business-economic circumstances are for organisations only."""
    world, organisation = case.world, case.wish.applicant.form == Applicant.Form.ORGANISATION
    code, today = world.rng.choice(["BEO", HARDSHIP]) if organisation else HARDSHIP, clock.today()
    return replace(case.wish, kind=world.kind(code, on=today), municipality=world.town(on=max(today, ZONES_BEGIN)))


def working_between(world: World, first: date, last: date) -> date:
    """A working day in a period; its first day if the period is short."""
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
"""By the names used in `demo.plan`. Each takes the case, and the first and last day on which it may end."""

"""How a case around today came to stand where it stands; each function tells it until yesterday at the latest."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from casework.models import Message
from demo import courses, verdicts
from demo.courses import Within, fall_silent, grant_on, handler, taken_up
from demo.story import Story
from demo.verdicts import Verdict
from demo.world import ONE_DAY
from exemptions.models import EvidenceItem, Ground, Note, Status
from exemptions.models.decision import Outcome

NOT_LEGIBLE = "De datum op dit stuk is niet te lezen."
Scene = Callable[[Story], None]


def new(_story: Story) -> None:
    """Nobody has taken it up."""


def in_hand(story: Story) -> None:
    """Taken up."""
    taken_up(story, within=2)


def led(story: Story) -> None:
    """The team lead took it over."""
    in_hand(story)
    lead, at = story.world.second_pair, story.application.changed_at + timedelta(hours=1)
    story.application.assigned_to = lead
    story.record("assign", Status.IN_REVIEW, at=at, by=lead, detail={"to": lead.pk})


def disputed(story: Story) -> None:
    """'These data are wrong', says the applicant."""
    at = story.received_at + timedelta(hours=2)
    story.application.facts_disputed = "De datum van eerste toelating klopt niet: de auto is een jaar jonger."
    story.record("dispute_facts", Status.SUBMITTED, at=at, by=story.wish.owner)


def disputed_in_hand(story: Story) -> None:
    """The same, while a caseworker was about to ask for completion."""
    taken_up(story, within=2)
    story.application.facts_disputed = "De emissieklasse klopt niet: het kentekenbewijs noemt een andere."
    at = story.world.office(story.world.days_ago(2))
    story.record("dispute_facts", Status.IN_REVIEW, at=at, by=story.wish.owner)


def noted(story: Story) -> None:
    """Taken up, with a note for colleagues."""
    in_hand(story)
    at, by = story.application.changed_at + timedelta(minutes=9), handler(story)
    story.rows.add(Note(application=story.application, text="Gebeld: het kentekenbewijs komt nog.", by=by, at=at))
    story.record("note", Status.IN_REVIEW, at=at, by=by)


def asked(story: Story, *, extra_days: int = 0) -> None:
    """Asked to complete, a few days after it was taken up."""
    world, day = story.world, taken_up(story, within=2)
    sent_on = world.working_day(day + ONE_DAY)
    ends_on = world.working_day(story.usual_term(sent_on) + timedelta(days=extra_days))
    at = world.office(sent_on)
    for item in story.items[:1]:
        item.verdict, item.because, item.judged_at = EvidenceItem.Verdict.INSUFFICIENT, NOT_LEGIBLE, at
    story.ask(at, by=handler(story), ends_on=ends_on)


def reminded(story: Story) -> None:
    """Reminded of a request with a longer term."""
    asked(story, extra_days=14)
    after = timedelta(days=story.world.policy.number("remind_after_days"))
    story.remind(story.world.at_seven(story.requests[-1].sent_on + after))


def answered(story: Story) -> None:
    """Completed; the desk has not gone on yet."""
    asked(story)
    story.supply(story.world.moment(story.requests[-1].sent_on + timedelta(days=9), 8, 22))


def lapsed(story: Story) -> None:
    """Silent twice: it can be set aside."""
    asked(story)
    fall_silent(story)


def hearing(story: Story) -> None:
    """May give a view before a rejection that rests on other data."""
    day = story.world.working_day(taken_up(story, within=2) + ONE_DAY)
    story.offer_hearing(story.world.office(day), by=handler(story))


def viewed(story: Story) -> None:
    """Has given a view."""
    day = story.world.working_day(taken_up(story, within=2) + ONE_DAY)
    request = story.offer_hearing(story.world.office(day), by=handler(story))
    story.give_view(story.world.moment(day + timedelta(days=8), 8, 22), request)


def rejection(story: Story) -> Verdict:
    """A rejection that needs no hearing."""
    grounds = story.world.grounds_for(story.wish.kind, Ground.Outcome.REJECT)
    return Verdict(Outcome.REJECTED, next(ground for ground in grounds if not ground.rests_on_other_data))


def proposed_rejection(story: Story) -> None:
    """A rejection waits for a second pair of eyes."""
    day = story.world.working_day(taken_up(story, within=3) + ONE_DAY, after=3)
    verdicts.propose(story, rejection(story), story.world.office(day), by=handler(story))


def proposed_grant(story: Story) -> None:
    """A grant waits for a second pair of eyes."""
    day = story.world.working_day(taken_up(story, within=3) + ONE_DAY, after=3)
    verdict = grant_on(story, story.world.working_day(story.world.today + timedelta(days=5)))
    verdicts.propose(story, verdict, story.world.office(day), by=handler(story))


def rejected(story: Story) -> None:
    """Rejected last week or so: the applicant can still object."""
    world = story.world
    day = world.working_day(taken_up(story, within=3) + ONE_DAY, after=8)
    verdict = rejection(story)
    proposal = verdicts.propose(story, verdict, world.office(day), by=handler(story))
    approved = world.working_day(day + ONE_DAY, after=2)
    verdicts.approve(story, verdict, proposal, world.office(approved), by=world.second_pair)


def granted_for(days: int, story: Story) -> None:
    """An exemption that ends in so many days."""
    world = story.world
    day = world.working_day(taken_up(story, within=3) + ONE_DAY, after=10)
    ground = world.grounds_for(story.wish.kind, Ground.Outcome.GRANT)[0]
    verdict = Verdict(Outcome.GRANTED, ground, day, world.today + timedelta(days=days))
    verdicts.decide(story, verdict, world.office(day), by=handler(story))


def converted(story: Story) -> None:
    """Goes on as a local kind, which somebody has in hand."""
    world = story.world
    day = world.working_day(taken_up(story, within=3) + ONE_DAY, after=2)
    wish = courses.local_wish(story, on=day)
    successor = story.convert(world.office(day), by=handler(story), wish=wish)
    successor.take_up(world.office(world.working_day(day + ONE_DAY)), by=handler(story))


def ended(course: courses.Course, story: Story) -> None:
    """As one of the courses of the year."""
    course(story, Within(last=story.world.today - ONE_DAY))


def undelivered(story: Story) -> None:
    """A mail about the case that no mail server takes."""
    at = story.received_at + timedelta(minutes=5)
    failed = Message(
        dossier=story.dossier,
        kind="mail_letter_placed",
        to="bestaat-niet@voorbeeld.invalid",
        subject="Er staat een brief voor u klaar",
        body="Log in om uw brief te lezen.",
        created_at=at,
        not_before=at,
        attempts=8,
        error="SMTPRecipientsRefused: 550 5.1.1 mailbox unavailable",
        given_up_at=at + timedelta(hours=13),
    )
    story.rows.written.append(lambda: [failed])


SCENES: dict[str, Scene] = {
    "new": new,
    "in_hand": in_hand,
    "led": led,
    "disputed": disputed,
    "disputed_in_hand": disputed_in_hand,
    "noted": noted,
    "waiting": asked,
    "reminded": reminded,
    "answered": answered,
    "lapsed": lapsed,
    "hearing": hearing,
    "viewed": viewed,
    "proposed_rejection": proposed_rejection,
    "proposed_grant": proposed_grant,
    "rejected": rejected,
    "converted": converted,
    "granted_for_60_days": partial(granted_for, 60),
    "granted_for_30_days": partial(granted_for, 30),
    "granted_for_7_days": partial(granted_for, 7),
    "granted": partial(ended, courses.granted),
    "set_aside": partial(ended, courses.silent),
    "withdrawn": partial(ended, courses.withdrawn_at_once),
}
"""By the names that `demo.live_plan` uses."""

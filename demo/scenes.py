"""How a case around today got its status; each function plays it until yesterday at the latest."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from smtplib import SMTPRecipientsRefused

from casework import clock, outbox
from casework.models import TermSuspension
from demo import courses
from demo.agenda import ONE_DAY, Life
from demo.case import NOT_LEGIBLE, Case
from demo.contest import find_rejecting_grounds
from demo.courses import (
    Part,
    Within,
    ask_completion,
    choose_grant_days,
    fall_silent,
    give_view,
    offer_hearing,
    supply_proof,
    taken_up,
)
from exemptions.models import EvidenceItem, Ground
from exemptions.models.decision import Change

REFUSED = (550, b"5.1.1 mailbox unavailable")
Scene = Callable[[Case], Life]


def new(_case: Case) -> Part:
    """Not taken up."""
    yield from ()


def undelivered(case: Case) -> Part:
    """Not taken up, and the mail about it was refused by a mail server."""
    yield clock.now() + timedelta(minutes=5)
    mail = case.application.dossier.outgoing_mail.earliest("pk")
    outbox.record_outcome(mail, SMTPRecipientsRefused({mail.to: REFUSED}))


def in_hand(case: Case) -> Part:
    """Taken up."""
    yield from taken_up(case, within=2)


def led(case: Case) -> Part:
    """The team lead took it over."""
    yield from in_hand(case)
    yield clock.now() + timedelta(hours=1)
    case.application.assign(by=case.world.second_pair, to=case.world.second_pair)


def snoozed(case: Case) -> Part:
    """Taken up, and snoozed until the dealer has answered."""
    yield from in_hand(case)
    yield clock.now() + timedelta(hours=1)
    case.application.snooze(by=case.handler, until=case.world.working_day(case.world.today + timedelta(days=8)))


def disputed(case: Case) -> Part:
    """'These data are wrong', says the applicant."""
    yield clock.now() + timedelta(hours=2)
    why = "De datum van eerste toelating klopt niet: de auto is een jaar jonger."
    case.application.dispute_facts(by=case.wish.owner, why=why)


def disputed_in_hand(case: Case) -> Part:
    """The same, while a caseworker was about to ask for completion."""
    yield from taken_up(case, within=2)
    yield case.world.office(case.world.days_ago(2))
    why = "De emissieklasse klopt niet: het kentekenbewijs noemt een andere."
    case.application.dispute_facts(by=case.wish.owner, why=why)


def noted(case: Case) -> Part:
    """Taken up, with a note for the team lead."""
    yield from in_hand(case)
    yield clock.now() + timedelta(minutes=9)
    lead = case.world.second_pair
    case.application.note(by=case.handler, text="Gebeld: het kentekenbewijs komt nog. Mag dat per mail?", to=lead)


def wrote(case: Case) -> Part:
    """Taken up; the applicant asked something, was answered, and asked once more."""
    yield from in_hand(case)
    application, owner = case.application, case.wish.owner
    yield clock.now() + timedelta(minutes=21)
    application.message_desk(by=owner, text="De leverdatum is een week later geworden. Moet ik iets opsturen?")
    yield case.world.office(case.next_day())
    application.message_applicant(by=case.handler, text="Ja, stuur ons de nieuwe bevestiging van de leverancier.")
    yield clock.now() + timedelta(hours=1)
    application.message_desk(by=owner, text="Die krijg ik vrijdag. Is dat op tijd?")


def standstill_over(case: Case) -> Part:
    """The term was suspended for a delay on the applicant's side, until a day that has passed."""
    yield from taken_up(case, within=2)
    world = case.world
    yield world.office(world.days_ago(20))
    case.application.suspend_decision_term(
        by=case.handler,
        suspended_by=TermSuspension.Ground.APPLICANT.value,
        first_day=clock.today(),
        expected_on=world.working_day_until(world.today - ONE_DAY),
        reason="U bent op reis en stuurt het contract na uw terugkomst.",
    )


def asked(case: Case, *, extra_days: int = 0) -> Part:
    """Asked to complete, a few days after it was taken up."""
    yield from taken_up(case, within=2)
    yield case.world.office(case.next_day())
    verdict = EvidenceItem.Verdict.INSUFFICIENT
    item = case.application.evidence_items.earliest("pk")
    case.application.judge(by=case.handler, item=item, verdict=verdict, because=NOT_LEGIBLE)
    ask_completion(case, extra_days=extra_days)


def reminded(case: Case) -> Part:
    """Reminded by the daily job of a request with a longer term."""
    yield from asked(case, extra_days=14)


def answered(case: Case) -> Part:
    """Completed; the desk has not continued yet."""
    yield from asked(case)
    yield case.world.moment(clock.today() + timedelta(days=9), 8, 22)
    supply_proof(case)


def lapsed(case: Case) -> Part:
    """No answer, twice: it can be set aside."""
    yield from asked(case)
    yield from fall_silent(case)


def hearing(case: Case) -> Part:
    """May give a view before a rejection that rests on other data."""
    yield from taken_up(case, within=2)
    yield case.world.office(case.next_day())
    offer_hearing(case)


def hearing_by_post(case: Case) -> Part:
    """The same, with letters by post: the first was posted, the second waits to be printed."""
    yield from taken_up(case, within=2)
    yield clock.now() + timedelta(minutes=5)
    letters = case.application.dossier.letters.all()
    case.application.post_letters(by=case.handler, letters=letters, posted_on=clock.today())
    yield case.world.office(case.next_day())
    offer_hearing(case)


def viewed(case: Case) -> Part:
    """Has given a view."""
    yield from hearing(case)
    yield case.world.moment(clock.today() + timedelta(days=8), 8, 22)
    give_view(case)


def usual_rejection(case: Case) -> Ground:
    """A ground that needs no hearing."""
    return next(ground for ground in find_rejecting_grounds(case) if not ground.rests_on_other_data)


def proposed_rejection(case: Case) -> Part:
    """A rejection waits for a second pair of eyes."""
    yield from taken_up(case, within=3)
    yield case.world.office(pick_working_day(case, days=3))
    courses.propose_rejection(case, usual_rejection(case))


def sent_back(case: Case) -> Part:
    """The second pair of eyes sent the rejection back to its maker."""
    yield from proposed_rejection(case)
    yield case.world.office(pick_working_day(case, days=2))
    remark = "Schrijf erbij welk stuk ontbreekt en waarom de orderbevestiging niet genoeg is."
    case.application.return_proposal(by=case.world.second_pair, remark=remark)


def proposed_grant(case: Case) -> Part:
    """A grant waits for a second pair of eyes."""
    world = case.world
    yield from taken_up(case, within=3)
    yield world.office(pick_working_day(case, days=3))
    case.judge_proof()
    starts_on = world.working_day(world.today + timedelta(days=5))
    case.application.propose_grant(by=case.handler, **choose_grant_days(case, on=starts_on))


def rejected(case: Case) -> Part:
    """Rejected about a week ago: the applicant can still object."""
    yield from taken_up(case, within=3)
    yield case.world.office(pick_working_day(case, days=8))
    courses.propose_rejection(case, usual_rejection(case))
    yield case.world.office(pick_working_day(case, days=2))
    case.application.approve_rejection(by=case.world.second_pair)


def granted_for(days: int, case: Case) -> Part:
    """An exemption that ends in a number of days."""
    yield from taken_up(case, within=3)
    yield case.world.office(pick_working_day(case, days=10))
    case.judge_proof()
    term = choose_grant_days(case, ends_on=case.world.today + timedelta(days=days)) | {"starts_on": clock.today()}
    case.application.grant(by=case.handler, **term)


def viewed_after_grant(case: Case) -> Part:
    """Granted; the register says that the vehicle was sold, and the holder has given a view."""
    yield from granted_for(90, case)
    yield case.world.office(pick_working_day(case, days=8))
    case.application.ask_view_on_change(
        by=case.handler,
        intention=Change.REVOCATION,
        found="Volgens het kentekenregister is de auto verkocht.",
        ends_on=case.world.term("view_days", sent_on=clock.today()),
    )
    yield case.world.moment(clock.today() + timedelta(days=5), 8, 22)
    case.application.give_view_on_change(by=case.wish.owner, view="De verkoop ging niet door: ik rijd er nog mee.")


def asked_after_grant(days_ago: int, case: Case) -> Part:
    """Granted; the holder bought another van, and asks to have the exemption transferred to it."""
    yield from granted_for(90, case)
    yield case.world.moment(case.world.today - timedelta(days=days_ago), 19, 22)
    case.application.ask_change(
        by=case.wish.owner, what=Change.VEHICLE, plate="VAN04E", country="NL", explanation="De oude bus is total loss."
    )


def converted(case: Case) -> Part:
    """Continued as a local kind, handled by a colleague."""
    yield from taken_up(case, within=3)
    yield case.world.office(pick_working_day(case, days=2))
    successor = courses.convert_to_local_kind(case)
    yield case.world.office(successor.next_day())
    successor.application.take_up(by=case.world.handler(successor.wish.kind, successor.wish.municipality))


def end_by_course(course: courses.Course, case: Case) -> Life:
    """Ended like one of the courses of the year."""
    yield from course(case, Within(last=case.world.today - ONE_DAY))


def rated(case: Case, *, score: int, remark: str = "") -> Part:
    """Decided, and rated by the applicant."""
    yield from end_by_course(courses.granted, case)
    yield clock.now() + timedelta(hours=2)
    case.application.rate(by=case.wish.owner, score=score, remark=remark)


def pick_working_day(case: Case, *, days: int) -> date:
    """A working day, a number of working days after the next one."""
    return case.world.working_day(clock.today() + ONE_DAY, after=days)


SCENES: dict[str, Scene] = {
    "new": new,
    "undelivered": undelivered,
    "in_hand": in_hand,
    "led": led,
    "disputed": disputed,
    "disputed_in_hand": disputed_in_hand,
    "noted": noted,
    "wrote": wrote,
    "snoozed": snoozed,
    "standstill_over": standstill_over,
    "waiting": asked,
    "reminded": reminded,
    "answered": answered,
    "lapsed": lapsed,
    "hearing": hearing,
    "hearing_by_post": hearing_by_post,
    "viewed": viewed,
    "proposed_rejection": proposed_rejection,
    "proposed_grant": proposed_grant,
    "sent_back": sent_back,
    "rejected": rejected,
    "viewed_after_grant": viewed_after_grant,
    "asked_after_grant": partial(asked_after_grant, 3),
    "unanswered_after_grant": partial(asked_after_grant, 65),
    "sold_after_grant": partial(granted_for, 90),
    "converted": converted,
    "granted_for_60_days": partial(granted_for, 60),
    "granted_for_30_days": partial(granted_for, 30),
    "granted_for_7_days": partial(granted_for, 7),
    "granted": partial(end_by_course, courses.granted),
    "rated": partial(rated, score=4, remark="Snel en duidelijk. De brief was wel lang."),
    "set_aside": partial(end_by_course, courses.silent),
    "withdrawn": partial(end_by_course, courses.withdrawn_at_once),
}
"""By the names used in `demo.live_plan`."""

"""More cases around today: before the court, rejected under older thresholds, and late ones."""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import override

from accounts.models import User
from casework import clock
from casework.desk import pending_steps, steps
from casework.models import Document, Event, PendingStep
from casework.steps import rehearse_step
from connections.remote_service import DEMO
from demo import evidence
from demo.case import Case
from demo.contest import COURT, DEFENCE, thresholds_ground
from demo.courses import Part, choose_grant_days, taken_up
from demo.objection_scenes import admit_objection, file_objection, find_unfounded, reject_application
from demo.scenes import Scene
from exemptions import register_comparison
from exemptions.admin.step_forms import AskForm
from exemptions.models import Application, Exemption, Status
from objections.models import Appeal
from zones.register import VEHICLE_REGISTER, Lookup, look_up

INVITATION = "Uitnodiging voor de zitting"
WAITS = 10
"""Minutes between deciding and sending."""
SOLD = "VAN81E"
LEAD, COLLEAGUE = "teamleider@example.org", "behandelaar2@example.org"


# --- Before the court -------------------------------------------------------------------------------------------


def objection_at_court(case: Case) -> Part:
    """Before the court, with papers exchanged, and an application for interim relief."""
    world, by = case.world, case.world.officer
    contest = yield from find_unfounded(case, ago=95)
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
    """The court has reported an appeal and waits for our papers."""
    world = case.world
    contest = yield from find_unfounded(case, ago=30)
    filed_on = world.today - timedelta(days=10)
    yield world.office(world.days_ago(5))
    contest.lodge(filed_on=filed_on, number=f"UTR {filed_on:%y} / 789 VERZONNEN")


def court_paper(case: Case, name: str) -> Document:
    """A file that only the desk sees."""
    return evidence.add_document(case.application.dossier, name=name, by=case.world.officer, world=case.world)


# --- Beyond the newest thresholds ----------------------------------------------------------------------------------


def renewable(case: Case) -> Part:
    """Rejected under limits that have since been lowered: on the list of the run."""
    yield from reject_application(case, on=case.world.days_ago(34), ground=thresholds_ground(case))


def renewable_with_objection(case: Case) -> Part:
    """The same, with an objection that waits for a decision."""
    yield from renewable(case)
    contest = yield from file_objection(case, after=12)
    yield from admit_objection(contest)


# --- Applications on which we are late -------------------------------------------------------------------------------


def overdue_with_notice(case: Case) -> Part:
    """Not decided in time, with a notice of default: each day costs money."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=22)


def penalty_to_set(case: Case) -> Part:
    """Decided too late after a notice of default: the penalty is to be set."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=40)
    yield from grant_too_late(case, on=case.world.days_ago(5))


def penalty_set(case: Case) -> Part:
    """The same, with the penalty set."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=60)
    yield from grant_too_late(case, on=case.world.days_ago(25))
    yield case.world.office(case.world.days_ago(18))
    case.application.set_penalty(by=case.handler)


def silence_at_court(case: Case) -> Part:
    """Not decided after a notice of default; the applicant has gone to court (Awb 6:12)."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=40)
    yield from lodge_against_silence(case, ago=15)


def ordered_to_decide(case: Case) -> Part:
    """The same, and the court gave two weeks: each day after them costs money (Awb 8:55d)."""
    yield from taken_up(case, within=2)
    yield from receive_notice(case, ago=75)
    appeal = yield from lodge_against_silence(case, ago=50)
    world, ordered = case.world, case.world.days_ago(6)
    yield world.office(ordered)
    appeal.win_with_order(
        by=world.officer,
        judged_on=ordered,
        judgment="Het beroep is gegrond. Het loket beslist binnen twee weken alsnog.",
        until=world.working_day(ordered + timedelta(days=14)),
        unheard=True,
        euros_a_day=int(world.policy.number("court_penalty_a_day")),
        most_eur=int(world.policy.number("court_penalty_most")),
    )


def lodge_against_silence(case: Case, *, ago: int) -> Generator[datetime, None, Appeal]:
    """The court reports an appeal against our silence on the application."""
    world, filed_on = case.world, case.world.days_ago(ago)
    yield world.office(filed_on)
    about = {"court": COURT, "against": Appeal.Against.SILENCE, "case_number": f"UTR {filed_on:%y} / 321 VERZONNEN"}
    appeal: Appeal = Appeal.objects.create(dossier=case.application.dossier, **about)
    appeal.lodge(by=world.officer, filed_on=filed_on)
    return appeal


def receive_notice(case: Case, *, ago: int) -> Part:
    """A notice of default on an application."""
    yield case.world.moment(case.world.today - timedelta(days=ago), 8, 22)
    case.application.receive_default_notice(by=case.wish.owner, received_on=clock.today())


def grant_too_late(case: Case, *, on: date) -> Part:
    """Granted, too late."""
    yield case.world.office(on)
    case.judge_proof()
    case.application.grant(by=case.handler, **choose_grant_days(case))


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
        silence_at_court,
        ordered_to_decide,
    )
}
"""By the names used in `demo.live_plan`."""

DECIDED_BEFORE = timedelta(minutes=4)


def overtake_request() -> None:
    """Decided before the applicant wrote, and sent after it; once, after the cases around today."""
    spoken = Event.objects.filter(step="dispute_facts", from_status=Status.IN_REVIEW).latest("at")
    application = Application.objects.get(pk=spoken.case_id)
    with override("nl"):
        with clock.at(spoken.at - DECIDED_BEFORE):
            pending = begin_asking(application, by=application.assigned_to, seen=event_before(spoken))
        with clock.at(pending.due_at):
            pending_steps.carry_out_unless_taken(pending.pk)


def event_before(event: Event) -> int:
    """The event just before this one: the latest that the caseworker had seen."""
    earlier = Event.objects.filter(case_type=event.case_type, case_id=event.case_id, at__lt=event.at)
    return int(earlier.latest("at", "pk").pk)


def begin_asking(application: Application, *, by: User | None, seen: int) -> PendingStep:
    """The request to complete, as its form was submitted."""
    desk = steps.find_desk(application.CASE_TYPE)
    if desk is None or by is None:
        raise LookupError("nobody has it in hand")
    step = desk.by_name["ask_completion"]
    typed = fields_typed(application)
    form = step.form(PendingStep(typed=typed).form_data, case=application)
    form.user = by
    if not form.is_valid():
        raise ValueError(f"this cannot be asked: {form.errors.as_json()}")
    return pending_steps.begin_waiting(
        application,
        step,
        by=by,
        typed=typed,
        seen=str(seen),
        rehearsal=rehearse_step(application, step.name, by=by, **form.detail()),
        due=pending_steps.due_at(clock.now(), minutes=WAITS),
    )


def fields_typed(application: Application) -> dict[str, list[Any]]:
    """One item, requested with its reason, for the usual term."""
    item, ends_on = application.evidence_items.earliest("pk"), AskForm.usual(application)["ends_on"]
    return {
        f"item_{item.pk}": ["on"],
        f"why_{item.pk}": ["De leverdatum staat niet op dit stuk."],
        "ends_on": [ends_on.isoformat()],
        "explanation": ["Vraag uw leverancier om een nieuwe orderbevestiging, met de dag van levering erop."],
    }


def assign_newest_application() -> None:
    """Assign it by the real step; once, after the cases around today."""
    application = Application.objects.new().latest("received_at")
    application.assign(by=User.objects.get(email=LEAD), to=User.objects.get(email=COLLEAGUE))


def compare_sold_vehicle(*, today: date) -> None:
    """What the morning's run finds in the demo's own register, without querying another one; once, at the end."""
    running = Exemption.objects.running(on=today).filter(country="NL").exclude(plate="")
    register_comparison.mark_compared(running)
    answer = look_up(SOLD, service=VEHICLE_REGISTER.at(DEMO))
    if isinstance(answer, Lookup):
        register_comparison.compare_batch(list(running.filter(plate=SOLD)), {SOLD: answer.facts})

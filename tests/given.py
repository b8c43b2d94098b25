"""Applications at every stage, brought there by the real steps: `given.waiting(by=applicant, desk=caseworker)`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from casework import clock
from casework.models import DefaultNotice, Document, Dossier, EquatedDay
from casework.steps import StepRefused as Refused
from exemptions import doubts
from exemptions.doubts import find_shortfall
from exemptions.models import (
    Applicant,
    Application,
    Channel,
    Decision,
    EvidenceItem,
    FactsRecord,
    Ground,
    KindQuestion,
    KindVersion,
    Registration,
)
from exemptions.models.completion import Difference
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.models import Municipality

__all__ = ["Refused"]

VAN = VehicleFacts(
    category="van", emission_class="4", first_admission=date(2014, 5, 1), make="VOLKSWAGEN", model="CADDY"
)
TYPED = "Dat staat in de bijlage."
"""What the applicant typed wherever words are asked."""
DIFFERING = [Difference("Emissieklasse", "Euro 6", "Euro 4 (kentekenregister)")]
"""What a view is asked about."""
EXPLAINED = "Aan de telefoon besproken; de leverancier bevestigt het."
"""Why it is decided all the same, where something speaks against it."""
SHORTER = "U hebt de ontheffing niet langer nodig."
"""Why it is granted for less than was asked."""
ANSWERS = {
    KindQuestion.Answer.NUMBER: "40",
    KindQuestion.Answer.YES_NO: "yes",
    KindQuestion.Answer.CONFIRM: "yes",
}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)


def kind(code: str = "LEV") -> KindVersion:
    """A kind as it is today."""
    return KindVersion.objects.in_force(on=clock.today()).get(kind=code)


def ground(outcome: str, application: Application, **about: Any) -> Ground:
    """A ground for an outcome, of the application's kind or of every kind."""
    fitting = Ground.objects.for_kind(application.chosen_kind.code).filter(outcome=outcome)
    return fitting.filter(**{"rests_on_other_data": False, **about})[0]


def working_day(days: int = 21) -> date:
    """A working day, a number of days from now or just after."""
    return EquatedDay.calendar().next_working_day(clock.today() + timedelta(days=days))


def draft(
    *,
    by: User,
    code: str = "LEV",
    plate: str = "VX123Z",
    municipality: Municipality | None = None,
    facts: VehicleFacts = VAN,
    source: FactsRecord.Source = FactsRecord.Source.REGISTER,
) -> Application:
    """Everything is filled in; only to be sent."""
    chosen = kind(code)
    application: Application = Application.objects.create(
        dossier=Dossier.objects.create(),
        owner=by,
        applicant=Applicant.objects.of(by).first(),
        kind=chosen,
        plate=plate,
        vehicle_class=facts.category or "",
        facts_verified=source == FactsRecord.Source.REGISTER,
        municipality=municipality or place_of(chosen),
        wanted_from=clock.today(),
        answers={question.code: answer(question) for question in chosen.questions.all()},
    )
    application.record_facts(source=source, facts=as_json(facts))
    for requirement in chosen.evidence.all():
        attach(application.evidence_items.create(requirement=requirement))
    return application


def place_of(chosen: KindVersion) -> Municipality | None:
    """Utrecht, or a municipality that has the kind; None for a national one."""
    if not chosen.is_municipal:
        return None
    return Municipality.objects.get(name="Rotterdam" if chosen.only_in else "Utrecht")


def judged(*, by: User, desk: User, **draft_of: Any) -> Application:
    """A caseworker handles it and accepted all its proof: there is no reason not to grant it."""
    application = taken_up(by=by, desk=desk, **draft_of)
    application.evidence_items.update(verdict=EvidenceItem.Verdict.ACCEPTED)
    return application


def answer(question: KindQuestion) -> str:
    """Something that the question accepts: what was done before one asks lies in the past."""
    if question.code in doubts.DONE_BEFORE:
        return (clock.today() - timedelta(days=60)).isoformat()
    if question.answer == KindQuestion.Answer.DATE:
        return (clock.today() + timedelta(days=120)).isoformat()
    if question.answer == KindQuestion.Answer.CHOICE:
        return question.choices_nl.splitlines()[0].split("=")[0]
    if question.answer == KindQuestion.Answer.DATE:
        away = timedelta(days=-60 if question.not_after else 120)
        return (clock.today() + away).isoformat()
    return ANSWERS.get(KindQuestion.Answer(question.answer), TYPED)


def attach(item: EvidenceItem, *, name: str = "bewijs.pdf", content: bytes = PDF) -> Document:
    """Hand in a file for an item of the checklist."""
    document = Document(dossier=item.application.dossier)
    document.fill(content, name=name, content_type="application/pdf")
    document.save()
    item.documents.add(document)
    return document


def filed(*, by: User, **draft_of: Any) -> Application:
    """Sent: it has a number and a receipt."""
    application = draft(by=by, **draft_of)
    application.file(by=by)
    return application


def on_paper(
    *, desk: User, applicant: Applicant, channel: Channel = Channel.POST, days_ago: int = 3, **draft_of: Any
) -> Application:
    """Registered at the desk: it came in by another way than the portal, some days ago."""
    application = copied(desk=desk, applicant=applicant, channel=channel, days_ago=days_ago, **draft_of)
    application.register(by=desk)
    return application


def copied(
    *, desk: User, applicant: Applicant, channel: Channel = Channel.POST, days_ago: int = 3, **draft_of: Any
) -> Application:
    """The same, copied from paper and not registered yet."""
    application = draft(by=desk, **draft_of)
    application.channel, application.applicant = channel, applicant
    application.save(update_fields=["channel", "applicant"])
    Registration.objects.create(application=application, came_in_on=clock.today() - timedelta(days=days_ago))
    return application


def taken_up(*, by: User, desk: User, **draft_of: Any) -> Application:
    """A caseworker handles it."""
    application = filed(by=by, **draft_of)
    application.take_up(by=desk)
    return application


def waiting(*, by: User, desk: User, **draft_of: Any) -> Application:
    """Asked to complete one item."""
    application = taken_up(by=by, desk=desk, **draft_of)
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=desk, items={item: "De handtekening ontbreekt."}, ends_on=working_day())
    return application


def supplied(*, by: User, desk: User, **draft_of: Any) -> Application:
    """The applicant has answered."""
    application = waiting(by=by, desk=desk, **draft_of)
    application.supply(by=by, answer="Hier is het getekende contract.")
    return application


def heard(*, by: User, desk: User, **draft_of: Any) -> Application:
    """A view was asked and given."""
    application = taken_up(by=by, desk=desk, **draft_of)
    application.offer_hearing(by=desk, differences=DIFFERING, ends_on=working_day())
    application.give_view(by=by, view="Dat klopt niet meer sinds maart.")
    return application


def proposed(*, by: User, desk: User, **draft_of: Any) -> Application:
    """A rejection waits for a second pair of eyes."""
    application = taken_up(by=by, desk=desk, **draft_of)
    reason = ground(Ground.Outcome.REJECT, application)
    application.propose_rejection(by=desk, ground=reason, explanation="Uw auto voldoet niet.", doubts_reason=EXPLAINED)
    return application


def granted(*, by: User, desk: User, days: int = 100, **draft_of: Any) -> Application:
    """Granted, from today."""
    application = taken_up(by=by, desk=desk, **draft_of)
    grant(application, desk=desk, days=days)
    return application


def grant(application: Application, *, desk: User, days: int = 100) -> None:
    """Grant the case that is handled, from today."""
    first = clock.today()
    reason = ground(Ground.Outcome.GRANT, application)
    last = first + timedelta(days=days)
    why: dict[str, Any] = {"doubts_reason": EXPLAINED, "explanation": SHORTER}
    application.grant(by=desk, ground=reason, starts_on=first, ends_on=last, **why)


def as_asked(application: Application) -> dict[str, date]:
    """From today until the last day that was asked."""
    first = clock.today()
    missing = find_shortfall(application, starts_on=first, ends_on=first)
    return {"starts_on": first, "ends_on": missing.asked_until or first}


def rejected(*, by: User, desk: User, second: User, **draft_of: Any) -> Application:
    """Rejected by two pairs of eyes."""
    application = proposed(by=by, desk=desk, **draft_of)
    application.approve_rejection(by=second, doubts_reason=EXPLAINED)
    return application


def penalty(application: Application, *, by: User) -> Decision:
    """Decided late after a notice of default: all 42 days cost money, and the amount was set today."""
    today = clock.today()
    about = {"dossier": application.dossier, "case_type": application.CASE_TYPE, "case_id": application.pk}
    days = {"due": today - timedelta(days=80), "received_on": today - timedelta(days=70)}
    first = today - timedelta(days=50)
    DefaultNotice.objects.create(**about, **days, first_day=first, decided_on=today)
    application.set_penalty(by=by)
    return application.decisions.on_penalties().get()


@contextmanager
def rewriting() -> Iterator[None]:
    """Place a record in the past: the only way around the guards of the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")

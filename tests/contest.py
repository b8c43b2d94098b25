"""Objections and appeals at every stage, by the real steps: `contest.handling(rejected, by=…, desk=…)`."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.models import Document
from exemptions.models import Application, Ground
from exemptions.terms import AMSTERDAM
from objections.models import Appeal, Hearing, Objection, ObjectionDecision
from tests import given

GROUNDS = "Mijn bus kan meer dan uw drempelwaarden zeggen."


def draft(application: Application, *, by: User, grounds: str = GROUNDS, **about: Any) -> Objection:
    """Begun in the portal, not sent; against the standing decision, or another one."""
    against = {"decision": about.pop("decision", None) or application.decisions.standing().get()}
    objection: Objection = Objection.objects.create(
        dossier=application.dossier, filled_in_by=by, grounds=grounds, **against, **about
    )
    return objection


def filed(application: Application, *, by: User, **about: Any) -> Objection:
    """Sent in the portal, in time unless the test has moved the clock."""
    objection = draft(application, by=by, **about)
    objection.file(by=by, received_on=timezone.localdate())
    return objection


def by_post(
    application: Application, *, desk: User, received_on: date, posted_on: date | None = None, **about: Any
) -> Objection:
    """Registered at the desk."""
    objection = draft(application, by=desk, **{"channel": Objection.Channel.POST, "signed": True, **about})
    objection.register(by=desk, received_on=received_on, posted_on=posted_on)
    return objection


def handling(application: Application, *, by: User, desk: User, **about: Any) -> Objection:
    """Admitted."""
    objection = filed(application, by=by, **about)
    objection.admit(by=desk)
    return objection


def in_repair(application: Application, *, by: User, desk: User, **about: Any) -> Objection:
    """The grounds are missing, and were asked."""
    objection = filed(application, by=by, **{"grounds": "", **about})
    objection.ask_repair(by=desk, items=["grounds"], ends_on=given.working_day(14))
    return objection


def hearing_offered(application: Application, *, by: User, desk: User, **about: Any) -> Objection:
    """Asked whether the objector wants to be heard."""
    objection = handling(application, by=by, desk=desk, **about)
    objection.offer_hearing(by=desk, reply_until=given.working_day(14))
    return objection


def hearing_planned(application: Application, *, by: User, desk: User, days: int = 21, **about: Any) -> Objection:
    """The objector wants to be heard, and is invited."""
    objection = hearing_offered(application, by=by, desk=desk, **about)
    objection.answer_hearing(by=by, wants=True)
    objection.plan_hearing(by=desk, held_at=at_ten(days), place="Stadskantoor, kamer 3", heard_by=desk)
    return objection


def at_ten(days: int) -> datetime:
    """Ten in the morning, a number of days from now."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(10), AMSTERDAM)


def upheld(objection: Objection, *, by: User, **more: Any) -> Objection:
    """Decided: the objector gets the exemption from today, all that was asked, without a hearing."""
    term = given.as_asked(objection.application)
    about = {"explanation": "U hebt gelijk.", "ground": given.ground(Ground.Outcome.GRANT, objection.application)}
    objection.uphold(by=by, **{**about, **term, "skip_hearing": True, **more})
    return objection


def unfounded(objection: Objection, *, by: User, **more: Any) -> Objection:
    """Decided: the decision stays."""
    objection.declare_unfounded(by=by, explanation="Het register is duidelijk.", **{"skip_hearing": True, **more})
    return objection


def heard(objection: Objection, *, by: User, desk: User) -> Objection:
    """Admitted, and the objector said that they do not want to be heard."""
    objection.offer_hearing(by=desk, reply_until=given.working_day(14))
    objection.answer_hearing(by=by, wants=False)
    return waived(objection, desk=desk, ground=Hearing.Skipped.WAIVED.value)


def referred(objection: Objection, *, desk: User, **about: Any) -> Objection:
    """A committee of three is to advise."""
    members = ["J. Bakker", "S. Yilmaz"]
    named = {"chair": "mr. C. de Vries", "members": members, "is_independent": True}
    objection.refer_to_committee(by=desk, **{**named, **about})
    return objection


def advised(objection: Objection, *, desk: User, conclusion: str = "unfounded", days: int = 0) -> Objection:
    """The advice of the committee is in the file: dated today, or a number of days from now."""
    advised_on = timezone.localdate() + timedelta(days=days)
    objection.receive_advice(by=desk, advised_on=advised_on, conclusion=conclusion, document=add_advice(objection))
    return objection


def add_advice(objection: Objection) -> Document:
    """The file of an advice, in the dossier."""
    document = Document(dossier=objection.dossier)
    document.fill(given.PDF, name="advies.pdf", content_type="application/pdf")
    document.save()
    return document


def upheld_and_rejected(objection: Objection, *, by: User, **more: Any) -> Objection:
    """Decided: the decision is revoked, and the application rejected on the merits in its place."""
    ground = given.ground(Ground.Outcome.REJECT, objection.application)
    objection.uphold_and_reject(by=by, explanation="U voldoet niet aan de voorwaarden.", **{"ground": ground, **more})
    return objection


def inadmissible(objection: Objection, *, by: User, because: str = "late", **more: Any) -> Objection:
    """Decided: it is not looked at."""
    objection.declare_inadmissible(
        by=by,
        because=ObjectionDecision.Inadmissible(because),
        explanation="U was te laat en had daar geen goede reden voor.",
        **{"skip_hearing": True, **more},
    )
    return objection


def waived(objection: Objection, *, desk: User, ground: str = Hearing.Skipped.UNFOUNDED.value) -> Objection:
    """No hearing, on a ground of the law."""
    objection.waive_hearing(by=desk, ground=ground)
    return objection


def appeal(objection: Objection, *, desk: User, court: str = "Rechtbank Midden-Nederland", **about: Any) -> Appeal:
    """The court has told of an appeal."""
    case: Appeal = Appeal.objects.create(dossier=objection.dossier, objection=objection, court=court, **about)
    case.lodge(by=desk, filed_on=timezone.localdate())
    return case


def appeal_against_silence(application: Application, *, desk: User, **about: Any) -> Appeal:
    """The court has told of an appeal against our silence on an application."""
    known = {"court": "Rechtbank Midden-Nederland", "against": Appeal.Against.SILENCE, **about}
    case: Appeal = Appeal.objects.create(dossier=application.dossier, **known)
    case.lodge(by=desk, filed_on=timezone.localdate())
    return case

"""Cases made by hand: a kind, and which steps were taken when: `case("LEV", file="2025-03-03")`."""

from datetime import datetime
from typing import Any

from accounts.models import User
from casework.models import Dossier
from exemptions.models import Application, DayUse, Decision, Exemption, Ground, KindVersion, Status
from exemptions.terms import AMSTERDAM, day_window
from reporting.figures import FIGURES
from reporting.period import Period, read_day
from zones.models import Municipality

LEADS_TO = {
    "file": Status.SUBMITTED,
    "register": Status.SUBMITTED,
    "receive_conversion": Status.SUBMITTED,
    "take_up": Status.IN_REVIEW,
    "ask_completion": Status.WAITING,
    "propose_rejection": Status.PROPOSED,
    "return_proposal": Status.IN_REVIEW,
    "approve_rejection": Status.REJECTED,
    "grant": Status.GRANTED,
    "grant_at_once": Status.GRANTED,
    "reject": Status.REJECTED,
    "set_aside": Status.SET_ASIDE,
    "convert": Status.CONVERTED,
    "withdraw": Status.WITHDRAWN,
    "revise": Status.GRANTED,
    "reopen": Status.IN_REVIEW,
    "reject_instead": Status.REJECTED,
}
DECIDED = (Status.GRANTED, Status.REJECTED, Status.SET_ASIDE)


def case(
    kind: str = "LEV",
    *,
    ground: str = "",
    vehicle: str = "van",
    plate: str = "",
    country: str = "NL",
    where: str = "",
    term: Any = None,
    **steps: str,
) -> Application:
    """A case with its events; a day means noon in Amsterdam, and a step that leads nowhere keeps the status.

    `term`: what the event of its decision tells of it, see `in_term`.
    """
    first = moment(next(iter(steps.values())))
    owner, _created = User.objects.get_or_create(email="somebody@example.org")
    asked = KindVersion.objects.in_force(on=first.date()).get(kind=kind)
    application: Application = Application.objects.create(
        dossier=Dossier.objects.create(),
        kind=asked,
        filed_as=asked,
        owner=owner,
        plate=plate,
        country=country,
        vehicle_class=vehicle,
        municipality=Municipality.objects.filter(name=where).first(),
        received_at=first,
    )
    status = Status.DRAFT
    for step, at in steps.items():
        told = term if term and LEADS_TO.get(step) in DECIDED else {}
        status = record(application, step, at, came_from=status, ground=ground, **told)
    Application.objects.filter(pk=application.pk).update(status=status)
    return application


def in_term(received: str, due: str, suspended_days: int = 0) -> dict[str, Any]:
    """What the event of a decision tells of its term."""
    return {"decision_term": {"received": received, "due": due, "suspended_days": suspended_days}}


def record(
    application: Application, step: str, at: str, *, came_from: Status, ground: str = "", **detail: Any
) -> Status:
    """One event, with what it tells; returns the status after it."""
    status = LEADS_TO.get(step, came_from)
    names_ground = ground and step in ("reject", "propose_rejection", "set_aside", "reject_instead")
    if names_ground:
        detail["ground"] = Ground.objects.get(code=ground, kind=None).pk
    if step == "grant_at_once":
        detail["vehicle_class"] = application.vehicle_class
    application.dossier.record(
        application, step, from_status=came_from, to_status=status, by=None, detail=detail, at=moment(at)
    )
    return status


def day_exemption(at: str, *, plate: str = "VAA01A", where: str = "Utrecht", vehicle: str = "van") -> Application:
    """Filed and granted at a moment, for the day of that moment."""
    application = case("DAG", vehicle=vehicle, plate=plate, where=where, file=at, grant_at_once=at)
    day, place = moment(at).date(), Municipality.objects.get(name=where)
    decision = Decision.objects.create(application=application, outcome="granted", starts_on=day, ends_on=day)
    window = day_window(day)
    exemption = Exemption.objects.create(
        decision=decision,
        application=application,
        plate=plate,
        municipality=place,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        ends_on=day,
    )
    used = DayUse.objects.filter(plate=plate, municipality=place, year=day.year).count()
    DayUse.objects.create(
        exemption=exemption,
        plate=plate,
        country="NL",
        municipality=place,
        year=day.year,
        ordinal=used + 1,
        day=day,
    )
    return application


def moment(text: str) -> datetime:
    """A moment in Amsterdam; a bare day is its noon."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00").replace(tzinfo=AMSTERDAM)


def counted(figure: str, first: str = "2025-01-01", last: str = "2025-12-31", as_of: str = "") -> dict[str, int | None]:
    """The counts of a figure by key; as of the last day unless said otherwise."""
    period = Period(read_day(first), read_day(last), read_day(as_of or last))
    return {row.key: row.count for row in FIGURES[figure].compute(period)}

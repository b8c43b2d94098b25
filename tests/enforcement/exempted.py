"""Exemptions and programs, written down as they may be; and questions about them."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from casework import clock
from enforcement.credentials import issue_credentials
from enforcement.models import SCOPES, MachineClient
from exemptions.models import DayUse, Decision, Exemption
from tests import given
from zones.models import Municipality

UTRECHT, AMSTERDAM = "GM0344", "GM0363"


def exempted(
    plate: str,
    *,
    by: User,
    country: str = "NL",
    zone: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    revoked_at: datetime | None = None,
    day: int | None = None,
) -> Exemption:
    """One of a vehicle, from an hour ago for a month unless it says otherwise; `day`: which day exemption it is."""
    begin = starts_at or clock.now() - timedelta(hours=1)
    end = ends_at or begin + timedelta(days=30)
    place = Municipality.objects.get(cbs_code=zone) if zone else None
    application = given.draft(by=by, plate=plate)
    term: dict[str, date] = {"starts_on": begin.date(), "ends_on": end.date()}
    decision = Decision.objects.create(application=application, outcome="granted", **term)
    vehicle: dict[str, Any] = {"plate": plate, "country": country, "municipality": place}
    times = {"starts_at": begin, "ends_at": end, "ends_on": end.date(), "revoked_at": revoked_at}
    exemption = Exemption.objects.create(decision=decision, application=application, **vehicle, **times)
    if day and place:
        DayUse.objects.create(exemption=exemption, **vehicle, year=begin.year, day=begin.date(), ordinal=day)
    return exemption


def program(
    *, by: User, zone: str = UTRECHT, scopes: tuple[str, ...] = tuple(SCOPES), purpose: str = "Handhaving van de zone"
) -> tuple[MachineClient, str]:
    """A program of a municipality, and its secret."""
    place = Municipality.objects.get(cbs_code=zone)
    return issue_credentials(municipality=place, name="Camera's", purpose=purpose, scopes=list(scopes), by=by)

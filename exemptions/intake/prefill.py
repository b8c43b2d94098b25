"""What somebody filled in before logging in: kept in the session, so that it never appears in a URL.

The session is a row in the database that expires after some hours; logging in does not empty it.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

CHECKED = "checked_vehicle"
WANTED = "wanted_exemption"


@dataclass(frozen=True)
class AccessQuestion:
    """The question 'may I enter?': a vehicle, a day, and the typed facts (VehicleFacts, as text)."""

    plate: str
    country: str = "NL"
    on: date = field(default_factory=timezone.localdate)
    typed: dict[str, str] = field(default_factory=dict)


def keep_vehicle(request: HttpRequest, asked: AccessQuestion) -> None:
    """Remember the vehicle of the last check."""
    request.session[CHECKED] = {**asdict(asked), "on": asked.on.isoformat()}


def forget_vehicle(request: HttpRequest) -> None:
    """Forget the vehicle of the last check."""
    request.session.pop(CHECKED, None)


def read_vehicle(request: HttpRequest) -> AccessQuestion | None:
    """The vehicle of the last check, if any."""
    kept: dict[str, Any] | None = request.session.get(CHECKED)
    return AccessQuestion(**{**kept, "on": date.fromisoformat(kept["on"])}) if kept else None


@dataclass(frozen=True)
class DraftWish:
    """The wish to begin: a kind's code (or none yet), whether for the checked vehicle, a key against double clicks."""

    key: str
    kind: str = ""
    for_checked_vehicle: bool = False


def keep_wish(request: HttpRequest, wanted: DraftWish) -> None:
    """Remember the wish until the visitor has logged in."""
    request.session[WANTED] = asdict(wanted)


def take_wanted(request: HttpRequest) -> DraftWish | None:
    """Read the wish and forget it."""
    kept: dict[str, Any] | None = request.session.pop(WANTED, None)
    return DraftWish(**kept) if kept else None

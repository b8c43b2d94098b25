"""Client of the vehicle register (RDW open data): six datasets, joined on the plate.

An answer is one of three: found (with the moment at which we read it), not found, or the register is down.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from connections.remote_service import Connection, RemoteService, ServiceDownError
from zones.demo_register import DemoRegister
from zones.plates import normalise
from zones.register_facts import facts_from_rows
from zones.vehicles import VehicleFacts

__all__ = ["Lookup", "NotFound", "RegisterDown", "facts_from_rows", "look_up"]

DATASETS = {
    "main": "m9d7-ebf2",
    "fuel": "8ys7-d773",
    "body": "vezc-m2t6",
    "body_spec": "jhie-znh9",
    "axles": "3huj-srit",
    "remarks": "7ug8-2dtt",
}
OTHERS = {name: dataset for name, dataset in DATASETS.items() if name != "main"}
UNKNOWN = "unknown"
UNKNOWN_KEPT = timedelta(hours=1)
"""How long we remember that the register does not know a plate, so that guessing costs one call."""
FRESH = timedelta(hours=12)  # the register publishes once a day
KEPT = timedelta(days=7)  # fallback for the days on which the register is down
VEHICLE_REGISTER = RemoteService(
    name="vehicle register",
    setting="REGISTER_URL",
    stand_in=DemoRegister,
    timeout=httpx.Timeout(4.0, connect=2.0),  # seconds; somebody is waiting for the page
    headers=lambda: {"X-App-Token": settings.REGISTER_TOKEN},  # gives this installation a quota of its own
    waits_twice=True,
    kept=KEPT,
)

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Lookup:
    """The register's answer. `rows`: as published, by name in DATASETS; `stale`: cached, and the register is down."""

    facts: VehicleFacts
    rows: Rows = field(repr=False)
    as_of: datetime
    stale: bool = False

    @property
    def age(self) -> timedelta:
        """Time since the register gave this answer."""
        return timezone.now() - self.as_of


@dataclass(frozen=True)
class NotFound:
    """The register answered, but does not know the plate."""

    as_of: datetime


@dataclass(frozen=True)
class RegisterDown:
    """The register gave no usable answer: the applicant types the facts, and the case is 'unverified'."""

    tried_at: datetime


def look_up(plate: str, *, service: RemoteService = VEHICLE_REGISTER) -> Lookup | NotFound | RegisterDown:
    """Look up a plate, however typed. A recent answer comes from the cache, with the moment at which it was given."""
    bare = normalise(plate)
    if not bare:
        return NotFound(timezone.now())
    if unknown_since := service.find_kept(f"{bare} {UNKNOWN}"):
        return NotFound(unknown_since)
    stored = service.find_kept(bare)
    kept = _make_lookup(stored["rows"], stored["as_of"]) if stored else None
    if kept and kept.age < FRESH:
        return kept
    try:
        rows = _fetch_rows(bare, service)
    except ServiceDownError:
        return replace(kept, stale=True) if kept else RegisterDown(timezone.now())
    now = timezone.now()
    if not rows["main"]:
        service.keep(f"{bare} {UNKNOWN}", now, kept=UNKNOWN_KEPT)
        return NotFound(now)
    service.keep(bare, {"rows": rows, "as_of": now})
    return _make_lookup(rows, now)


def _fetch_rows(plate: str, service: RemoteService) -> Rows:
    """Fetch the main dataset and, for a plate that it knows, the others in parallel.

    The answer needs all of them, so a failure of one is a failure of the whole.
    """
    with service.connect() as connection, ThreadPoolExecutor(len(OTHERS)) as pool:
        asked = {"kenteken": plate}
        main = ask_dataset(connection, DATASETS["main"], asked)
        if not main:
            return {"main": main}
        answers = pool.map(partial(ask_dataset, connection, asked=asked), OTHERS.values())
        return {"main": main, **dict(zip(OTHERS, answers, strict=True))}


def ask_dataset(connection: Connection, dataset: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The matching rows of a dataset. Raises ServiceDownError."""
    return connection.ask(_check_rows, f"/{dataset}.json", params=asked)


def _check_rows(rows: Any) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TypeError
    return rows


def _make_lookup(rows: Rows, as_of: datetime) -> Lookup:
    main, *_others = rows["main"]
    others = {name: found for name, found in rows.items() if name != "main"}
    return Lookup(facts_from_rows(main, **others), rows, as_of)

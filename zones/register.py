"""The client of the vehicle register (RDW open data): six datasets, joined on the plate.

The answer is honest: found (with the moment it was published to us), not found, or the register is down.
A plate stands in no log line, and in the cache's keys only as a digest.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from zones.demo_register import DEMO_URL, DemoRegister
from zones.plates import normalise
from zones.register_facts import facts_from_rows
from zones.vehicles import VehicleFacts

__all__ = ["Lookup", "NotFound", "Register", "RegisterDown", "facts_from_rows", "look_up", "look_up_many"]

DATASETS = {
    "main": "m9d7-ebf2",
    "fuel": "8ys7-d773",
    "body": "vezc-m2t6",
    "body_spec": "jhie-znh9",
    "axles": "3huj-srit",
    "remarks": "7ug8-2dtt",
}
OTHERS = {name: dataset for name, dataset in DATASETS.items() if name != "main"}
UNKNOWN_KEPT = timedelta(hours=1)
"""A plate that the register does not know is not asked again for so long: a guess costs one call."""
FRESH = timedelta(hours=12)  # the register publishes once a day
KEPT = timedelta(days=7)  # for the days on which the register is down
TIMEOUT = httpx.Timeout(4.0, connect=2.0)  # seconds; somebody waits for the page
TIMEOUT_OF_MANY = httpx.Timeout(30.0, connect=2.0)  # seconds; nobody waits
MOST_ROWS = 10_000
"""Of one dataset about many plates; a plate has some axles, fuels and remarks, never a hundred."""
ATTEMPTS = 2
SECOND_CHANCE = {429, 500, 502, 503, 504}

Rows = dict[str, list[dict[str, Any]]]
logger = logging.getLogger("loket.register")
# httpx writes the whole address of each call, plate included, at INFO.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)


@dataclass(frozen=True)
class Lookup:
    """What the register says; `rows` as published, by name in DATASETS; `stale`: kept from before it went down."""

    facts: VehicleFacts
    rows: Rows = field(repr=False)
    as_of: datetime
    stale: bool = False

    @property
    def age(self) -> timedelta:
        """How long ago the register said so."""
        return timezone.now() - self.as_of


@dataclass(frozen=True)
class NotFound:
    """The register answered, and does not know the plate."""

    as_of: datetime


@dataclass(frozen=True)
class RegisterDown:
    """The register gave no usable answer: the applicant types the facts, and the case is 'unverified'."""

    tried_at: datetime


class _UnusableError(Exception):
    """An answer that cannot be used."""


class _PassingError(_UnusableError):
    """… but the next one may be."""


def look_up(plate: str) -> Lookup | NotFound | RegisterDown:
    """Ask the register of this installation; a recent answer comes from the cache, with its own time."""
    if settings.REGISTER_URL == "demo:":
        return Register(DEMO_URL, transport=DemoRegister()).look_up(plate)
    return Register(settings.REGISTER_URL).look_up(plate)


def look_up_many(plates: Collection[str]) -> dict[str, Lookup | NotFound] | None:
    """Ask about many plates in one question to each dataset, for a job at night; None if there was no answer."""
    if settings.REGISTER_URL == "demo:":
        return Register(DEMO_URL, transport=DemoRegister()).look_up_many(plates)
    return Register(settings.REGISTER_URL).look_up_many(plates)


class Register:
    """The register at an address; `transport` is the network unless given."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url.rstrip("/")
        self._transport = transport

    def look_up(self, plate: str) -> Lookup | NotFound | RegisterDown:
        """What is known of a plate, however typed."""
        bare = normalise(plate)
        if not bare:
            return NotFound(timezone.now())
        if unknown_since := cache.get(self._key(bare, "unknown")):
            return NotFound(unknown_since)
        kept = self._kept(bare)
        if kept and kept.age < FRESH:
            return kept
        try:
            rows = self._fetch(bare)
        except _UnusableError as error:
            logger.warning("The vehicle register gave no usable answer: %s", error)
            return _mark_stale(kept) if kept else RegisterDown(timezone.now())
        if not rows["main"]:
            return self._keep_unknown(bare)
        return self._keep(bare, rows)

    def look_up_many(self, plates: Collection[str]) -> dict[str, Lookup | NotFound] | None:
        """What is known of each of some hundred plates; None if the register gave no usable answer.

        All of them are asked: nobody waits for this, and the answers are to be of today.
        """
        bare = sorted({normalise(plate) for plate in plates} - {""})
        try:
            rows = self._fetch_many(bare)
        except _UnusableError as error:
            logger.warning("The vehicle register gave no usable answer: %s", error)
            return None
        return {plate: self._keep(plate, rows[plate]) if plate in rows else NotFound(timezone.now()) for plate in bare}

    def _fetch_many(self, plates: Sequence[str]) -> dict[str, Rows]:
        """The rows of every dataset, by the plates that the main one knows."""
        found: dict[str, Rows] = {}
        with httpx.Client(transport=self._transport, timeout=TIMEOUT_OF_MANY, headers=self._headers()) as client:
            for name, dataset in DATASETS.items():
                for row in self._rows(client, dataset, **ask_many(plates)):
                    plate = str(row.get("kenteken", ""))
                    if name == "main":
                        found[plate] = {each: [] for each in DATASETS}
                    if plate in found:
                        found[plate][name].append(row)
        return found

    def _fetch(self, plate: str) -> Rows:
        """The main dataset; of a plate that it knows the others, all at once.

        Without one of them the answer would be half, so any failure is one of all.
        """
        with (
            httpx.Client(transport=self._transport, timeout=TIMEOUT, headers=self._headers()) as client,
            ThreadPoolExecutor(len(OTHERS)) as pool,
        ):
            main = self._rows(client, DATASETS["main"], kenteken=plate)
            if not main:
                return {"main": main}
            answers = pool.map(partial(self._rows, client, kenteken=plate), OTHERS.values())
            return {"main": main, **dict(zip(OTHERS, answers, strict=True))}

    @staticmethod
    def _headers() -> dict[str, str]:
        """The token with which the register gives this installation a quota of its own."""
        return {"X-App-Token": settings.REGISTER_TOKEN} if settings.REGISTER_TOKEN else {}

    def _rows(self, client: httpx.Client, dataset: str, **asked: str) -> list[dict[str, Any]]:
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(multiplier=0.2, max=1),
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        return tries(self._ask, client, f"{self._url}/{dataset}.json", asked)

    def _ask(self, client: httpx.Client, url: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        try:
            response = client.get(url, params=dict(asked))
        except httpx.HTTPError as error:
            raise _PassingError(type(error).__name__) from None  # its message may hold the address
        if response.status_code in SECOND_CHANCE:
            raise _PassingError(f"HTTP {response.status_code}")
        if response.status_code != httpx.codes.OK:
            raise _UnusableError(f"HTTP {response.status_code}")
        return _as_rows(response)

    def _kept(self, plate: str) -> Lookup | None:
        stored = cache.get(self._key(plate, "1"))
        return _make_lookup(stored["rows"], stored["as_of"]) if stored else None

    def _keep(self, plate: str, rows: Rows) -> Lookup:
        now = timezone.now()
        cache.set(self._key(plate, "1"), {"rows": rows, "as_of": now}, KEPT.total_seconds())
        return _make_lookup(rows, now)

    def _keep_unknown(self, plate: str) -> NotFound:
        now = timezone.now()
        cache.set(self._key(plate, "unknown"), now, UNKNOWN_KEPT.total_seconds())
        return NotFound(now)

    def _key(self, plate: str, sort: str) -> str:
        return f"register-{sort}-{salted_hmac('zones.register', self._url + plate).hexdigest()}"


def ask_many(plates: Sequence[str]) -> dict[str, str]:
    """The question about several plates; they are letters and digits only (`normalise`)."""
    return {"$where": f"kenteken in({','.join(repr(plate) for plate in plates)})", "$limit": str(MOST_ROWS)}


def _as_rows(response: httpx.Response) -> list[dict[str, Any]]:
    try:
        rows = response.json()
    except ValueError:
        raise _UnusableError("no JSON") from None
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _UnusableError("no list of rows")
    return rows


def _make_lookup(rows: Rows, as_of: datetime) -> Lookup:
    main, *_others = rows["main"]
    others = {name: found for name, found in rows.items() if name != "main"}
    return Lookup(facts_from_rows(main, **others), rows, as_of)


def _mark_stale(kept: Lookup) -> Lookup:
    return Lookup(kept.facts, kept.rows, kept.as_of, stale=True)

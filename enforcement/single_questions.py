"""A question about one vehicle in one statement, which records it and reads everything the answer is based on."""

from datetime import datetime
from typing import Any, NamedTuple

from casework import clock
from enforcement.answers import Holding, Question
from enforcement.digests import digest_plate
from enforcement.models import CHECKS, SCOPES_SQL, TOKEN_FROM, note_use
from enforcement.prepared_statements import fetch_prepared
from enforcement.register_entries import is_fresh
from enforcement.rules import STAMP_SQL, Rules
from zones.register import KEPT

# A line for each exemption of the vehicle, or each suspension of it; one line if there is none.
COLUMNS = f"""
ARRAY({STAMP_SQL}), entry.facts, entry.as_of, exemption.id,
    (SELECT reference FROM exemptions_decision WHERE id = exemption.decision_id),
    EXISTS (SELECT FROM exemptions_dayuse WHERE exemption_id = exemption.id),
    (SELECT cbs_code FROM zones_municipality WHERE id = exemption.municipality_id),
    exemption.starts_at, exemption.ends_at, exemption.revoked_at, suspension.starts_at, suspension.ends_at
"""  # noqa: S608  no input
JOINS = """
LEFT JOIN enforcement_registerentry entry ON entry.digest = %(digest)s AND entry.as_of > %(kept_since)s
LEFT JOIN exemptions_exemption exemption ON exemption.plate = %(plate)s AND exemption.country = %(country)s
    AND exemption.starts_at <= %(at)s AND exemption.ends_at > %(at)s
LEFT JOIN exemptions_exemptionsuspension suspension ON suspension.exemption_id = exemption.id
ORDER BY exemption.id, suspension.starts_at
"""
VEHICLE_SQL = f"SELECT {COLUMNS} FROM (SELECT) AS asker {JOINS}"  # noqa: S608  no input
ASKED_SQL = f"""
WITH asker AS (
    SELECT machine.id, machine.purpose, machine.seen_at, municipality.cbs_code {TOKEN_FROM}
    AND municipality.cbs_code = %(zone)s AND %(scope)s = ANY({SCOPES_SQL})
), noted AS (
    INSERT INTO enforcement_enforcementquestion (machine_id, purpose, zone, asked_at, plates, count)
    SELECT id, purpose, cbs_code, %(now)s, ARRAY[%(digest)s], 1 FROM asker
)
SELECT {COLUMNS}, asker.id, asker.seen_at FROM asker {JOINS}
"""  # noqa: S608  no input


class Vehicle(NamedTuple):
    """The current rules, the register's facts if kept, whether they are recent enough, and exemptions."""

    rules: Rules
    facts: str | None
    is_fresh: bool
    holdings: list[Holding]


def read_vehicle(question: Question) -> Vehicle:
    """The vehicle of a question that is recorded elsewhere."""
    now = clock.now()
    return make_vehicle(fetch_prepared(VEHICLE_SQL, list_values(question, now=now)), now=now)


def keep_and_read(question: Question, *, token: str) -> Vehicle | None:
    """The vehicle, for a program by the hash of its token; None, with nothing recorded, if that does not allow it."""
    now = clock.now()
    asked = {**list_values(question, now=now), "token": token, "zone": question.zone, "scope": CHECKS, "now": now}
    rows = fetch_prepared(ASKED_SQL, asked)
    if not rows:
        return None
    machine, seen_at = rows[0][-2:]
    note_use(machine, seen_at=seen_at, at=now)
    return make_vehicle([row[:-2] for row in rows], now=now)


def list_values(question: Question, *, now: datetime) -> dict[str, Any]:
    """The parameters of both statements."""
    return {
        "plate": question.plate,
        "country": question.country,
        "digest": digest_plate(question.plate, question.country),
        "at": question.at,
        "kept_since": now - KEPT,
    }


def make_vehicle(rows: list[tuple[Any, ...]], *, now: datetime) -> Vehicle:
    """The vehicle, from the rows read."""
    stamp, facts, as_of = rows[0][:3]
    fresh = facts is not None and is_fresh(facts, as_of, now=now)
    return Vehicle(Rules.of(stamp), facts, fresh, make_holdings(rows))


def make_holdings(rows: list[tuple[Any, ...]]) -> list[Holding]:
    """The exemptions, from a line for each of their suspensions."""
    by_exemption: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[3] is not None:
            by_exemption.setdefault(row[3], []).append(row)
    return [make_holding(lines) for lines in by_exemption.values()]


def make_holding(lines: list[tuple[Any, ...]]) -> Holding:
    """One exemption."""
    reference, is_day, zone, starts_at, ends_at, revoked_at = lines[0][4:10]
    suspensions = tuple((start, end) for *_of_exemption, start, end in lines if start)
    return Holding(reference, is_day, zone, starts_at, ends_at, revoked_at, suspensions)

"""A question about one vehicle in one statement: it is kept, and what the answer rests on is read.

A camera waits for it, and each statement more would be a journey to the database. `checks.answer_each` reads the same
for thousands, in three.
"""

from typing import Any, NamedTuple

from django.db import connection

from casework import clock
from enforcement.answers import Holding, Question
from enforcement.digests import digest_plate
from enforcement.models import MachineClient
from enforcement.register_entries import is_fresh
from enforcement.rules import STAMP_SQL, Rules
from zones.register import KEPT

# A line for each exemption of the vehicle, or each suspension of that; one line where there is none.
VEHICLE_SQL = f"""
SELECT ARRAY({STAMP_SQL}), entry.facts, entry.as_of, exemption.id,
    (SELECT reference FROM exemptions_decision WHERE id = exemption.decision_id),
    EXISTS (SELECT FROM exemptions_dayuse WHERE exemption_id = exemption.id),
    (SELECT cbs_code FROM zones_municipality WHERE id = exemption.municipality_id),
    exemption.starts_at, exemption.ends_at, exemption.revoked_at, suspension.starts_at, suspension.ends_at
FROM (SELECT) AS asked
LEFT JOIN enforcement_registerentry entry ON entry.digest = %(digest)s AND entry.as_of > %(kept_since)s
LEFT JOIN exemptions_exemption exemption ON exemption.plate = %(plate)s AND exemption.country = %(country)s
    AND exemption.starts_at <= %(at)s AND exemption.ends_at > %(at)s
LEFT JOIN exemptions_exemptionsuspension suspension ON suspension.exemption_id = exemption.id
ORDER BY exemption.id, suspension.starts_at
"""  # noqa: S608  no input
NOTED_SQL = f"""
WITH noted AS (
    INSERT INTO enforcement_enforcementquestion (machine_id, purpose, zone, asked_at, plates, count)
    VALUES (%(machine)s, %(purpose)s, %(zone)s, %(now)s, ARRAY[%(digest)s], 1)
)
{VEHICLE_SQL}
"""  # noqa: S608  no input


class Vehicle(NamedTuple):
    """The rules of now, the facts of the register if they are kept, whether they are new enough, and exemptions."""

    rules: Rules
    facts: str | None
    is_fresh: bool
    holdings: list[Holding]


def read_vehicle(question: Question, *, asked_by: MachineClient | None = None) -> Vehicle:
    """The vehicle of a question; that of a program is kept in the same statement."""
    now = clock.now()
    asked: dict[str, Any] = {
        "plate": question.plate,
        "country": question.country,
        "digest": digest_plate(question.plate, question.country),
        "at": question.at,
        "now": now,
        "kept_since": now - KEPT,
    }
    if asked_by:
        zone = asked_by.municipality.cbs_code
        asked |= {"machine": asked_by.pk, "purpose": asked_by.purpose, "zone": zone}
    with connection.cursor() as cursor:
        cursor.execute(NOTED_SQL if asked_by else VEHICLE_SQL, asked)
        rows = cursor.fetchall()
    stamp, facts, as_of = rows[0][:3]
    fresh = facts is not None and is_fresh(facts, as_of, now=now)
    return Vehicle(Rules.of(stamp), facts, fresh, make_holdings(rows))


def make_holdings(rows: list[tuple[Any, ...]]) -> list[Holding]:
    """The exemptions, with a line for each of their suspensions."""
    by_exemption: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[3] is not None:
            by_exemption.setdefault(row[3], []).append(row)
    return [make_holding(lines) for lines in by_exemption.values()]


def make_holding(lines: list[tuple[Any, ...]]) -> Holding:
    """Of one exemption."""
    reference, is_day, zone, starts_at, ends_at, revoked_at = lines[0][4:10]
    suspensions = tuple((start, end) for *_of_exemption, start, end in lines if start)
    return Holding(reference, is_day, zone, starts_at, ends_at, revoked_at, suspensions)

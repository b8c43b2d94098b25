"""How long decisions took, and what being late cost: one query over events, which tell the term and the amount."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from casework.models import Event
from objections.models import Objection
from reporting.period import Period

ONLY = """
  AND (%(scope)s = '' OR kind.scope = %(scope)s) AND (%(kind)s = '' OR kind.kind_id = %(kind)s)
  AND (%(municipality)s = ''
       OR application.municipality_id = (SELECT id FROM zones_municipality WHERE cbs_code = %(municipality)s))
"""
"""The chosen part of the cases, wherever a query has their `application` and its `kind`."""

# What made a decision known tells the term that ended with it, a penalty tells its amount. The day is that of the
# event, or the one that it tells. A decision that waits to be posted tells no term: it is not counted yet.
MEASURED = f"""
WITH measured AS (
    SELECT CASE WHEN event.case_type = %(objection)s THEN %(objection)s ELSE kind.kind_id END AS key, event.id,
           event.step, day - (term ->> 'received')::date AS days, day <= (term ->> 'due')::date AS in_time,
           (term ->> 'suspended_days')::int AS suspended_days, (event.detail ->> 'amount_eur')::int AS penalty_eur
    FROM casework_event AS event
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kindversion AS kind ON kind.id = application.filed_as_id
    CROSS JOIN LATERAL (
        SELECT event.detail -> 'decision_term' AS term, coalesce(
            event.detail ->> 'posted_on', event.detail ->> 'made_known_on', event.detail ->> 'received_on',
            (event.at AT TIME ZONE 'Europe/Amsterdam')::date::text
        )::date AS day
    ) AS told
    WHERE event.step = ANY(%(counted)s) AND event.at >= %(starts_at)s AND event.at < %(seen_until)s
      AND day BETWEEN %(first)s::date AND %(last)s::date
      AND (event.step <> ALL(%(decide)s) OR term ->> 'due' IS NOT NULL) {ONLY}
)"""  # noqa: S608 -- our own words
SQL = f"""{MEASURED}
SELECT key, count(days), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::numeric)::int,
       round(percentile_cont(0.9) WITHIN GROUP (ORDER BY days)::numeric)::int, count(*) FILTER (WHERE in_time),
       coalesce(sum(suspended_days), 0)::int, count(*) FILTER (WHERE step = 'receive_default_notice'),
       coalesce(sum(penalty_eur), 0)::int
FROM measured GROUP BY key
"""  # noqa: S608 -- our own words
WHICH = {
    "median": "days IS NOT NULL",
    "p90": "days IS NOT NULL",
    "in_time": "in_time",
    "suspended_days": "suspended_days > 0",
    "notices": "step = 'receive_default_notice'",
    "penalty_eur": "step = 'set_penalty'",
}
"""The events behind a measure."""
DECIDE = (
    *("grant", "reject", "set_aside", "approve_grant", "approve_rejection"),
    *("uphold", "uphold_in_part", "uphold_and_reject", "uphold_and_reopen", "settle_by_renewal"),
    *("declare_unfounded", "declare_inadmissible"),
    *("post_letters", "revise", "reject_instead"),
)
"""With which a term to decide ends: `revise` and `reject_instead` only where what they replace was never made known.

Not `grant_at_once`.
"""
LETTERS = ("granted", "rejected", "set_aside")
"""Which letters make such a decision known where they are posted."""


@dataclass(frozen=True)
class LeadTimes:
    """Of one kind, or of all objections; the median and the 90th percentile are None if nothing was decided."""

    decided: int
    median: int | None
    p90: int | None
    in_time: int
    suspended_days: int
    notices: int
    penalty_eur: int


def measure_period(*, period: Period) -> dict[str, LeadTimes]:
    """By key; without a kind that had no decisions and no notices."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, list_query_values(period))
        return {key: LeadTimes(*numbers) for key, *numbers in cursor.fetchall()}


def find_measured_events(period: Period, key: str, measure: str) -> "QuerySet[Event]":
    """The events behind one measure of one key: the decisions measured, the notices, or the penalties set."""
    found = f"{MEASURED} SELECT id FROM measured WHERE key = %(key)s AND {WHICH[measure]}"  # noqa: S608 -- ours
    return Event.objects.filter(pk__in=make_raw_sql(found, {**list_query_values(period), "key": key}))


def make_raw_sql(sql: str, named: Mapping[str, Any]) -> RawSQL:
    """A query as a part of another one, which names no values but counts them."""
    name = re.compile(r"%\((\w+)\)s")
    return RawSQL(name.sub("%s", sql), [named[found] for found in name.findall(sql)])  # noqa: S611 -- values apart


def list_query_values(period: Period) -> dict[str, Any]:
    """What the queries ask for."""
    return {
        "objection": Objection.CASE_TYPE,
        "decide": [*DECIDE],
        "counted": [*DECIDE, "set_penalty", "receive_default_notice"],
        "starts_at": period.starts_at,
        "seen_until": period.seen_until,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        **asdict(period.only),
    }

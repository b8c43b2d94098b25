"""How long decisions took, which cases are overdue, and what being late cost.

Decisions are counted from events, which record the term and the amount; overdue cases from the deadlines, whose rows
the database keeps.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from casework.models import Deadline, Event
from exemptions.models import Application
from objections.models import Objection
from reporting.period import Period

ONLY = """
  AND (%(scope)s = '' OR kind.scope = %(scope)s) AND (%(kind)s = '' OR kind.kind_id = %(kind)s)
  AND (%(municipality)s = ''
       OR application.municipality_id = (SELECT id FROM zones_municipality WHERE cbs_code = %(municipality)s))
"""
"""Limits a query to the chosen cases; the query must join `application` and `kind`."""

# The event that made a decision known records the term that it ended; a penalty records its amount. The day is the one
# that the event records, else its own. A decision that waits to be posted has no term yet and is not counted.
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
# Terms due by the last day of which nothing had been made known by then. A letter that was posted by that day but
# noted later is counted as a decision, so its term is not overdue.
OVERDUE = f"""
overdue AS (
    SELECT CASE WHEN term.case_type = %(objection)s THEN %(objection)s ELSE kind.kind_id END AS key,
           term.dossier_id, term.case_type, term.case_id
    FROM casework_deadline AS term
    JOIN exemptions_application AS application ON application.dossier_id = term.dossier_id
    JOIN exemptions_kindversion AS kind ON kind.id = application.filed_as_id
    WHERE term.kind = ANY(%(terms)s) AND term.due <= %(until)s::date
      AND term.opened_at < %(ends_at)s AND (term.closed_at IS NULL OR term.closed_at >= %(ends_at)s)
      AND NOT EXISTS (
          SELECT FROM casework_event AS posted
          WHERE posted.case_type = term.case_type AND posted.case_id = term.case_id AND posted.step = 'post_letters'
            AND posted.at >= term.opened_at AND posted.at < %(seen_until)s
            AND posted.detail -> 'decision_term' ->> 'due' IS NOT NULL
            AND posted.detail ->> 'posted_on' <= %(until)s
      ) {ONLY}
)"""  # noqa: S608 -- our own words
SQL = f"""{MEASURED}, {OVERDUE}, late AS (SELECT key, count(*) AS number FROM overdue GROUP BY key)
SELECT key, count(days), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::numeric)::int,
       round(percentile_cont(0.9) WITHIN GROUP (ORDER BY days)::numeric)::int, count(*) FILTER (WHERE in_time),
       coalesce(sum(suspended_days), 0)::int, count(*) FILTER (WHERE step = 'receive_default_notice'),
       coalesce(sum(penalty_eur), 0)::int, coalesce(max(late.number), 0)::int
FROM measured FULL JOIN late USING (key) GROUP BY key
"""  # noqa: S608 -- our own words
WHICH = {
    "decided": "days IS NOT NULL",
    "median": "days IS NOT NULL",
    "p90": "days IS NOT NULL",
    "in_time": "in_time",
    "suspended_days": "suspended_days > 0",
    "notices": "step = 'receive_default_notice'",
    "penalty_eur": "step = 'set_penalty'",
}
"""The SQL condition that picks the events behind each measure."""
DECIDE = (
    *("grant", "reject", "set_aside", "approve_grant", "approve_rejection"),
    *("uphold", "uphold_in_part", "uphold_and_reject", "uphold_and_reopen", "uphold_penalty", "settle_by_renewal"),
    *("declare_unfounded", "declare_inadmissible"),
    *("post_letters", "revise", "reject_instead"),
)
"""The steps that end a term to decide; `revise` and `reject_instead` only if what they replace was never made known.

`grant_at_once` is not one of them.
"""
CAME_IN = ("file", "receive_conversion", "register")
LETTERS = ("granted", "rejected", "set_aside")
"""The letters that make such a decision known when they are posted."""


@dataclass(frozen=True)
class LeadTimes:
    """Measures of one kind, or of all objections. `median` and `p90`, in days, are None if nothing was decided."""

    decided: int
    median: int | None
    p90: int | None
    in_time: int
    suspended_days: int
    notices: int
    penalty_eur: int
    overdue: int


def measure_period(*, period: Period) -> dict[str, LeadTimes]:
    """Lead times by key: a kind's code, or the case type of objections. Keys with nothing to measure are left out."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, list_query_values(period))
        return {key: LeadTimes(*numbers) for key, *numbers in cursor.fetchall()}


def find_measured_events(period: Period, key: str, measure: str) -> "QuerySet[Event]":
    """The events behind one measure of one key: the decisions, notices of default or penalties; for overdue cases, the
    events with which they came in.
    """
    if measure == "overdue":
        return find_overdue(period, key)
    found = f"{MEASURED} SELECT id FROM measured WHERE key = %(key)s AND {WHICH[measure]}"  # noqa: S608 -- ours
    return Event.objects.filter(pk__in=make_raw_sql(found, {**list_query_values(period), "key": key}))


def find_overdue(period: Period, key: str) -> "QuerySet[Event]":
    """The event with which each overdue case came in."""
    found = f"WITH {OVERDUE} SELECT case_id FROM overdue WHERE key = %(key)s"  # noqa: S608 -- ours
    cases = make_raw_sql(found, {**list_query_values(period), "key": key})
    sort = Objection.CASE_TYPE if key == Objection.CASE_TYPE else Application.CASE_TYPE
    came_in = Event.objects.filter(case_type=sort, case_id__in=cases, step__in=CAME_IN).order_by("case_id", "at", "pk")
    return Event.objects.filter(pk__in=came_in.distinct("case_id").values("pk"))


def make_raw_sql(sql: str, named: Mapping[str, Any]) -> RawSQL:
    """A query with named parameters as an expression of Django's, whose parameters are positional."""
    name = re.compile(r"%\((\w+)\)s")
    return RawSQL(name.sub("%s", sql), [named[found] for found in name.findall(sql)])  # noqa: S611 -- values apart


def list_query_values(period: Period) -> dict[str, Any]:
    """The parameters of the queries, by name."""
    return {
        "objection": Objection.CASE_TYPE,
        "decide": [*DECIDE],
        "counted": [*DECIDE, "set_penalty", "receive_default_notice"],
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "seen_until": period.seen_until,
        "terms": [Deadline.Kind.DECIDE, Deadline.Kind.DECIDE_OBJECTION],
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "until": min(period.last, period.as_of).isoformat(),
        **asdict(period.only),
    }

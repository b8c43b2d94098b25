"""How long decisions took, and what being late cost: one query over events, terms and notices of default."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from casework.models import Event
from exemptions.models import Application
from objections.models import Objection
from objections.steps.announcement import DECISION_LETTERS
from objections.steps.statuses import DECIDED, OBJECTION
from reporting.events import APPLICATION, KIND, on_a_day
from reporting.period import Period

ONLY = """
  AND (%(scope)s = '' OR kind.scope = %(scope)s) AND (%(kind)s = '' OR kind.code = %(kind)s)
  AND (%(municipality)s = ''
       OR application.municipality_id = (SELECT id FROM zones_municipality WHERE cbs_code = %(municipality)s))
"""
"""The chosen part of the cases, wherever a query has their `application` and its `kind`."""

# A decision counts on the day on which it was made known: that of placing its letter, or of posting it
# (`post_letters`). The term in which it fell is the last one opened before it: a term is never changed, only closed,
# and the step that makes it known closes it a moment before its event.
DAY = """coalesce(event.detail ->> 'made_known_on', event.detail ->> 'posted_on',
                  (event.at AT TIME ZONE 'Europe/Amsterdam')::date::text)"""
KNOWN = f"""event.at >= %(starts_at)s AND event.at < %(seen_until)s AND {DAY} BETWEEN %(first)s AND %(last)s
      AND event.detail -> 'made_known_on' IS DISTINCT FROM 'null'::jsonb {ONLY}"""
MEASURED = f"""
WITH decided AS (
    SELECT kind.code AS key, event.id, event.dossier_id, event.case_type, event.case_id, event.at, 'decide' AS term,
           NULL::date AS received, {DAY}::date AS day
    FROM casework_event AS event
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.filed_as_id
    WHERE event.case_type = %(application)s AND {KNOWN}
      AND (event.step = ANY(%(decide)s)
           OR event.step = 'post_letters' AND event.detail -> 'made_known' ?| %(letters)s::text[])
    UNION ALL
    SELECT %(objection)s, event.id, event.dossier_id, event.case_type, event.case_id, event.at, 'decide_objection',
           objection.received_on, {DAY}::date
    FROM casework_event AS event
    JOIN objections_objection AS objection ON objection.id = event.case_id
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.filed_as_id
    WHERE event.case_type = %(objection)s AND {KNOWN}
      AND (event.to_status = ANY(%(objection_decided)s) AND event.from_status <> event.to_status
           OR event.step = 'post_letters' AND event.detail -> 'made_known' ?| %(objection_letters)s::text[])
), measured AS (
    SELECT key, decided.id, day - coalesce(decided.received, (term.basis ->> 'received')::date) AS days,
           day <= term.due AS in_time, (term.basis ->> 'suspended_days')::int AS suspended_days
    FROM decided
    CROSS JOIN LATERAL (
        SELECT due, basis
        FROM casework_deadline AS deadline
        WHERE deadline.dossier_id = decided.dossier_id AND deadline.case_type = decided.case_type
          AND deadline.case_id = decided.case_id AND deadline.kind = decided.term AND deadline.opened_at <= decided.at
        ORDER BY deadline.opened_at DESC, deadline.id DESC
        LIMIT 1
    ) AS term
)"""  # noqa: S608 -- our own words
SQL = f"""{MEASURED}, parts AS (
    SELECT key, count(*) AS decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS p90, count(*) FILTER (WHERE in_time) AS in_time,
           sum(suspended_days) AS suspended_days, 0 AS notices, 0 AS penalty_eur
    FROM measured GROUP BY key
    UNION ALL
    SELECT CASE WHEN event.case_type = %(objection)s THEN %(objection)s ELSE kind.code END,
           0, NULL, NULL, 0, 0, count(*), 0
    FROM casework_event AS event
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.filed_as_id
    WHERE event.step = 'receive_default_notice' AND event.at < %(seen_until)s
      AND event.detail ->> 'received_on' BETWEEN %(first)s AND %(last)s {ONLY}
    GROUP BY 1
    UNION ALL
    SELECT CASE WHEN notice.case_type = %(objection)s THEN %(objection)s ELSE kind.code END,
           0, NULL, NULL, 0, 0, 0, sum(notice.amount_eur)
    FROM casework_defaultnotice AS notice
    JOIN exemptions_application AS application ON application.dossier_id = notice.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.filed_as_id
    WHERE notice.set_on BETWEEN %(first)s::date AND least(%(last)s::date, %(as_of)s::date) {ONLY}
    GROUP BY 1
)
SELECT key, sum(decided)::int, round(max(median)::numeric)::int, round(max(p90)::numeric)::int, sum(in_time)::int,
       sum(suspended_days)::int, sum(notices)::int, sum(penalty_eur)::int
FROM parts GROUP BY key
"""  # noqa: S608 -- our own words
WHICH = {
    "median": "TRUE",
    "p90": "TRUE",
    "in_time": "in_time",
    "suspended_days": "suspended_days > 0",
}
"""The decisions behind a measure."""
DECIDE = ("grant", "reject", "set_aside", "approve_grant", "approve_rejection")
"""Not `grant_at_once`, which takes no time, and not `revise`, which has no term of its own."""
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
    if measure in WHICH:
        found = f"{MEASURED} SELECT id FROM measured WHERE key = %(key)s AND {WHICH[measure]}"  # noqa: S608 -- ours
        return Event.objects.filter(pk__in=make_raw_sql(found, {**list_query_values(period), "key": key}))
    known = Event.objects.filter(period.only.of_applications(APPLICATION), at__lt=period.seen_until)
    of_key = known.filter(case_type=OBJECTION) if key == OBJECTION else of_application(known, key)
    if measure == "notices":
        return on_a_day("received_on", of_key.filter(step="receive_default_notice"), period=period)
    return of_key.filter(step="set_penalty", at__gte=period.starts_at, at__lt=period.ends_at)


def make_raw_sql(sql: str, named: Mapping[str, Any]) -> RawSQL:
    """A query as a part of another one, which names no values but counts them."""
    name = re.compile(r"%\((\w+)\)s")
    return RawSQL(name.sub("%s", sql), [named[found] for found in name.findall(sql)])  # noqa: S611 -- values apart


def of_application(events: "QuerySet[Event]", code: str) -> "QuerySet[Event]":
    """Those about an application for a kind, and not about an objection."""
    return events.exclude(case_type=OBJECTION).filter(**{KIND: code})


def list_query_values(period: Period) -> dict[str, Any]:
    """What the queries ask for."""
    return {
        "application": Application.CASE_TYPE,
        "objection": Objection.CASE_TYPE,
        "decide": [*DECIDE],
        "letters": [*LETTERS],
        "objection_letters": [*DECISION_LETTERS],
        "objection_decided": [*DECIDED],
        "starts_at": period.starts_at,
        "seen_until": period.seen_until,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "as_of": period.as_of.isoformat(),
        **asdict(period.only),
    }

"""How long decisions took, and what being late cost: one query over events, terms and notices of default."""

from dataclasses import dataclass

from django.db import connection

from exemptions.models import Application
from objections.models import Objection
from objections.steps.statuses import DECIDED
from reporting.period import Period

OBJECTION = "objection"
"""The key of all objections together; every other key is the code of a kind."""

# The term in which a decision fell is the last one opened before it: a term is never changed, only closed, and the
# step that decides closes it a moment before its event. `day` is Amsterdam's.
SQL = """
WITH decided AS (
    SELECT kind.code AS key, event.dossier_id, event.case_type, event.case_id, event.at, 'decide' AS term,
           NULL::date AS received
    FROM casework_event AS event
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.kind_id
    WHERE event.case_type = %(application)s AND event.step = ANY(%(decide)s)
      AND event.at >= %(starts_at)s AND event.at < %(ends_at)s
    UNION ALL
    SELECT %(objection)s, event.dossier_id, event.case_type, event.case_id, event.at, 'decide_objection',
           objection.received_on
    FROM casework_event AS event
    JOIN objections_objection AS objection ON objection.id = event.case_id
    WHERE event.case_type = %(objection)s AND event.to_status = ANY(%(objection_decided)s)
      AND event.from_status <> event.to_status AND event.at >= %(starts_at)s AND event.at < %(ends_at)s
), measured AS (
    SELECT key, day - coalesce(decided.received, (term.basis ->> 'received')::date) AS days,
           day <= term.due AS in_time, (term.basis ->> 'suspended_days')::int AS suspended_days
    FROM decided
    CROSS JOIN LATERAL (
        SELECT due, basis, (decided.at AT TIME ZONE 'Europe/Amsterdam')::date AS day
        FROM casework_deadline AS deadline
        WHERE deadline.dossier_id = decided.dossier_id AND deadline.case_type = decided.case_type
          AND deadline.case_id = decided.case_id AND deadline.kind = decided.term AND deadline.opened_at <= decided.at
        ORDER BY deadline.opened_at DESC, deadline.id DESC
        LIMIT 1
    ) AS term
), parts AS (
    SELECT key, count(*) AS decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS p90, count(*) FILTER (WHERE in_time) AS in_time,
           sum(suspended_days) AS suspended_days, 0 AS notices, 0 AS penalty_eur
    FROM measured GROUP BY key
    UNION ALL
    SELECT CASE WHEN event.case_type = %(objection)s THEN %(objection)s ELSE kind.code END,
           0, NULL, NULL, 0, 0, count(*), 0
    FROM casework_event AS event
    JOIN exemptions_application AS application ON application.dossier_id = event.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.kind_id
    WHERE event.step = 'receive_default_notice' AND event.at < %(seen_until)s
      AND event.detail ->> 'received_on' BETWEEN %(first)s AND %(last)s
    GROUP BY 1
    UNION ALL
    SELECT CASE WHEN notice.case_type = %(objection)s THEN %(objection)s ELSE kind.code END,
           0, NULL, NULL, 0, 0, 0, sum(notice.amount_eur)
    FROM casework_defaultnotice AS notice
    JOIN exemptions_application AS application ON application.dossier_id = notice.dossier_id
    JOIN exemptions_kind AS kind ON kind.id = application.kind_id
    WHERE notice.set_on BETWEEN %(first)s::date AND least(%(last)s::date, %(as_of)s::date)
    GROUP BY 1
)
SELECT key, sum(decided)::int, round(max(median)::numeric)::int, round(max(p90)::numeric)::int, sum(in_time)::int,
       sum(suspended_days)::int, sum(notices)::int, sum(penalty_eur)::int
FROM parts GROUP BY key
"""
DECIDE = ("grant", "reject", "set_aside", "approve_grant", "approve_rejection")
"""Not `grant_at_once`, which takes no time, and not `revise`, which has no term of its own."""


@dataclass(frozen=True)
class LeadTimes:
    """Of one kind, or of all objections; the median and the 90th percentile are None where nothing was decided."""

    decided: int
    median: int | None
    p90: int | None
    in_time: int
    suspended_days: int
    notices: int
    penalty_eur: int


def measure(*, period: Period) -> dict[str, LeadTimes]:
    """By key; a kind of which nothing was decided, and about which no notice came, is not there."""
    values = {
        "application": Application.CASE_TYPE,
        "objection": Objection.CASE_TYPE,
        "decide": [*DECIDE],
        "objection_decided": [*DECIDED],
        "starts_at": period.starts_at,
        "ends_at": period.ends_at,
        "seen_until": period.seen_until,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "as_of": period.as_of.isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        return {key: LeadTimes(*numbers) for key, *numbers in cursor.fetchall()}

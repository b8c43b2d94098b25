"""The report over 1,000,000 applications, half of them day exemptions, against bare SQL of the aggregates it needs.

`times_sql` is how many times longer a figure takes than its SQL, and the report than all SQL; `memory_mb` is peak
memory of the process. The SQL is in `report_sql`.
"""

import resource
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from django.db import connection

from benchmarks import many_cases
from benchmarks.measurement import Measurement, timed
from benchmarks.report_sql import STATEMENTS
from reporting import report
from reporting.figures import FIGURES, Figure
from reporting.period import Period

PERIOD = (date(2020, 1, 1), date(2099, 12, 31), date(2099, 12, 31))
TIMES_SQL = 2
"""The most that the whole report may take, relative to the bare SQL."""
HALF = 500_000
CASES = 2 * HALF
RUNS = 3

EVENTS_SQL = """
INSERT INTO casework_event (dossier_id, case_type, case_id, at, step, from_status, to_status, detail)
SELECT dossier_id, 'application', id, received_at + part.after, part.step, part.came_from,
       coalesce(part.leads_to, status),
       CASE part.step WHEN 'grant' THEN jsonb_build_object('decision_term', jsonb_build_object(
           'received', received_at::date, 'due', received_at::date + 56, 'suspended_days', id %% 10
       )) ELSE '{}' END
FROM exemptions_application a, (VALUES
    ('file', 'draft', 'submitted', interval '0'),
    ('take_up', 'submitted', 'in_review', interval '2 days'),
    ('grant', 'in_review', NULL, interval '20 days')) AS part (step, came_from, leads_to, after)
WHERE part.leads_to IS NOT NULL OR status IN ('granted', 'rejected', 'set_aside', 'withdrawn', 'converted')
"""
TERMS_SQL = """
INSERT INTO casework_deadline (dossier_id, case_type, case_id, kind, due, basis, opened_at, closed_at)
SELECT dossier_id, 'application', id, 'decide', received_at::date + 56,
       jsonb_build_object('received', received_at::date, 'suspended_days', id % 10), received_at,
       received_at + interval '20 days'
FROM exemptions_application
"""
DAY_SQL = """
WITH dossier AS (
    INSERT INTO casework_dossier (opened_at) SELECT now() - (i %% 700) * interval '1 day'
    FROM generate_series(1, %(cases)s) AS i RETURNING id, opened_at
), application AS (
    INSERT INTO exemptions_application
        (key, dossier_id, status, kind_id, filed_as_id, owner_id, language, plate, country, vehicle_class,
         facts_verified, facts_disputed, municipality_id, answers, draft_step, created_at, changed_at, received_at,
         channel)
    SELECT gen_random_uuid(), dossier.id, 'granted', kind.id, kind.id, (SELECT min(id) FROM accounts_user), 'nl',
           'D' || dossier.id / 4, 'NL',
           CASE WHEN dossier.id %% 3 > 0 THEN 'truck' ELSE 'van' END, true, '',
           (SELECT min(id) FROM zones_municipality), '{}', '', opened_at, opened_at, opened_at, 'portal'
    FROM dossier CROSS JOIN (SELECT min(id) AS id FROM exemptions_kindversion WHERE scope = 'day') AS kind
    RETURNING id, dossier_id, plate, vehicle_class, received_at
), decision AS (
    INSERT INTO exemptions_decision
        (application_id, outcome, explanation, doubts, doubts_reason, reference, taken_at, starts_on, ends_on, in_part)
    SELECT id, 'granted', '', '{}', '', 'bench-' || id, received_at, received_at::date, received_at::date, false
    FROM application
    RETURNING id, application_id
), exemption AS (
    INSERT INTO exemptions_exemption (decision_id, application_id, plate, country, starts_at, ends_at, ends_on)
    SELECT d.id, a.id, a.plate, 'NL', a.received_at, a.received_at + interval '1 day', a.received_at::date
    FROM decision d JOIN application a ON a.id = d.application_id RETURNING id, application_id, plate, ends_on
), used AS (
    INSERT INTO exemptions_dayuse (exemption_id, plate, country, municipality_id, year, ordinal, day)
    SELECT id, plate, 'NL', (SELECT min(id) FROM zones_municipality), 2025, number, date '2025-01-01' + number::int
    FROM (SELECT id, plate, row_number() OVER (PARTITION BY plate ORDER BY id) AS number FROM exemption) AS numbered
)
INSERT INTO casework_event (dossier_id, case_type, case_id, at, step, from_status, to_status, detail)
SELECT dossier_id, 'application', id, received_at + part.after, part.step, part.came_from, part.leads_to,
       CASE part.step WHEN 'grant_at_once' THEN jsonb_build_object('vehicle_class', vehicle_class) ELSE '{}' END
FROM application, (VALUES
    ('file', 'draft', 'submitted', interval '0'),
    ('grant_at_once', 'submitted', 'granted', interval '1 second')) AS part (step, came_from, leads_to, after)
"""


def measure() -> Iterator[Measurement]:
    """Each figure against its SQL, then the whole report as its page computes it against all of the SQL."""
    fill()
    sql: list[Measurement] = []
    for names, statement in STATEMENTS.items():
        sql.append(timed(f"bare SQL of {names}", partial(run, statement), runs=RUNS, cases=CASES))
        yield sql[-1]
        figures = [FIGURES[name] for name in names.split()]
        yield compare_with_sql(
            timed(f"report: {names}", partial(compute_figures, figures), runs=RUNS, cases=CASES), sql[-1:]
        )
    whole = timed("report: everything", partial(compute_figures, None), runs=RUNS, cases=CASES)
    yield replace(compare_with_sql(whole, sql), at_most={"times_sql": TIMES_SQL})


def compare_with_sql(taken: Measurement, sql: list[Measurement]) -> Measurement:
    """Add to a measurement its ratio to the SQL, and peak memory."""
    bare = sum(one.median_ms for one in sql)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    more = {"sql_ms": round(bare), "times_sql": round(taken.median_ms / bare, 2), "memory_mb": memory}
    return replace(taken, over={**taken.over, **more})


def compute_figures(figures: Sequence[Figure] | None) -> None:
    """Compute some figures, or all of them, as the page and the command do."""
    period = Period(*PERIOD)
    if figures is None:
        report.compute_report(period)
    for figure in figures or ():
        figure.compute(period)


def run(statement: str) -> None:
    """Run a statement and fetch its rows."""
    period = Period(*PERIOD)
    days = {"starts_at": period.starts_at, "ends_at": period.ends_at}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**days, "first": period.first.isoformat(), "last": period.last.isoformat()})
        cursor.fetchall()


def fill() -> None:
    """Insert the cases with their events."""
    many_cases.fill(cases=HALF)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS_SQL, {})
        cursor.execute(TERMS_SQL)
        cursor.execute(DAY_SQL, {"cases": HALF})
        cursor.execute("VACUUM ANALYZE")

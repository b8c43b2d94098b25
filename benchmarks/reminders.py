"""Reminding applicants who did not respond, by the daily job: a tenth of the open requests, then all of them.

`times_few`: how many times longer a case takes when there are ten times as many. `growth`: by how many MB peak memory
is higher then.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks import many_cases
from benchmarks.deciding_again import decide_once
from benchmarks.measurement import Measurement

FEW, MANY = 1_000, 10_000
MOST_TIMES_FEW = 1.2
MOST_GROWTH_MB = 20
WAITING_SQL = """
WITH dossier AS (
    INSERT INTO casework_dossier (number, opened_at)
    SELECT 'R' || %(cases)s || '-' || i, now() - interval '40 days' FROM generate_series(1, %(cases)s) AS i
    RETURNING id, opened_at
), application AS (
    INSERT INTO exemptions_application
        (key, dossier_id, status, kind_id, filed_as_id, applicant_id, owner_id, language, plate, country, vehicle_class,
         facts_verified, facts_disputed, answers, draft_step, created_at, changed_at, received_at, decide_by, channel)
    SELECT gen_random_uuid(), d.id, 'waiting', k.id, k.id, a.first + d.id %% %(applicants)s,
           u.first + d.id %% %(applicants)s, 'nl', 'R' || d.id, 'NL', 'van', true, '', '{}', '', d.opened_at,
           d.opened_at, d.opened_at, current_date + 30, 'portal'
    FROM dossier AS d
    CROSS JOIN (SELECT k.id FROM exemptions_kindversion AS k
                JOIN exemptions_evidencerequirement AS r ON r.kind_id = k.id ORDER BY k.id LIMIT 1) AS k
    CROSS JOIN (SELECT min(id) AS first FROM exemptions_applicant) AS a
    CROSS JOIN (SELECT min(id) AS first FROM accounts_user WHERE email LIKE 'owner%%@bench.example') AS u
    RETURNING id, dossier_id, kind_id, received_at
), item AS (
    INSERT INTO exemptions_evidenceitem (application_id, requirement_id, verdict, because)
    SELECT a.id, r.id, 'insufficient', 'Niet scherp.'
    FROM application AS a
    JOIN (SELECT kind_id, min(id) AS id FROM exemptions_evidencerequirement GROUP BY kind_id) AS r USING (kind_id)
    RETURNING id, application_id
), deadline AS (
    INSERT INTO casework_deadline (dossier_id, case_type, case_id, kind, due, basis, opened_at)
    SELECT dossier_id, 'application', id, 'supply', current_date + 14, '{}', received_at FROM application
), letter AS (
    INSERT INTO casework_letter
        (dossier_id, case_type, case_id, kind, language, subject, body, address, reference, plate, placed_at,
         made_known_on)
    SELECT dossier_id, 'application', id, 'completion_request', 'nl', 'bench', 'bench', '', '', '',
           received_at + interval '5 days', received_at::date + 5
    FROM application RETURNING id, case_id, placed_at, made_known_on
), request AS (
    INSERT INTO exemptions_completionrequest
        (letter_id, application_id, round, sent_at, sent_on, ends_on, explanation, answer)
    SELECT id, case_id, 1, placed_at, made_known_on, current_date + 14, '', '' FROM letter
    RETURNING id, application_id
)
INSERT INTO exemptions_requesteditem (request_id, item_id, why)
SELECT request.id, item.id, 'De foto is niet scherp.' FROM request JOIN item USING (application_id)
"""


def measure() -> Iterator[Measurement]:
    """Remind few and then ten times as many, among 100,000 applications whose applicants did respond."""
    many_cases.fill()
    few, many = remind_once(FEW), remind_once(MANY)
    yield few
    found = {
        "times_few": round((many.median_ms / MANY) / (few.median_ms / FEW), 2),
        "growth": many.over["peak_mb"] - few.over["peak_mb"],
    }
    at_most = {"times_few": MOST_TIMES_FEW, "growth": MOST_GROWTH_MB}
    yield replace(many, over={**many.over, **found}, at_most=at_most)


def remind_once(cases: int) -> Measurement:
    """Measure the job with a number of open requests, all of them due for a reminder."""
    wait(cases)
    gc.collect()
    return decide_once("reminders", partial(remind, cases), cases=cases)


def wait(cases: int) -> None:
    """Have more applications wait for evidence that was asked for a month ago; all others have an answer."""
    from django.db import connection

    from exemptions.models import CompletionRequest

    CompletionRequest.objects.update(answered_on="2020-01-01")
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, {"cases": cases, "applicants": many_cases.CASES // many_cases.CASES_EACH})
        cursor.execute("ANALYZE")


def remind(cases: int) -> None:
    """Run the daily job; raises unless it reminded everybody."""
    from django.utils import timezone

    from exemptions import deadline_monitoring

    if (taken := deadline_monitoring.take_due_steps(today=timezone.localdate())) != cases:
        raise RuntimeError(f"{taken} of {cases} were reminded")

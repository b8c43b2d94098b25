"""Ten thousand rejections decided again in one run: the dry run, decisions and letters, with peak memory."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import many_cases
from benchmarks.measurement import Measurement

FEW, MANY = 1_000, 10_000
RUNS = 3
LEAST_OF_SQL = 0.3
LETTERS, TURNS = 25, 12
LEAST_OF_TYPST = 0.7
DRY_RUN_LIMIT_MS = 10_000
"""The person who publishes thresholds waits for this list."""

CASES_SQL = """
WITH dossier AS (
    INSERT INTO casework_dossier (number, opened_at)
    SELECT %(mark)s || lpad(i::text, 6, '0'), now() - interval '90 days' FROM generate_series(1, %(cases)s) AS i
    RETURNING id, opened_at
), numbered AS (
    SELECT id, opened_at, row_number() OVER (ORDER BY id) AS n FROM dossier
), application AS (
    INSERT INTO exemptions_application
        (key, dossier_id, status, kind_id, filed_as_id, applicant_id, owner_id, language, plate, country, vehicle_class,
         facts_verified, facts_disputed, answers, draft_step, created_at, changed_at, received_at, wanted_until,
         channel)
    SELECT gen_random_uuid(), d.id, 'rejected', %(kind)s, %(kind)s,
           a.first + d.n %% %(applicants)s, u.first + d.n %% %(users)s, 'nl',
           'B' || d.id, 'NL', 'van', true, '', '{}', '', d.opened_at, d.opened_at, d.opened_at,
           current_date + 400, 'portal'
    FROM numbered AS d
    CROSS JOIN (SELECT min(id) AS first FROM exemptions_applicant) AS a
    CROSS JOIN (SELECT min(id) AS first FROM accounts_user WHERE email LIKE '%%@bench.example') AS u
    RETURNING id
), facts AS (
    INSERT INTO exemptions_factsrecord (application_id, source, facts, as_of, reason)
    SELECT id, 'register', '{"category": "van", "payload_kg": 1400, "make": "VOLKSWAGEN", "model": "CRAFTER"}',
           now() - interval '90 days', ''
    FROM application RETURNING id, application_id
)
INSERT INTO exemptions_decision
    (application_id, outcome, ground_id, explanation, doubts, doubts_reason, reference, taken_at, taken_by_id,
     made_known_on, facts_id, thresholds_id, in_part)
SELECT application_id, 'rejected', %(ground)s, 'Uw auto blijft binnen de grens.', '{}', '', 'B-' || id,
       now() - interval '60 days', (SELECT min(id) FROM accounts_user WHERE email LIKE '%%@bench.example'),
       current_date - 60, id, %(thresholds)s, false
FROM facts
"""
BARE_SQL = (
    "SELECT id FROM exemptions_application WHERE id = %(application)s FOR UPDATE",
    """INSERT INTO exemptions_decision
       (application_id, outcome, ground_id, explanation, doubts, doubts_reason, reference, taken_at, starts_on,
        ends_on, in_part)
       VALUES (%(application)s, 'granted', NULL, 'De grens is verlaagd.', '{}', '', 'S-' || %(application)s, now(),
               current_date, current_date + 400, false)""",
    """UPDATE exemptions_decision SET replaced_by_id = (SELECT max(id) FROM exemptions_decision
       WHERE application_id = %(application)s) WHERE application_id = %(application)s AND outcome = 'rejected'""",
    """INSERT INTO exemptions_exemption
       (decision_id, application_id, plate, country, starts_at, ends_at, ends_on)
       SELECT max(id), %(application)s, '', 'NL', now(), now() + interval '400 days', current_date + 400
       FROM exemptions_decision WHERE application_id = %(application)s""",
    "UPDATE exemptions_application SET status = 'granted' WHERE id = %(application)s",
    """INSERT INTO casework_deadline (dossier_id, case_type, case_id, kind, due, basis, opened_at)
       VALUES (%(dossier)s, 'application', %(application)s, 'object', current_date + 42, '{}', now())""",
    """INSERT INTO casework_letter
       (dossier_id, case_type, case_id, kind, language, subject, body, address, reference, plate, placed_at)
       VALUES (%(dossier)s, 'application', %(application)s, 'bench', 'nl', 'Nieuw besluit', repeat('woord ', 400),
               '', '', '', now())""",
    """INSERT INTO casework_message
       (dossier_id, kind, "to", subject, body, message_id, headers, created_at, not_before, attempts, error)
       VALUES (%(dossier)s, 'bench', 'a@bench.example', 'Brief', repeat('woord ', 60),
               'S' || %(application)s || '@bench', '{}', now(), now(), 0, ''),
              (%(dossier)s, 'bench', 'b@bench.example', 'Brief', repeat('woord ', 60),
               'T' || %(application)s || '@bench', '{}', now(), now(), 0, '')""",
    """INSERT INTO casework_event (dossier_id, case_type, case_id, at, step, from_status, to_status, detail)
       VALUES (%(dossier)s, 'application', %(application)s, now(), 'bench', 'rejected', 'granted', '{}')""",
)


def measure() -> Iterator[Measurement]:
    """Repeat a few cases with one worker and with two; then many cases with one; then the letters."""
    many_cases.fill()
    for workers in (1, 2):
        yield from compare_decisions([FEW] * RUNS, workers=workers)
    yield from compare_decisions([MANY], workers=1)
    yield from compare_letters()


def compare_decisions(runs: Sequence[int], *, workers: int) -> Iterator[Measurement]:
    """Decide a number of cases per turn, each turn between two measurements of the bare SQL."""
    bare, decided = [], []
    for cases in runs:
        before = insert_bare(workers)
        renewal = yield from dry_run(cases)
        work = partial(in_processes, [partial(work_on, renewal)] * workers)
        decided.append(decide_once(f"deciding again: decisions by {workers}", work, cases=cases))
        if left := renewal.items.exclude(state="done").count():
            raise RuntimeError(f"{left} cases were not decided")
        bare.append(join_turns([before, insert_bare(workers)]))
    yield from compare_rates(decided, bare, name="of_sql", least=LEAST_OF_SQL)


def insert_bare(workers: int) -> Measurement:
    """Insert the rows of decisions by bare SQL, divided among the workers."""
    keys = write(FEW // 2, thresholds=versions()[0].pk)
    shares = [partial(bare_inserts, keys[number::workers]) for number in range(workers)]
    return decide_once(f"bare SQL of a decision by {workers}", partial(in_processes, shares), cases=len(keys))


def compare_letters() -> Iterator[Measurement]:
    """Alternate Typst on its own with letters that are also stored."""
    bare, stored = [], []
    for letters in read_letters():
        bare.append(decide_once("bare Typst of a letter", partial(compile_letters, letters), cases=LETTERS))
        stored.append(decide_once("deciding again: letters as PDF", store_letters, cases=LETTERS))
    yield from compare_rates(stored, bare, name="of_typst", least=LEAST_OF_TYPST)


def compare_rates(
    measured: Sequence[Measurement], bare: Sequence[Measurement], *, name: str, least: float
) -> Iterator[Measurement]:
    """Combine the turns; the rate is the median over the turns, relative to the bare work of the same turn."""
    parts = [own.over["a_second"] / of.over["a_second"] for own, of in zip(measured, bare, strict=True)]
    yield join_turns(bare)
    found = join_turns(measured)
    over = {**found.over, name: round(statistics.median(parts), 2)}
    yield replace(found, over=over, at_least={name: least})


def join_turns(turns: Sequence[Measurement]) -> Measurement:
    """Combine the turns into one measurement: median, maximum, and the overall rate."""
    times = [turn.median_ms for turn in turns]
    over = {
        "cases": turns[0].over["cases"],
        "a_second": round(sum(turn.over["cases"] for turn in turns) * 1000 / sum(times), 1),
        "peak_mb": max(turn.over["peak_mb"] for turn in turns),
    }
    return Measurement(
        name=turns[0].name, median_ms=statistics.median(times), worst_ms=max(times), runs=len(turns), over=over
    )


def in_processes(actions: Sequence[Callable[[], object]]) -> None:
    """Call a function here, or in several processes at once, each with its own connection."""
    if len(actions) == 1:
        actions[0]()
        return
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=connect_anew, args=[action]) for action in actions]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if failed := [process.exitcode for process in processes if process.exitcode]:
        raise RuntimeError(f"{len(failed)} workers failed")


def connect_anew(action: Callable[[], object]) -> None:
    """Drop the connection inherited by a forked process: two processes on one connection would mix up their answers."""
    from django.db import connections

    for connection in connections.all():
        connection.connection = None
    action()


def decide_once(name: str, action: Callable[[], object], *, cases: int, limit_ms: float | None = None) -> Measurement:
    """Measure what can be done only once, with cases per second and peak memory in MB."""
    forget_the_peak()
    start = time.perf_counter()
    action()
    took = (time.perf_counter() - start) * 1000
    over = {"cases": cases, "a_second": round(cases * 1000 / took, 1), "peak_mb": peak_mb()}
    return Measurement(name=name, median_ms=took, worst_ms=took, runs=1, limit_ms=limit_ms, over=over)


def forget_the_peak() -> None:
    """Reset Linux's record of this process's peak memory."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> int:
    """The peak memory of this process since `forget_the_peak`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def dry_run(cases: int) -> Generator[Measurement, None, Any]:
    """Make rejections under the old thresholds and list those that now have another outcome."""
    from renewals.publication import make_list

    lead, second = team_leads()
    old, new = versions()
    write(cases, thresholds=old.pk)
    made: list[Any] = []
    yield decide_once(
        "deciding again: dry run",
        lambda: made.append(make_list(new, by=lead)),
        cases=cases,
        limit_ms=DRY_RUN_LIMIT_MS,
    )
    (renewal,) = made
    renewal.propose(by=lead, explanation_nl="De grens voor het laadvermogen is verlaagd.")
    renewal.approve(by=second)
    renewal.start(by=second)
    return renewal


def work_on(renewal: Any) -> None:
    """Work on the run as a worker does, until no case is left."""
    from renewals import engine

    engine.work_on_run(renewal.pk)


def read_letters() -> Iterator[list[tuple[dict[str, Any], datetime]]]:
    """For each turn, the template data of some letters. Compiles one first, so that the fonts are loaded."""
    from casework import letter_pdfs
    from casework.models import Letter

    # Not the letters that are stored: Typst is faster the second time.
    letters = list(Letter.objects.filter(pdf=None).order_by("-pk").select_related("dossier")[: LETTERS * TURNS])
    letter_pdfs.render_letter_pdf(letters[0])
    for start in range(0, len(letters), LETTERS):
        some = letters[start : start + LETTERS]
        yield [(letter_pdfs.build_letter(letter), letter.placed_at) for letter in some]


def compile_letters(letters: list[tuple[dict[str, Any], datetime]]) -> None:
    """Compile letters with Typst, without storing them."""
    from casework import letter_pdfs

    for data, placed_at in letters:
        letter_pdfs.compile_template("letter", data, made_at=placed_at)


def store_letters() -> None:
    """Compile and store as many letters."""
    from casework import letter_pdfs

    if letter_pdfs.store_missing(limit=LETTERS) != LETTERS:
        raise RuntimeError("not every letter was made")


def bare_inserts(keys: list[tuple[int, int]]) -> None:
    """Insert the rows of a new decision by SQL alone, one transaction per case."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        for application, dossier in keys:
            with transaction.atomic():
                for statement in BARE_SQL:
                    cursor.execute(statement, {"application": application, "dossier": dossier})
        with transaction.atomic():
            # Switches off the trigger that protects sent letters; these were not sent.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM casework_letter WHERE kind = 'bench'")


def write(cases: int, *, thresholds: int) -> list[tuple[int, int]]:
    """Write rejections on the ground that an emission-free vehicle was for sale; returns their keys and dossiers."""
    from django.db import connection

    from exemptions.models import Application, Ground, KindVersion

    kind = KindVersion.objects.filter(by_thresholds=True).latest("valid_from")
    ground = Ground.objects.filter(rests_on_thresholds=True)[0]
    last = Application.objects.latest("pk").pk
    about: dict[str, int | str] = {
        "mark": f"B{thresholds}-",
        "cases": cases,
        "kind": kind.pk,
        "ground": ground.pk,
        "thresholds": thresholds,
        "applicants": many_cases.CASES // many_cases.CASES_EACH,
        "users": many_cases.CASEWORKERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(CASES_SQL, about)
        cursor.execute("ANALYZE")
    return list(Application.objects.filter(pk__gt=last).values_list("pk", "dossier_id"))


def versions() -> tuple[Any, Any]:
    """The old and the new thresholds, valid from successive days."""
    from django.utils import timezone

    from exemptions.models import ThresholdVersion

    made: list[Any] = []
    days = ThresholdVersion.objects.count()
    for number, limit in enumerate((1_500, 1_300)):
        version = ThresholdVersion.objects.begin(
            status="published",
            valid_from=timezone.localdate() - timedelta(days=300 - days - number),
            source="bench",
            reason_nl="bench",
            published_at=timezone.now(),
            approved_by=team_leads()[0],
        )
        version.limits.create(vehicle_class="van", metric="payload_kg", limit=limit)
        made.append(version)
    return made[0], made[1]


def team_leads() -> tuple[Any, Any]:
    """Two team leads who took none of the rejections."""
    from django.contrib.auth.models import Group

    from accounts import roles
    from accounts.models import User

    roles.load_roles()
    first, second = User.objects.filter(email__startswith="desk", email__endswith="@bench.example").order_by("-pk")[:2]
    for user in (first, second):
        user.groups.set(Group.objects.filter(name="team lead"))
    return first, second

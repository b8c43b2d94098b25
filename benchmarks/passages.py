"""Counting 10,000,000 passages by why they were allowed, against the same engine grouping the same file.

`times_bare` is how many times longer the count takes than grouping the passages by vehicle and part of the day;
`times_classes` than grouping them by country, class and hour, which reads no plates. `memory_mb` is peak memory of
the process: 100 million passages only take longer to read, because the vehicles are the same.
"""

import resource
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from benchmarks.measurement import Measurement, timed

PASSAGES = 10_000_000
VEHICLES = 400_000
EXEMPT = 20_000
RUNS = 3
LEAST_RATE = 0.5
"""The least rate of the count, as a share of the bare grouping's."""
MONTH = datetime(2026, 10, 31, 23, tzinfo=UTC), datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
PASSAGES_SQL = """
COPY (
    SELECT 'V' || lpad((hash(i) % {vehicles})::VARCHAR, 5, '0') AS plate,
           CASE WHEN hash(hash(i) % {vehicles}) % 10 = 0 THEN 'PL' ELSE 'NL' END AS country,
           make_timestamptz({first} + (hash(i + 1) % {length})::BIGINT) AS "at",
           CASE hash(hash(i) % {vehicles}) % 3 WHEN 0 THEN 'van' WHEN 1 THEN 'truck' END AS vehicle_class
    FROM range({passages}) t(i)
) TO '{file}' (FORMAT parquet)
"""
FACTS_SQL = """
COPY (
    SELECT 'V' || lpad(i::VARCHAR, 5, '0') AS plate, CASE WHEN i % 3 = 1 THEN 'truck' ELSE 'van' END AS category,
           CASE WHEN i % 3 = 1 THEN 'rigid' END AS subtype, (i % 7)::VARCHAR AS emission_class,
           DATE '1990-01-01' + (hash(i) % 13000)::INT AS first_admission,
           CASE WHEN i % 50 = 0 THEN '15' END AS body_codes
    FROM range({vehicles}) t(i)
) TO '{file}' (FORMAT parquet)
"""
BARE_SQL = """
SELECT count(*) FROM (
    SELECT plate, country, vehicle_class, hour // 6, count(*) FROM passages GROUP BY ALL
)
"""
CLASSES_SQL = "SELECT country, vehicle_class, hour, count(*) FROM passages GROUP BY ALL"


def measure() -> Iterator[Measurement]:
    """The bare groupings, then the whole job: reading, judging, exemptions, counting."""
    from reporting.compliance.counting import count_passages
    from reporting.compliance.ground import load_ground
    from reporting.compliance.judgement import Window, count_microseconds
    from reporting.compliance.sources import make_sources

    begin, end = map(count_microseconds, MONTH)
    with tempfile.TemporaryDirectory() as folder:
        passages, facts = Path(folder, "passages.parquet"), Path(folder, "facts.parquet")
        about = {"vehicles": VEHICLES, "passages": PASSAGES, "first": begin, "length": end - begin}
        for file, sql in ((passages, PASSAGES_SQL), (facts, FACTS_SQL)):
            duckdb.connect().execute(sql.format(**about, file=file))
        windows = [
            ((f"V{number:05d}", "NL"), Window(begin, begin + (end - begin) // 2, number % 2 == 0))
            for number in range(0, VEHICLES, VEHICLES // EXEMPT)
        ]
        sources = replace(make_sources(load_ground("GM0344"), facts=facts), windows=lambda _first, _last: windows)
        groups = timed("passages: grouped by vehicle", lambda: run(passages, BARE_SQL), runs=RUNS, passages=PASSAGES)
        yield groups
        classes = timed("passages: grouped by class", lambda: run(passages, CLASSES_SQL), runs=RUNS, passages=PASSAGES)
        yield classes
        whole = timed(
            "passages: judged and counted",
            lambda: count_passages(passages, sources, also=[facts]),
            runs=RUNS,
            limit_ms=groups.median_ms / LEAST_RATE,
            passages=PASSAGES,
        )
        more = {
            "times_bare": round(whole.median_ms / groups.median_ms, 2),
            "times_classes": round(whole.median_ms / classes.median_ms, 2),
            "passages_a_second": round(PASSAGES / whole.median_ms * 1000),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        yield replace(whole, over={**whole.over, **more}, at_most={"memory_mb": 2048})


def run(file: Path, sql: str) -> None:
    """Run a query in an engine of its own, as the count does."""
    from reporting.compliance.passages import open_engine, view_passages

    with open_engine(file) as engine:
        view_passages(engine, file)
        engine.execute(sql).fetchall()

"""Counts the passages in a file by part of day, vehicle class and reason.

A first pass groups the passages by vehicle. Each vehicle is judged once; if the answer is the same from its first to
its last passage, its numbers are known already. Only passages of the other vehicles are read again, one by one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from reporting.compliance.ground import PARTS_OF_DAY, Ground
from reporting.compliance.judgement import (
    NEVER,
    Cell,
    Simplifier,
    Step,
    Why,
    Window,
    add_exemptions,
    as_day,
    judge_facts,
)
from reporting.compliance.passages import (
    EARLIEST,
    LATEST,
    Engine,
    fetch_one,
    open_engine,
    refuse_bad_rows,
    refuse_odd_moments,
    view_passages,
)
from zones.plates import normalise
from zones.vehicles import VehicleFacts

CHUNK = 20_000
"""The number of vehicles in Python's memory at once."""
CLASS_SQL = """CASE lower(trim(vehicle_class))
    WHEN 'van' THEN 'van' WHEN 'bestelauto' THEN 'van' WHEN 'n1' THEN 'van'
    WHEN 'truck' THEN 'truck' WHEN 'vrachtauto' THEN 'truck' WHEN 'n2' THEN 'truck' WHEN 'n3' THEN 'truck'
    WHEN 'other' THEN 'other' WHEN 'personenauto' THEN 'other' WHEN 'm1' THEN 'other' ELSE 'unknown' END"""

RowT = TypeVar("RowT")
Counts = Counter[Cell]
Plate = tuple[str, str]
"""Plate without punctuation, and country."""
FactsSource = Callable[[Engine, Simplifier], Sequence[VehicleFacts]]
"""Fills the engine's table `known` (bare, facts) for the Dutch plates in `names`; `facts` is an index in the result.

Index 0 has the facts of a vehicle about which nothing is known.
"""
WindowsSource = Callable[[int, int], Iterable[tuple[Plate, Window]]]
"""Yields the exemptions that are valid at any time between two moments."""


@dataclass(frozen=True)
class Counted:
    """The counts of a file; `first` and `last`: the days of its first and last passage."""

    counts: Counts
    first: date
    last: date


@dataclass(frozen=True)
class Sources:
    """Where the answers come from. `hours`: the hours at which morning, afternoon and evening begin, on a day."""

    ground: Ground
    facts: FactsSource
    windows: WindowsSource
    hours: Callable[[date], Sequence[int]]


def count_passages(file: Path, sources: Sources, *, also: Sequence[Path] = ()) -> Counted:
    """Count the passages in a file. Raises PassagesRefused, with nothing counted, if it is unusable."""
    with open_engine(file, *also) as engine:
        view_passages(engine, file)
        first, last, hours = _group_by_vehicle(engine, sources)
        _name_vehicles(engine)
        _judge_vehicles(engine, sources, first=first, last=last)
        _add_windows(engine, sources, first=first, last=last)
        counts = _count_settled(engine) + _count_moving(engine, hours)
        return Counted(counts, as_day(first), as_day(last))


# --- Vehicles --------------------------------------------------------------------------------------------------


def _group_by_vehicle(engine: Engine, sources: Sources) -> tuple[int, int, Sequence[int]]:
    """Make `vehicles`, a row per vehicle as the file writes it; returns the first and last moment, and the hours."""
    one = fetch_one(engine, f"SELECT us FROM passages WHERE us BETWEEN {EARLIEST} AND {LATEST} LIMIT 1")  # noqa: S608
    hours = sources.hours(as_day(one[0])) if one else (0, 0, 0)  # a file without passages is refused below
    morning, afternoon, evening = map(int, hours)
    engine.execute(
        "CREATE TEMP TABLE vehicles AS SELECT row_number() OVER () AS vehicle, * FROM ("  # noqa: S608
        "SELECT plate, country, vehicle_class, min(us) AS first, max(us) AS last, "
        f"count(*) FILTER (hour < {morning}) AS part_0, "
        f"count(*) FILTER (hour >= {morning} AND hour < {afternoon}) AS part_1, "
        f"count(*) FILTER (hour >= {afternoon} AND hour < {evening}) AS part_2, "
        f"count(*) FILTER (hour >= {evening}) AS part_3, count(*) FILTER (us IS NULL) AS bad, count(*) AS passages "
        "FROM passages GROUP BY plate, country, vehicle_class)"
    )
    first, last, bad, total = fetch_one(
        engine, "SELECT min(first), max(last), coalesce(sum(bad), 0), coalesce(sum(passages), 0) FROM vehicles"
    )
    refuse_bad_rows(int(bad), int(total))
    refuse_odd_moments(first, last)
    return first, last, hours


def _name_vehicles(engine: Engine) -> None:
    """Make `names`, with plates as we store them; those beyond plain ASCII go through the usual Python function."""
    engine.execute(
        "CREATE TEMP TABLE names AS SELECT vehicle, upper(trim(country)) AS country, "  # noqa: S608
        f"{CLASS_SQL} AS told, regexp_full_match(plate, '[\\x00-\\x7F]*') AS is_plain, "
        "CASE WHEN regexp_full_match(plate, '[A-Z0-9]*') THEN plate "
        "ELSE upper(regexp_replace(plate, '[^A-Za-z0-9]', '', 'g')) END AS bare, plate AS written "
        "FROM vehicles"
    )
    strange = engine.execute(
        "SELECT vehicle, v.plate FROM names JOIN vehicles v USING (vehicle) WHERE NOT is_plain"
    ).fetchall()
    if strange:
        insert_rows(
            engine, "respelled (vehicle BIGINT, bare VARCHAR)", [(one, normalise(text)) for one, text in strange]
        )
        engine.execute("UPDATE names SET bare = r.bare FROM respelled r WHERE r.vehicle = names.vehicle")


def insert_rows(engine: Engine, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table given as `name (column TYPE, …)`, created if it does not exist."""
    engine.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}")
    if not rows:
        return
    columns = {
        f"c{number}": np.array(column, dtype=object if isinstance(column[0], str) else None)
        for number, column in enumerate(zip(*rows, strict=True))
    }
    engine.register("incoming", columns)
    engine.execute(f"INSERT INTO {table.split()[0]} SELECT * FROM incoming")  # noqa: S608
    engine.unregister("incoming")


# --- Judging ---------------------------------------------------------------------------------------------------


def _judge_vehicles(engine: Engine, sources: Sources, *, first: int, last: int) -> None:
    """Make `known` (bare, facts), `cases`, and `steps` (facts, told, label, why, start, stop): what the rules say."""
    days = {"first": as_day(first), "last": as_day(last)}
    known = sources.facts(engine, Simplifier(sources.ground, **days))
    engine.execute(
        "CREATE TEMP TABLE cases AS SELECT n.vehicle, coalesce(k.facts, 0) AS facts, n.told "
        "FROM names n LEFT JOIN known k ON k.bare = n.bare AND n.country = 'NL'"
    )
    _keep_steps(engine, known, sources.ground, **days)


def _keep_steps(engine: Engine, known: Sequence[VehicleFacts], ground: Ground, *, first: date, last: date) -> None:
    rows: list[tuple[Any, ...]] = []
    judged: dict[VehicleFacts, Sequence[Step]] = {}  # the class in the file differs more often than it matters
    for number, told in engine.execute("SELECT DISTINCT facts, told FROM cases").fetchall():
        facts = known[number]
        if facts.category is None and told != "unknown":
            facts = replace(facts, category=told)
        label = facts.category or "unknown"
        if facts not in judged:
            judged[facts] = judge_facts(facts, ground, first=first, last=last)
        rows += [(number, told, label, int(why), start, end) for start, end, why in make_terms(judged[facts])]
    insert_rows(
        engine, "steps (facts INTEGER, told VARCHAR, label VARCHAR, why TINYINT, start BIGINT, stop BIGINT)", rows
    )


def keep_facts(engine: Engine, found: Iterable[tuple[str, VehicleFacts]], simplifier: Simplifier) -> list[VehicleFacts]:
    """Store the facts of vehicles that arrive one by one, and return them as a FactsSource does."""
    table = "known (bare VARCHAR, facts INTEGER)"
    numbers: dict[VehicleFacts, int] = {VehicleFacts(): 0}
    insert_rows(engine, table, [])
    for some in split_rows(found):
        insert_rows(
            engine,
            table,
            [(bare, numbers.setdefault(simplifier.simplify(facts), len(numbers))) for bare, facts in some],
        )
    return list(numbers)


def split_rows(rows: Iterable[RowT]) -> Iterator[list[RowT]]:
    """The rows in lists of at most CHUNK."""
    iterator = iter(rows)
    while some := list(islice(iterator, CHUNK)):
        yield some


def make_terms(steps: Sequence[Step]) -> Iterator[tuple[int, int, Why]]:
    """Steps as terms: start, end (exclusive) and reason."""
    for step, after in pairwise([*steps, Step(NEVER, Why.UNKNOWN)]):
        yield step.start, after.start, step.why


def _add_windows(engine: Engine, sources: Sources, *, first: int, last: int) -> None:
    """Make `terms` (vehicle, label, why, start, stop): every judgement of vehicles with an exemption."""
    windows = "windows (bare VARCHAR, country VARCHAR, start BIGINT, stop BIGINT, is_day BOOLEAN)"
    insert_rows(engine, windows, [])
    for some in split_rows(sources.windows(first, last)):
        insert_rows(engine, windows, [(*plate, one.start, one.end, one.is_day) for plate, one in some])
    insert_rows(engine, "terms (vehicle BIGINT, label VARCHAR, why TINYINT, start BIGINT, stop BIGINT)", [])
    engine.execute(
        "CREATE TEMP TABLE exempt AS SELECT n.vehicle, w.start, w.stop, w.is_day FROM names n "
        "JOIN windows w ON w.bare = n.bare AND w.country = n.country "
        "JOIN vehicles v ON v.vehicle = n.vehicle AND w.start <= v.last AND w.stop > v.first ORDER BY n.vehicle"
    )
    _keep_terms(engine)


def _keep_terms(engine: Engine) -> None:
    steps: dict[tuple[int, str], tuple[str, list[Step]]] = {}
    for facts, told, label, why, start in engine.execute(
        "SELECT facts, told, label, why, start FROM steps ORDER BY facts, told, start"
    ).fetchall():
        steps.setdefault((facts, told), (label, []))[1].append(Step(start, Why(why)))
    found: dict[int, tuple[tuple[int, str], list[Window]]] = {}
    for vehicle, facts, told, start, stop, is_day in engine.execute(
        "SELECT c.vehicle, c.facts, c.told, e.start, e.stop, e.is_day FROM exempt e JOIN cases c USING (vehicle)"
    ).fetchall():
        found.setdefault(vehicle, ((facts, told), []))[1].append(Window(start, stop, is_day))
    rows = [
        (vehicle, steps[case][0], int(why), start, end)
        for vehicle, (case, windows) in found.items()
        for start, end, why in make_terms(add_exemptions(steps[case][1], windows))
    ]
    insert_rows(engine, "terms (vehicle BIGINT, label VARCHAR, why TINYINT, start BIGINT, stop BIGINT)", rows)


# --- Counting --------------------------------------------------------------------------------------------------

ALL_TERMS = """
CREATE TEMP TABLE all_terms AS
SELECT vehicle, label, why, start, stop FROM terms
UNION ALL
SELECT c.vehicle, s.label, s.why, s.start, s.stop
FROM cases c JOIN steps s ON s.facts = c.facts AND s.told = c.told
WHERE NOT EXISTS (SELECT 1 FROM terms t WHERE t.vehicle = c.vehicle)
"""
SETTLED = """
SELECT t.label, t.why, sum(part_0), sum(part_1), sum(part_2), sum(part_3)
FROM vehicles v JOIN all_terms t ON t.vehicle = v.vehicle AND t.start <= v.first AND v.last < t.stop
GROUP BY t.label, t.why
"""
MOVING = """
CREATE TEMP TABLE moving AS
SELECT v.plate, v.country, v.vehicle_class, t.label, t.why, t.start, t.stop
FROM vehicles v JOIN all_terms t ON t.vehicle = v.vehicle AND t.start <= v.last AND v.first < t.stop
WHERE NOT (t.start <= v.first AND v.last < t.stop)
"""
MOVED = """
SELECT (hour >= {morning})::INT + (hour >= {afternoon})::INT + (hour >= {evening})::INT AS part, label, why, count(*)
FROM (
    SELECT hour(make_timestamptz(us)) AS hour, label, why
    FROM passages p JOIN moving m ON p.plate = m.plate AND CASE
        WHEN p.country = m.country AND p.vehicle_class = m.vehicle_class THEN us >= start AND us < stop END
)
GROUP BY ALL
"""
"""Joining on the plate alone is faster than on three texts; country and class are compared afterwards."""


def _count_settled(engine: Engine) -> Counts:
    """Counts of the vehicles whose answer is the same from their first to their last passage."""
    engine.execute(ALL_TERMS)
    counts: Counts = Counter()
    for label, why, *parts in engine.execute(SETTLED).fetchall():
        counts.update(
            {
                (part, label, Why(why).name.lower()): int(number)
                for part, number in zip(PARTS_OF_DAY, parts, strict=True)
            }
        )
    return +counts


def _count_moving(engine: Engine, hours: Sequence[int]) -> Counts:
    """Counts of the other vehicles, by the moment of each passage."""
    engine.execute(MOVING)
    counts: Counts = Counter()
    if not fetch_one(engine, "SELECT count(*) FROM moving")[0]:
        return counts
    morning, afternoon, evening = map(int, hours)
    rows = engine.execute(MOVED.format(morning=morning, afternoon=afternoon, evening=evening)).fetchall()
    for part, label, why, number in rows:
        counts[PARTS_OF_DAY[part], label, Why(why).name.lower()] += number
    return counts

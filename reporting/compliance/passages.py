"""Reads a file of passages into the engine: checked, with moments as numbers, and only part of it in memory at a time.

The engine is DuckDB (docs/decisions/0046-passages.md). It can open no other file and no network address, and encrypts
its temporary files with a key that exists in memory only.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext as _

from reporting.compliance.refusal import PassagesRefused

MEMORY = "1200MB"
"""The limit of the engine alone: together with Python the job stays below 2 GB."""
THREADS = 2
NEEDED = ("plate", "country", "at")
ZONED_TEXT = r"^.{10,}(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
"""A moment as text with its time zone: 2026-12-01T10:00:00+01:00."""
EARLIEST, LATEST = 1_577_836_800_000_000, 4_102_444_800_000_000
"""The start of 2020 and 2100, in microseconds since 1970 (UTC)."""
LONGEST_HEAD = 10_000
"""The line with column names must end within this many bytes."""
ZONED_TYPES = {"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMPTZ_NS"}
BEGIN_OF_PARQUET = b"PAR1"

UNREADABLE = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.ConversionException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
)
"""Errors that a file can cause; any other error is a bug of ours."""
Engine = duckdb.DuckDBPyConnection


@contextmanager
def open_engine(*files: Path, memory: str = MEMORY, threads: int = THREADS) -> Iterator[Engine]:
    """An engine that can read only these files; the errors that a file can cause become PassagesRefused."""
    with tempfile.TemporaryDirectory(prefix="passages-") as folder:
        engine = duckdb.connect(config={"threads": threads, "memory_limit": memory, "temp_directory": folder})
        try:
            _close_doors(engine, files)
            yield engine
        except UNREADABLE as error:
            raise PassagesRefused(explain_failure(error)) from None  # the engine's message may repeat lines of the file
        finally:
            engine.close()


def _close_doors(engine: Engine, files: tuple[Path, ...]) -> None:
    engine.execute("SET TimeZone = 'Europe/Amsterdam'")
    engine.execute("SET preserve_insertion_order = false")
    engine.execute("SET temp_file_encryption = true")
    engine.execute("SET autoinstall_known_extensions = false")
    engine.execute(f"SET allowed_paths = [{', '.join(map(quote_text, files))}]")
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")


def quote_text(text: object) -> str:
    """Text as a quoted literal in the engine's SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def find_source(file: Path) -> str:
    """The SQL to read a file in a FROM clause, chosen by the file's content rather than its name."""
    try:
        with file.open("rb") as opened:
            begin = opened.read(LONGEST_HEAD)
    except OSError as error:
        raise PassagesRefused(
            _("The file %(name)s cannot be read (%(reason)s). Check the name, and who may read it.")
            % {"name": file.name, "reason": error.strerror}
        ) from error
    if not begin:
        raise PassagesRefused(_("The file %(name)s is empty. Export the passages again.") % {"name": file.name})
    if begin.startswith(BEGIN_OF_PARQUET):
        return f"read_parquet({quote_text(file)})"
    mark = max(b",;\t", key=begin.splitlines()[0].count)
    return (
        f"read_csv({quote_text(file)}, header = true, all_varchar = true, delim = {quote_text(chr(mark))}, "
        "quote = '\"', escape = '\"', strict_mode = true)"
    )


def read_types(engine: Engine, source: str) -> dict[str, str]:
    """The types of the columns, by name."""
    rows = engine.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # noqa: S608 — `quote_text` made the name safe
    return {row[0]: row[1] for row in rows}


def view_passages(engine: Engine, file: Path) -> None:
    """Make the view `passages`: plate, country, vehicle_class, hour (local), us (microseconds since 1970, UTC).

    A moment that cannot be read is NULL; `refuse_bad_rows` checks for those afterwards.
    """
    source = find_source(file)
    types = read_types(engine, source)
    refuse_columns(types)
    moment = _read_moment(types["at"])
    class_of = "coalesce(CAST(vehicle_class AS VARCHAR), '')" if "vehicle_class" in types else "''"
    engine.execute(
        "CREATE TEMP VIEW passages AS SELECT coalesce(CAST(plate AS VARCHAR), '') AS plate, "  # noqa: S608
        f"coalesce(CAST(country AS VARCHAR), '') AS country, {class_of} AS vehicle_class, "
        f"hour(moment) AS hour, epoch_us(moment) AS us FROM (SELECT *, {moment} AS moment FROM {source})"
    )


def refuse_columns(types: dict[str, str]) -> None:
    """Raise PassagesRefused if a required column is missing."""
    missing = [name for name in NEEDED if name not in types]
    if missing:
        raise PassagesRefused(
            _(
                "The file has no column %(missing)s. Its first line (of a CSV) or its schema (of a Parquet file) must "
                "name plate, country and at, and may name vehicle_class, in lower case."
            )
            % {"missing": ", ".join(missing)}
        )


def _read_moment(kind: str) -> str:
    """The SQL that reads the column `at` as a moment; raises PassagesRefused for moments without a time zone."""
    if kind in ZONED_TYPES:
        return 'CAST("at" AS TIMESTAMPTZ)'
    if kind == "VARCHAR":
        zoned = f'regexp_full_match("at", {quote_text(ZONED_TEXT)})'
        return f'CASE WHEN {zoned} THEN TRY_CAST("at" AS TIMESTAMPTZ) END'
    if kind.startswith("TIMESTAMP"):
        raise PassagesRefused(
            _(
                "The moments in the column at have no time zone, so on the night on which the clock goes back one hour "
                "stands for two. Write them with their time zone, in Parquet as UTC-adjusted timestamps."
            )
        )
    raise PassagesRefused(
        _("The column at must hold moments, as 2026-12-01T10:00:00+01:00 or UTC-adjusted timestamps. Export it again.")
    )


def refuse_odd_moments(first: int, last: int) -> None:
    """Raise PassagesRefused for moments that cannot be right: a sign of a wrong unit or column."""
    if first < EARLIEST or last >= LATEST:
        raise PassagesRefused(
            _("There are passages from before 2020 or after 2099 in this file. Correct the column at, and try again.")
        )


def refuse_bad_rows(bad: int, total: int) -> None:
    """Raise PassagesRefused for a file with unreadable moments, or without passages."""
    if not total:
        raise PassagesRefused(_("There are no passages in this file. Export them again."))
    if bad:
        raise PassagesRefused(
            _(
                "%(bad)s of %(total)s passages have no moment that can be read in the column at. Write each with its "
                "time zone, as 2026-12-01T10:00:00+01:00, and export the file again. Nothing was counted."
            )
            % {"bad": bad, "total": total}
        )


def explain_failure(error: Exception) -> str:
    """What to do about a failure of the engine, without quoting the file."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return _("More different vehicles pass in this file than fit in memory. Count a shorter time by itself.")
    line = re.search(r"Line: (\d+)", str(error))
    where = _(" (line %(line)s)") % {"line": line[1]} if line else ""
    return _(
        "The file cannot be read to its end%(where)s: it is damaged, cut off, or neither Parquet nor a CSV in UTF-8 "
        "with a line of column names. Export it again, and check that the copy is as long as the original."
    ) % {"where": where}


def fetch_one(engine: Engine, sql: str) -> Any:
    """The only row of a query's result."""
    return engine.execute(sql).fetchone()

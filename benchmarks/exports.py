"""Exports of 100,000 and 1,000,000 rows, as the worker makes them: duration and peak memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection

from benchmarks import many_cases
from benchmarks.deciding_again import forget_the_peak, peak_mb
from benchmarks.measurement import Measurement

FEW, MANY = 100_000, 1_000_000
CASES = 112_000
"""Nine in ten have ended and are exported; the second export multiplies those by ten."""
MOST_TIMES = 1.3
"""The most that peak memory may grow when the rows increase tenfold; more means that the export is not streamed."""
PROCESS = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from benchmarks import exports
exports.tell(int(sys.argv[2]))
"""


@dataclass(frozen=True, kw_only=True)
class Memory(Measurement):
    """One file, with its peak memory relative to that of the smaller file."""

    times: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """As JSON; `ok` says whether memory stays flat."""
        ok = None if self.times is None else self.times <= MOST_TIMES
        return {**super().as_dict(), "times_the_memory": self.times, "most_times": MOST_TIMES, "ok": ok}


def measure() -> Iterator[Measurement]:
    """Both formats, with few rows and with many."""
    many_cases.fill(cases=CASES)
    many_cases.multiply(10)
    few = {one["format"]: one for one in in_process(FEW)}
    yield from (as_measurement(one) for one in few.values())
    for one in in_process(MANY):
        yield as_measurement(one, times=round(one["peak_mb"] / few[one["format"]]["peak_mb"], 2))


def as_measurement(one: dict[str, Any], *, times: float | None = None) -> Memory:
    """One line of the other process as a measurement."""
    return Memory(
        name=f"export: {one['format']}",
        median_ms=one["ms"],
        worst_ms=one["ms"],
        runs=1,
        over={name: one[name] for name in ("rows", "file_mb", "peak_mb")},
        times=times,
    )


def in_process(rows: int) -> list[dict[str, Any]]:
    """Measure in another process, so that its peak memory is that of the export alone."""
    name = str(connection.settings_dict["NAME"])
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "zesportal.settings")}
    command = [sys.executable, "-c", PROCESS, name, str(rows)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


# --- In the other process ------------------------------------------------------------------------------------


def print_measures(rows: int) -> None:
    """Make both files with a number of rows, and print a line about each."""
    with TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        for format in ("csv", "xlsx"):
            print(json.dumps(make_export(rows, format=format)), flush=True)


def make_export(rows: int, *, format: str) -> dict[str, Any]:
    """Request a list of a number of rows and have the worker make it."""
    from accounts.models import User
    from casework.exports import builder, listing
    from casework.models import Export
    from zesportal import wiring

    applications = listing.get_listing("application")
    some = replace(applications, name="some", rows=lambda user, filters: applications.rows(user, filters)[:rows])
    wiring.LISTINGS = (some,)
    owner = User.objects.create_superuser(f"{format}.{rows}@bench.example")
    export = Export.objects.create(owner=owner, listing="some", filters="list=ended", format=format)
    forget_the_peak()
    start = time.perf_counter()
    builder.make_next()
    took = (time.perf_counter() - start) * 1000
    export.refresh_from_db()
    size = export.file.size // 1_000_000
    return {"format": format, "rows": export.rows, "ms": took, "peak_mb": peak_mb(), "file_mb": size}

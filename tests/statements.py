"""How much each step asks of the database, over all the times that a run of tests takes it.

    .venv/bin/python -m pytest -p tests.statements tests/exemptions tests/objections

It is no part of a common run. Each step within another counts for itself, and again in the outer one. With
`STATEMENTS=file` the statements of a middling call of each are written there, with the line that asked.
"""

import os
import re
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median_low
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from casework import reference_cache

Asked = list[tuple[str, str]]
calls: dict[str, list[Asked]] = defaultdict(list)
HERE = Path(__file__).parent.parent
OUR_APPS = re.compile(rf"{HERE}/(?!tests|\.venv)(.+)\.py")
MAY_ASK = 15


@contextmanager
def listening() -> Iterator[Asked]:
    """The statements of what is done in here, without savepoints and without what a worker in use has cached."""
    asked: Asked = []

    def hear(execute: Callable[..., Any], sql: str, *about: Any) -> Any:
        if "SAVEPOINT" not in sql and not is_of_cache():
            asked.append((sql, find_asker() if "STATEMENTS" in os.environ else ""))
        return execute(sql, *about)

    with connection.execute_wrapper(hear):
        yield asked


def is_of_cache() -> bool:
    """Whether the cache of reference rows asks, which a worker that has taken such steps before need not."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_filename != reference_cache.__file__:
        frame = frame.f_back
    return frame is not None


def find_asker() -> str:
    """The lines of the product that led to this statement, the innermost first."""
    ours = [frame for frame in traceback.extract_stack(limit=60) if OUR_APPS.match(frame.filename)]
    lines = [f"{Path(frame.filename).relative_to(HERE)}:{frame.lineno} {frame.name}" for frame in ours]
    return " < ".join(reversed(lines[-4:]))


def measure_steps(take: Callable[..., None]) -> Callable[..., None]:
    """The same, and what it asked is kept where it was not refused."""

    def measured(case: Any, move: Any, **about: Any) -> None:
        know_rights(about["detail"]["by"])
        with listening() as asked:
            take(case, move, **about)
        calls[f"{case.CASE_TYPE}.{move.__name__}"].append(asked)

    return measured


def know_rights(by: Any) -> None:
    """The page that offered the step has asked what its user may do (`accounts.backends`)."""
    if by is not None:
        by.get_all_permissions()
        _ = by.given_roles


def pytest_sessionstart() -> None:
    """A worker that has taken such steps before, as in production."""
    from casework import steps  # once Django is there

    steps.take_step = measure_steps(steps.take_step)
    settings.REFERENCE_ANSWERS_KEPT = 500
    settings.SMS_GATEWAY_URL = ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each step that asks more than it may, the worst first; and how many there are."""
    middling = {name: median_low(len(asked) for asked in made) for name, made in calls.items()}
    terminalreporter.section("statements of a step: least, middling, most (calls)")
    for name, middle in sorted(middling.items(), key=lambda one: -one[1]):
        counts = [len(asked) for asked in calls[name]]
        terminalreporter.line(f"{middle:4}  {min(counts):3} {max(counts):3} ({len(counts)})  {name}")
    above = sum(middle > MAY_ASK for middle in middling.values())
    terminalreporter.line(f"{len(middling)} steps, {above} above {MAY_ASK}")
    if "STATEMENTS" in os.environ:
        write_middling(Path(os.environ["STATEMENTS"]), middling)


def write_middling(file: Path, middling: dict[str, int]) -> None:
    """One call of each step whose number of statements is its middling one."""
    with file.open("w") as written:
        for name, middle in sorted(middling.items(), key=lambda one: -one[1]):
            written.write(f"\n=== {name} {middle}\n")
            for sql, asker in next(asked for asked in calls[name] if len(asked) == middle):
                written.write(f"{shorten(sql)}\n        {asker}\n")


def shorten(sql: str) -> str:
    """A statement without its columns."""
    return re.sub(r"SELECT (DISTINCT )?(\(?\")[^)]*? FROM", "SELECT … FROM", sql)[:400]

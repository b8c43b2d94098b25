"""The result of a benchmark, and the database in which it runs."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import django
from django.core.management import call_command
from django.test.utils import override_settings, setup_databases, teardown_databases


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One result, in milliseconds; `over` says how much data it covers."""

    name: str
    median_ms: float
    worst_ms: float
    runs: int
    limit_ms: float | None = None  # the promise, if there is one
    over: Mapping[str, float] = field(default_factory=dict)  # as {"cases": 100_000}
    at_most: Mapping[str, float] = field(default_factory=dict)  # promised maxima of other values
    at_least: Mapping[str, float] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)  # other observations, in words

    def as_dict(self) -> dict[str, Any]:
        """As JSON; `ok` says whether every promise was kept."""
        kept = [self.over[name] <= limit for name, limit in self.at_most.items()]
        kept += [self.over[name] >= limit for name, limit in self.at_least.items()]
        if self.limit_ms is not None:
            kept.append(self.median_ms <= self.limit_ms)
        ok = all(kept) if kept else None
        return {
            "name": self.name,
            "median_ms": round(self.median_ms, 1),
            "worst_ms": round(self.worst_ms, 1),
            "runs": self.runs,
            "limit_ms": self.limit_ms,
            "ok": ok,
            **self.over,
            **self.notes,
            **({"at_most": dict(self.at_most)} if self.at_most else {}),
            **({"at_least": dict(self.at_least)} if self.at_least else {}),
        }


def timed(
    name: str, action: Callable[[], object], *, runs: int = 10, limit_ms: float | None = None, **over: float
) -> Measurement:
    """Run an action once to warm up and then several times; `over` says how much data it covers."""
    action()
    times = [milliseconds(action) for _ in range(runs)]
    return Measurement(
        name=name, median_ms=statistics.median(times), worst_ms=max(times), runs=runs, limit_ms=limit_ms, over=over
    )


def milliseconds(action: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


@contextmanager
def database() -> Iterator[None]:
    """A temporary database with the reference data, next to the real one; dropped afterwards.

    Everything else is as in production: Django's test environment would have each template keep what it showed, and
    garbage is collected as `deploy/gunicorn_conf.py` has it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
    django.setup()
    with override_settings(ALLOWED_HOSTS=["*"], EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        old = setup_databases(verbosity=0, interactive=False)
        try:
            call_command("load_reference")
            gc.freeze()
            gc.set_threshold(50_000, 10, 10)
            yield
        finally:
            teardown_databases(old, verbosity=0)

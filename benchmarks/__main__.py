"""Run all benchmarks, or those named: `python -m benchmarks scale`. Prints one JSON object per measurement."""

import json
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

import benchmarks
from benchmarks.measurement import Measurement, database

NO_BENCHMARKS = {"__main__", "bare", "many_cases", "measurement", "report_sql", "served", "served_wsgi"}


def names() -> list[str]:
    """The names of the benchmarks: modules of this package with a `measure`."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name for name in found if name not in NO_BENCHMARKS)


def run(wanted: list[str]) -> Iterator[Measurement]:
    """Run benchmarks, yielding each measurement as soon as it is available."""
    for name in wanted:
        with database():
            yield from import_module(f"benchmarks.{name}").measure()


def main() -> None:
    """Print each measurement as a line of JSON."""
    wanted = sys.argv[1:] or names()
    if unknown := set(wanted) - set(names()):
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(names()) or 'none yet'}")
    for measurement in run(wanted):
        print(json.dumps(measurement.as_dict()), flush=True)


if __name__ == "__main__":
    main()

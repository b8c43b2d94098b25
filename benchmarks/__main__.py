"""Run all benchmarks, or those named: `python -m benchmarks scale`. Prints one JSON object per measurement.

Exits with 1 after the last one if any promise was not kept, and names the measurements that missed.
"""

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
    """Print each measurement as a line of JSON, all of them; then say which promises were not kept."""
    wanted = sys.argv[1:] or names()
    if unknown := set(wanted) - set(names()):
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(names()) or 'none yet'}")
    missed = []
    for measurement in run(wanted):
        told = measurement.as_dict()
        print(json.dumps(told), flush=True)
        if told["ok"] is False:
            missed.append(measurement.name)
    if missed:
        sys.exit(f"Not within its limit: {', '.join(missed)}")


if __name__ == "__main__":
    main()

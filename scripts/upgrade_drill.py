"""Upgrade a filled installation of an earlier release to this code: nothing is lost, nothing is counted otherwise.

    .venv/bin/python -m scripts.upgrade_drill v0.1.0

Everything happens in a folder of its own, with a PostgreSQL of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
SERVICES = ("DATABASE_URL", "REDIS_URL", "PRODUCTION", "VAR_DIR", "DEMO")
MADE_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission"}

FACTS = """
import io, json, django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
yesterday = str(timezone.localdate() - timedelta(days=1))
with connection.cursor() as cursor:
    rows = {}
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        rows[table] = cursor.fetchone()[0]
written = io.StringIO()
period = ["--from", "2025-01-01", "--to", yesterday, "--as-of", yesterday]
call_command("report", *period, "--format", "json", stdout=written)
report = json.loads(written.getvalue())["figures"]
print(json.dumps({"rows": rows, "report": {name: figure["rows"] for name, figure in report.items()}}))
"""
"""What is compared, by commands that both versions have."""

Values = dict[tuple[str, str, int], tuple[Any, ...]]


def main() -> int:
    """Upgrade, compare, and report; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("revision", help="the tag or commit of the earlier release")
    parser.add_argument("--python", help="a Python with its packages; without it they are installed from its lock file")
    parser.add_argument("--may-differ", default="", help="figures that count otherwise on purpose, for example R07,R12")
    parser.add_argument(
        "--may-go", default="", help="tables that are dropped on purpose, for example reporting_siteupload"
    )
    parser.add_argument("--may-grow", default="", help="tables to which a migration adds rows on purpose")
    parser.add_argument("--may-shrink", default="", help="tables from which a migration removes rows on purpose")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="loket-upgrade-") as folder,
        check_out_release(asked.revision, Path(folder)) as tree,
    ):
        installation = Path(folder) / "var"
        old = asked.python or own_python(tree)
        fill_installation(tree, old, installation)
        before = collect_facts(tree, old, installation)
        run_manage(HERE, sys.executable, installation, "migrate", "--verbosity=0")
        migrated = collect_facts(HERE, sys.executable, installation)
        run_manage(HERE, sys.executable, installation, "load_reference")
        upgraded = collect_facts(HERE, sys.executable, installation)
    meant, dropped = set(asked.may_differ.split(",")), set(asked.may_go.split(","))
    growing, shrinking = MADE_BY_MIGRATE | set(asked.may_grow.split(",")), set(asked.may_shrink.split(","))
    kept = {table: rows for table, rows in before["rows"].items() if table not in dropped}
    faults = [
        *lost_rows(kept, migrated["rows"], growing, shrinking),
        *other_values(before["report"], migrated["report"], meant),
        *other_values(before["report"], upgraded["report"], meant),
    ]
    print("\n".join(faults))
    compared = len(collect_report_values(before["report"]))
    print(f"{len(before['rows'])} tables and {compared} values of the report compared: {len(faults)} faults.")
    return 1 if faults or not compared else 0


@contextmanager
def check_out_release(revision: str, folder: Path) -> Iterator[Path]:
    """The code of the earlier release, next to this one."""
    tree = folder / "earlier"
    run_command(["git", "worktree", "add", "--quiet", "--detach", str(tree), revision], HERE)
    try:
        yield tree
    finally:
        run_command(["git", "worktree", "remove", "--force", str(tree)], HERE)


def own_python(tree: Path) -> str:
    """A Python with the dependencies of the earlier release."""
    uv = run_command(["scripts/uv.sh"], tree).strip()
    run_command([uv, "sync", "--locked", "--no-dev", "--quiet"], tree)
    return str(tree / ".venv/bin/python")


def fill_installation(tree: Path, python: str, installation: Path) -> None:
    """Fill it with its own demo: a year of cases of every type."""
    for command in ("migrate", "load_reference", "load_demo"):
        run_manage(tree, python, installation, command)


def run_manage(tree: Path, python: str, installation: Path, *words: str) -> None:
    """Run a command of one version on the installation."""
    print(f"{tree.name}: {' '.join(words)}", flush=True)
    run_command([python, "manage.py", *words], tree, installation)


def collect_facts(tree: Path, python: str, installation: Path) -> dict[str, Any]:
    """The number of rows of each table, and every value of the report."""
    found: dict[str, Any] = json.loads(run_command([python, "-c", FACTS], tree, installation).splitlines()[-1])
    return found


def run_command(command: list[str], folder: Path, installation: Path | None = None) -> str:
    """The output of a program; exits with its output if it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in SERVICES}
    environment |= {"DJANGO_SETTINGS_MODULE": "zesportal.settings", "VAR_DIR": str(installation or folder / "var")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} failed in {folder}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def lost_rows(before: dict[str, int], after: dict[str, int], growing: set[str], shrinking: set[str]) -> list[str]:
    """Tables that are gone or have another number of rows: only the `growing` may have more, the `shrinking` fewer."""
    return [
        f"{table}: {rows} rows before, {after.get(table, 'no table')} after"
        for table, rows in before.items()
        if (found := after.get(table)) is None
        or (found > rows and table not in growing)
        or (found < rows and table not in shrinking)
    ]


def other_values(before: dict[str, Any], after: dict[str, Any], meant: set[str]) -> list[str]:
    """Values of the report that are gone or differ, unless on purpose. New ones are not an error."""
    known, found = collect_report_values(before), collect_report_values(after)
    return [
        f"{figure} {key}: {value} before, {found.get((figure, key, place))} after"
        for (figure, key, place), value in known.items()
        if found.get((figure, key, place)) != value and figure not in meant
    ]


def collect_report_values(report: dict[str, Any]) -> Values:
    """Every row of every figure by its key; if a key occurs twice, by its position too."""
    found: Values = {}
    seen: Counter[tuple[str, str]] = Counter()
    for figure, rows in report.items():
        for row in rows:
            where = (figure, str(row["key"]))
            found[*where, seen[where]] = (row["count"], row["of"], row["percent"])
            seen[where] += 1
    return found


if __name__ == "__main__":
    sys.exit(main())

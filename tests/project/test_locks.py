"""A row that is locked can still be pointed at: otherwise filings of one applicant wait for each other's locks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = (
    "accounts",
    "casework",
    "complaints",
    "connections",
    "correspondence",
    "demo",
    "enforcement",
    "exemptions",
    "helpdesk",
    "objections",
    "renewals",
    "reporting",
    "watches",
    "zesportal",
    "zones",
)


def test_every_lock_leaves_foreign_keys_alone() -> None:
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    locks = [(path, lock) for path in sources for lock in re.findall(r"select_for_update\(.*", path.read_text())]

    assert len(locks) > 40
    assert [(path.name, lock) for path, lock in locks if "no_key=True" not in lock] == []

"""`make test-fast` leaves out what needs a browser and what is slow: by marks, set before pytest chooses by them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IN_A_BROWSER = "tests/helpdesk/information/test_browser.py"
SLOW = "tests/project/test_backup.py"
NEITHER = "tests/zones/test_addresses.py"


def test_it_leaves_out_the_browser_and_the_slow() -> None:
    assert collect("not browser and not slow") == {NEITHER}
    assert collect("browser or slow") == {IN_A_BROWSER, SLOW}


def collect(marks: str) -> set[str]:
    """The files of those three of which pytest takes at least one test."""
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", marks, IN_A_BROWSER, SLOW, NEITHER]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {line.partition("::")[0] for line in told.splitlines() if "::" in line}

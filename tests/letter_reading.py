"""How each letter reads that a test leaves behind: to its reader, whole, without a word of the desk or of the code."""

import re
from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from casework.models import Letter
from casework.models.letter import OPEN_DAY

FAULTS = {
    "a placeholder": r"(?<!\\)[{}]",
    "its reader in the third person": r"\b[Dd]e (indiener|klager|aanvrager)\b",
    "the same in English": r"\b[Tt]he (objector|complainant|applicant)\b",
    "a word of the code": r"\b(None|True|False|nan)\b",
    "two spaces": r"\S  +\S",
    "a space before a full stop": r" [.,;:!?](\s|$)",
    "two marks": r"[.,;:][.,;]|\(\)|: *[.,]",
    "an empty value": r"^- [^:\n]+: *(\*\* *\*\*)?$|\*\*\*\*",
    "an empty section": r"^## [^\n]*\n+(?=## |\Z)",
}
"""By what is wrong, how one sees it."""


def list_faults(letter: Letter) -> list[str]:
    """What is wrong with its words; a day that waits for posting may be open."""
    words = OPEN_DAY.sub("1 mei 2026", f"{letter.subject}\n\n{letter.body}")
    found = ((what, re.search(how, words, re.MULTILINE)) for what, how in FAULTS.items())
    return [f"{what}: {match[0]!r} in {letter.kind}" for what, match in found if match]


def read_letters() -> list[Letter]:
    """All that there are; none after a test that broke its transaction."""
    try:
        return list(Letter.objects.order_by("pk"))
    except DatabaseError:
        return []


@pytest.fixture(autouse=True)
def letters_read_well(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """In every folder whose `conftest.py` names it."""
    yield
    if {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        found = [fault for letter in read_letters() for fault in list_faults(letter)]
        assert found == [], found

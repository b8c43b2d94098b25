"""The questions of the financial form, from its table; a new version of the table is a new version of the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casework.reference import read_rows

DATA = Path(__file__).parent.parent / "data" / "financial_form.csv"
VERSION = 1
"""Increase this when a question is added, removed or changed in meaning: older copies are then refused politely."""
YEARS = 3
SECTION = "section"


@dataclass(frozen=True)
class Question:
    """A line of the form. `answer`: text, amount, number, date, yes_no, confirm, or section for a heading."""

    code: str
    answer: str
    by_year: bool
    required: bool
    label_nl: str
    label_en: str
    help_nl: str
    help_en: str

    def label(self, language: str) -> str:
        """The question in Dutch if asked, otherwise in English."""
        return self.label_nl if language == "nl" else self.label_en

    def help(self, language: str) -> str:
        """The explanation that helps to answer it."""
        return self.help_nl if language == "nl" else self.help_en

    @property
    def cells(self) -> int:
        """The number of answers: one, or one for each year."""
        return YEARS if self.by_year else 1


@cache
def load_questions() -> tuple[Question, ...]:
    """All questions in order, including headings."""
    return tuple(
        Question(
            **{name: row[name] for name in ("code", "answer", "label_nl", "label_en", "help_nl", "help_en")},
            by_year=row["years"] == "true",
            required=row["required"] == "true",
        )
        for row in read_rows(DATA)
    )


def by_code(asked: Iterable[Question]) -> dict[str, Question]:
    """The questions that have an answer, by their number."""
    return {question.code: question for question in asked if question.answer != SECTION}

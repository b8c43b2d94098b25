"""Loads what reporting ships: the questions of the quality review, and the texts of its mails."""

from pathlib import Path

from casework.reference import load_texts, read_file
from reporting.models import ReviewQuestion

DATA = Path(__file__).parent / "data"


def load(*, overwrite: bool = False) -> None:
    """Add what is missing; idempotent. Changes made at the desk stay, unless `overwrite` is set."""
    for row in read_file(ReviewQuestion, DATA / "review_questions.csv"):
        same = ReviewQuestion.objects.filter(code=row.code, valid_from=row.valid_from)
        row.pk = same.values_list("pk", flat=True).first()
        if row.pk is None or overwrite:
            ReviewQuestion.objects.add_version(row, key=["code"])
    load_texts(DATA / "letter_texts")

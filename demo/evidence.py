"""What the invented applicants answer and hand in: one small file, shared by the whole history."""

import csv
import hashlib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Document, Dossier
from exemptions.doubts import DELIVERY, DONE_BEFORE
from exemptions.models import KindQuestion

if TYPE_CHECKING:
    from demo.wish import Wish
    from demo.world import World

PATH = "demo/bewijsstuk.pdf"
OWN_PATH = "demo/eigen.pdf"  # the storage makes the name unique
EXAMPLE = Path(__file__).with_name("bewijsstuk.pdf")
ANSWERS = Path(__file__).parent / "answers.csv"
"""Answers of the demo's applicants in words and numbers, by the code of the question; one of several, by the day."""


@cache
def make_pdf() -> bytes:
    """A real PDF that says that it is fictitious."""
    return EXAMPLE.read_bytes()


def store_file() -> None:
    """Store the file once, under the name that the documents have."""
    if not default_storage.exists(PATH):
        default_storage.save(PATH, ContentFile(make_pdf()))


def add_document(dossier: Dossier, *, name: str, by: User, world: "World") -> Document:
    """A document by the applicant, or by somebody at the desk."""
    content = make_pdf()
    path = default_storage.save(OWN_PATH, ContentFile(content)) if world.is_live else PATH
    return Document.objects.create(
        dossier=dossier,
        file=path,
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=_compute_checksum(content),
        added_by=by,
    )


@cache
def _compute_checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def answer_questions(wish: "Wish") -> dict[str, str]:
    """An answer to every question asked."""
    given: dict[str, str] = {}
    for question in wish.kind.questions.all():
        if not question.only_if_code or given.get(question.only_if_code) == question.only_if_value:
            given[question.code] = wish.needs.get(question.code) or _answer_question(question, wish)
    return given


@cache
def invented_answers() -> dict[str, list[str]]:
    """Possible answers, by the code of the question."""
    found: dict[str, list[str]] = {}
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["question"], []).append(row["answer"])
    return found


def _answer_question(question: KindQuestion, wish: "Wish") -> str:
    today = clock.today()
    if question.answer == KindQuestion.Answer.CHOICE:
        return question.choices_nl.partition("=")[0]
    if question.answer == KindQuestion.Answer.DATE:
        return _choose_day(question, wish, today=today).isoformat()
    if question.answer in (KindQuestion.Answer.YES_NO, KindQuestion.Answer.CONFIRM):
        return "yes"
    possible = invented_answers()[question.code]
    return possible[today.toordinal() % len(possible)]


def _choose_day(question: KindQuestion, wish: "Wish", *, today: date) -> date:
    """A day: past for what must have been done; a delivery lies before the end by the margin."""
    if question.not_after or question.code in DONE_BEFORE:
        return today - timedelta(days=60)
    until = wish.needed_until or today + timedelta(days=120)
    margin = CurrentPolicy.on(today).number("delivery_margin_days") if question.code == DELIVERY else 0
    return until - timedelta(days=margin)

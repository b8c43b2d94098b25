"""What the invented applicants answer and hand in: one small file, to which all of history refers.

The cases around today have files of their own: there somebody may still take one away.
"""

import csv
import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from casework.letter_pdfs import summary_pdf
from casework.models import Document
from exemptions.models import EvidenceItem, KindQuestion

if TYPE_CHECKING:
    from demo.case import Case

PATH = "demo/bewijsstuk.pdf"
OWN_PATH = "demo/eigen.pdf"  # the storage makes the name unique
ANSWERS = Path(__file__).parent / "answers.csv"
"""What applicants of the demo answer in words and numbers, by the code of the question; one of several by the day."""


@cache
def file() -> bytes:
    """A real PDF that says that it is none."""
    words = [("Inhoud", "Dit stuk is verzonnen. Het staat voor het bewijs dat een aanvrager zou meesturen.")]
    return summary_pdf(title="Voorbeeld van een bewijsstuk", language="nl", sections=[("Demonstratie", words)])


def store_file() -> None:
    """Put the file where the documents say it is; once."""
    if not default_storage.exists(PATH):
        default_storage.save(PATH, ContentFile(file()))


def document(case: "Case", *, name: str, at: datetime, by: User | None = None) -> Document:
    """A document of the applicant, or of somebody at the desk."""
    content = file()
    path = default_storage.save(OWN_PATH, ContentFile(content)) if case.world.is_live else PATH
    return case.rows.add(
        Document(
            dossier=case.dossier,
            file=path,
            name=name,
            content_type="application/pdf",
            size=len(content),
            sha256=_checksum(content),
            added_at=at,
            added_by=by or case.wish.owner,
        )
    )


@cache
def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def checklist(case: "Case", *, at: datetime) -> list[EvidenceItem]:
    """Every required item of the kind, each with a file."""
    items = [
        case.rows.add(EvidenceItem(application=case.application, requirement=requirement))
        for requirement in case.world.required(case.wish.kind)
    ]
    for item in items:
        attach(case, item, name=f"{item.requirement.name_nl}.pdf", at=at)
    return items


def attach(case: "Case", item: EvidenceItem, *, name: str, at: datetime) -> None:
    """A file for an item."""
    paper = document(case, name=name, at=at)
    case.rows.add(EvidenceItem.documents.through(evidenceitem=item, document=paper))
    case.papers.append((item, paper))


def accept(case: "Case", *, at: datetime) -> None:
    """Everything was found sufficient; special-category files go at once."""
    for item in case.items:
        item.verdict, item.judged_at = EvidenceItem.Verdict.ACCEPTED, at
    for item, paper in case.papers:
        if item.requirement.sensitive:
            paper.removed_at = at


def answers(questions: Iterable[KindQuestion], *, on: date) -> dict[str, str]:
    """An answer to every question that is asked."""
    given: dict[str, str] = {}
    for question in questions:
        if not question.only_if_code or given.get(question.only_if_code) == question.only_if_value:
            given[question.code] = _answer(question, on=on)
    return given


@cache
def invented_answers() -> dict[str, list[str]]:
    """What can be answered, by the code of the question."""
    found: dict[str, list[str]] = {}
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["question"], []).append(row["answer"])
    return found


def _answer(question: KindQuestion, *, on: date) -> str:
    if question.answer == KindQuestion.Answer.CHOICE:
        return question.choices_nl.partition("=")[0]
    if question.answer == KindQuestion.Answer.DATE:
        return (on + timedelta(days=-60 if question.not_after else 120)).isoformat()
    if question.answer in (KindQuestion.Answer.YES_NO, KindQuestion.Answer.CONFIRM):
        return "yes"
    possible = invented_answers()[question.code]
    return possible[on.toordinal() % len(possible)]

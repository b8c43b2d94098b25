"""Answers of the applicant's side to a request: files one by one, and words that are kept until they are sent."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import Document
from casework.uploads.upload_checks import CheckedFile
from exemptions.intake import draft_files, drafts
from exemptions.models import Application, CompletionRequest, EvidenceItem, Status

if TYPE_CHECKING:
    from accounts.models import User

ANSWER = "supply"
"""The name under which a half-written answer is stored among the answers of the form."""


@transaction.atomic
def add_files(application: Application, item: EvidenceItem, files: Iterable[CheckedFile], *, by: "User") -> None:
    """Add files to an item. Raises TransitionNotAllowed if no answer is expected, `draft_files.TooManyFiles` or
    `NotKept`; then none of these files is kept."""
    lock_waiting(application)
    for checked in files:
        draft_files.add_file(item, checked, by=by)


@transaction.atomic
def remove_file(application: Application, document_pk: int) -> Document | None:
    """Remove a file that was added for this answer and not sent yet; None if there is no such file."""
    lock_waiting(application)
    document = find_unsent_files(application).filter(pk=document_pk).first()
    if document:
        draft_files.delete_document(document)
    return document


def find_unsent_files(application: Application) -> "models.QuerySet[Document]":
    """Files added since the latest request, not sent as its answer yet."""
    request = latest_request(application)
    evidence = application.dossier.documents.filter(kind=Document.Kind.EVIDENCE, removed_at=None)
    return evidence.filter(added_at__gte=request.sent_at, evidenceitem__application=application).distinct()


def unsent_by_item(application: Application) -> dict[int, list[Document]]:
    """The same files, by the primary key of their item."""
    by_item: dict[int, list[Document]] = {}
    for document in find_unsent_files(application).annotate(item=models.F("evidenceitem")).order_by("added_at", "pk"):
        by_item.setdefault(document.item, []).append(document)
    return by_item


def latest_request(application: Application) -> CompletionRequest:
    """The request to answer, even if its last day has passed; raises DoesNotExist if there was none."""
    return application.completion_requests.latest("round")


def lock_waiting(application: Application) -> None:
    """Lock an application that waits for an answer; raises TransitionNotAllowed if it no longer does."""
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if row.status != Status.WAITING:
        raise TransitionNotAllowed("no answer is awaited any more", object=row, method=Application.supply)


def keep_words(application: Application, text: str) -> None:
    """Store a half-written answer; an empty one removes it."""
    others = {name: kept for name, kept in application.answers.get(drafts.TYPED, {}).items() if name != ANSWER}
    text = text.replace("\0", "")  # JSON in the database cannot hold a NUL
    kept = {**others, **({ANSWER: {"answer": text, "on": timezone.localdate().isoformat()}} if text else {})}
    drafts.save_draft(application, answers={**application.answers, drafts.TYPED: kept})


def find_kept_words(application: Application) -> str:
    """The half-written answer; empty if there is none."""
    return str(drafts.read_typed_answers(application, ANSWER).get("answer", ""))

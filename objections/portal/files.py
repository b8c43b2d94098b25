"""Files of the objector's side: stored as soon as they arrive, handed in with the step that sends them.

Files of a draft belong to the draft. Files added after it was sent are loose in the dossier until a repair or a
hand-in of papers takes them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django_fsm import TransitionNotAllowed, can_proceed

from casework.models import CaseMessage, Document
from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile
from exemptions.intake import draft_files
from exemptions.intake.draft_files import NotKept, TooManyFiles
from objections.models import Committee, CourtPaper, Objection, ObjectionStatus
from objections.steps.statuses import DECIDED

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "NotKept",
    "TooManyFiles",
    "add_files",
    "advice_to_come",
    "court_papers",
    "not_sent",
    "remove_file",
    "find_unsent_files",
]

log = structlog.get_logger("loket.files")


def find_unsent_files(objection: Objection) -> QuerySet[Document]:
    """Files that were added and not sent yet."""
    if objection.is_draft:
        return Document.objects.filter(objections=objection, removed_at=None)
    return find_loose_files().filter(dossier=objection.dossier_id, removed_at=None).order_by("added_at", "pk")


def find_loose_files() -> QuerySet[Document]:
    """Files that the objector's side added after sending the objection, and that no repair or hand-in has taken yet."""
    added = Document.objects.filter(kind=Document.Kind.EVIDENCE, added_by__is_staff=False)
    free = added.filter(dossier__objections__isnull=False, objections=None, evidenceitem=None, letter=None)
    return free.exclude(pk__in=court_papers()).exclude(pk__in=CaseMessage.objects.all().files()).distinct()


def court_papers() -> "QuerySet[CourtPaper, int | None]":
    """Keys of the files exchanged with a court: the objector gets them from the court, and ours stay at the desk."""
    return CourtPaper.objects.exclude(document=None).values_list("document", flat=True)


def not_sent() -> "QuerySet[Document, int]":
    """Keys of the files that the objector's side has not sent: those of drafts, and loose ones for an answer."""
    of_drafts = Document.objects.filter(objections__status=ObjectionStatus.DRAFT).values("pk")
    return Document.objects.filter(Q(pk__in=of_drafts) | Q(pk__in=find_loose_files().values("pk"))).values_list(
        "pk", flat=True
    )


@transaction.atomic
def add_files(objection: Objection, files: Iterable[CheckedFile], *, step: str, by: "User") -> int:
    """Store checked files for a step yet to be taken, each once; returns how many are new.

    Raises TransitionNotAllowed if the step is no longer possible, TooManyFiles, or NotKept.
    """
    lock_objection(objection, step=step)
    present = find_unsent_files(objection)
    known = set(present.values_list("sha256", flat=True))
    if step == "add_papers":  # a second click sends files that were added already
        known |= set(objection.documents.filter(removed_at=None).values_list("sha256", flat=True))
    new = {checked.sha256: checked for checked in files if checked.sha256 not in known}
    if present.count() + len(new) > MAX_PER_ITEM:
        raise TooManyFiles
    for checked in new.values():
        store_file(objection, checked, by=by)
    return len(new)


def store_file(objection: Objection, checked: CheckedFile, *, by: "User") -> None:
    """Store one file, on the draft or loose in the dossier; raises NotKept."""
    document = Document(dossier_id=objection.dossier_id, kind=Document.Kind.EVIDENCE, added_by=by)
    try:
        document.fill(checked.content, name=checked.name, content_type=checked.content_type)
    except OSError as error:
        log.error("file_not_kept", error=type(error).__name__)
        raise NotKept from error
    document.save()
    if objection.is_draft:
        objection.documents.add(document)


@transaction.atomic
def remove_file(objection: Objection, number: str, *, step: str) -> Document | None:
    """Remove a file that was not sent; None if there is none with that number."""
    lock_objection(objection, step=step)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    document = find_unsent_files(objection).filter(pk=int(number)).first() if known else None
    if document:
        draft_files.delete_document(document)
    return document


def lock_objection(objection: Objection, *, step: str) -> None:
    """Lock an objection on which the step is possible; raises TransitionNotAllowed otherwise."""
    row = Objection.objects.select_for_update(no_key=True, of=("self",)).get(pk=objection.pk)
    if not can_proceed(getattr(row, step)):
        raise TransitionNotAllowed("not possible any more", object=row, method=getattr(Objection, step))


def papers_of_objections() -> "QuerySet[Document, int]":
    """Keys of the files that belong to objections, with the advice of committees and what came with messages."""
    advice = Committee.objects.exclude(advice=None).values("advice")
    sent = CaseMessage.objects.filter(case_type=Objection.CASE_TYPE).files()
    found = Document.objects.filter(
        Q(pk__in=Objection.objects.exclude(documents=None).values("documents")) | Q(pk__in=advice) | Q(pk__in=sent)
    )
    return found.values_list("pk", flat=True)


def advice_to_come() -> "QuerySet[Committee, int | None]":
    """Keys of committees' advice on undecided objections, which the objector gets only with the decision."""
    open_ones = Committee.objects.exclude(advice=None).exclude(objection__status__in=DECIDED)
    return open_ones.values_list("advice", flat=True)

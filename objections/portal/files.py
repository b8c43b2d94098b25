"""Files of the objector's side: kept as soon as they come, handed in with the step that sends them.

Those of a draft hang on the draft. Those that are added after it was sent lie in the dossier, and belong to nothing
until a repair or a hand-in of papers takes them.
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
    """What was added and not sent yet."""
    if objection.is_draft:
        return Document.objects.filter(objections=objection, removed_at=None)
    return find_loose_files().filter(dossier=objection.dossier_id, removed_at=None).order_by("added_at", "pk")


def find_loose_files() -> QuerySet[Document]:
    """What the objector's side added after the objection was sent, and no repair or hand-in has taken yet."""
    added = Document.objects.filter(kind=Document.Kind.EVIDENCE, added_by__is_staff=False)
    free = added.filter(dossier__objections__isnull=False, objections=None, evidenceitem=None, letter=None)
    return free.exclude(pk__in=court_papers()).exclude(pk__in=CaseMessage.objects.all().files()).distinct()


def court_papers() -> "QuerySet[CourtPaper, int | None]":
    """Keys of the files to and from a court: the objector has them from the court, the desk keeps ours inside."""
    return CourtPaper.objects.exclude(document=None).values_list("document", flat=True)


def not_sent() -> "QuerySet[Document, int]":
    """Keys of the files that the objector's side keeps ready: of drafts, and for an answer that is still to come."""
    of_drafts = Document.objects.filter(objections__status=ObjectionStatus.DRAFT).values("pk")
    return Document.objects.filter(Q(pk__in=of_drafts) | Q(pk__in=find_loose_files().values("pk"))).values_list(
        "pk", flat=True
    )


@transaction.atomic
def add_files(objection: Objection, files: Iterable[CheckedFile], *, step: str, by: "User") -> int:
    """Keep checked files for a step that is still to be taken, and tell how many are new; each is kept once.

    Raises TransitionNotAllowed if the step is no longer possible, TooManyFiles, or NotKept.
    """
    lock_objection(objection, step=step)
    present = find_unsent_files(objection)
    known = set(present.values_list("sha256", flat=True))
    if step == "add_papers":  # a second click sends what is in the file already
        known |= set(objection.documents.filter(removed_at=None).values_list("sha256", flat=True))
    new = {checked.sha256: checked for checked in files if checked.sha256 not in known}
    if present.count() + len(new) > MAX_PER_ITEM:
        raise TooManyFiles
    for checked in new.values():
        store_file(objection, checked, by=by)
    return len(new)


def store_file(objection: Objection, checked: CheckedFile, *, by: "User") -> None:
    """One file, on the draft or loose in the dossier."""
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
    """Take out a file that was not sent; None if there is none of that number."""
    lock_objection(objection, step=step)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    document = find_unsent_files(objection).filter(pk=int(number)).first() if known else None
    if document:
        draft_files.delete_document(document)
    return document


def lock_objection(objection: Objection, *, step: str) -> None:
    """Lock it while the step is possible."""
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
    """Keys of the advice of committees on what is not decided yet: the objector gets it with the decision."""
    open_ones = Committee.objects.exclude(advice=None).exclude(objection__status__in=DECIDED)
    return open_ones.values_list("advice", flat=True)

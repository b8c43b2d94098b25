"""The files of a draft: adding them to an item of the checklist or to none yet, moving them, and removing them."""

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.limits import MEGABYTE
from casework.models import Document
from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile
from exemptions.models import Application, EvidenceItem

log = structlog.get_logger("loket.files")


class TooManyFiles(Exception):
    """The item has the maximum number of files."""


class NoRoom(Exception):
    """The account's unsent applications have the maximum size."""


class NotKept(Exception):
    """The storage is full or unavailable."""


def add_file(item: EvidenceItem, checked: CheckedFile, *, by: User) -> Document:
    """Store a checked file for an item of the checklist; a duplicate is stored once.

    Raises TooManyFiles, NoRoom or NotKept.
    """
    if item.application.is_draft and unsent_bytes(by) + len(checked.content) > most_megabytes() * MEGABYTE:
        raise NoRoom
    return keep_file(item, checked, by=by)


def unsent_bytes(by: User) -> int:
    """The size of an account's files in unsent applications, in bytes."""
    drafts = Application.objects.drafts().values("dossier_id")
    own = Document.objects.filter(added_by=by, removed_at=None, dossier_id__in=drafts)
    return own.aggregate(total=Sum("size"))["total"] or 0


def most_megabytes() -> int:
    """The maximum of that size, in megabytes."""
    return CurrentPolicy.on(clock.today()).number("draft_megabytes_max")


def explain_no_room() -> str:
    """The message for a file that exceeds the maximum, with what to do about it."""
    return _(
        "This file was not added: your unsent applications can contain %(most)s MB of files in total."
        " Send or discard one of them, or remove files that you do not need."
    ) % {"most": number_format(most_megabytes(), force_grouping=True)}


@transaction.atomic
def keep_file(item: EvidenceItem, checked: CheckedFile, *, by: User) -> Document:
    """Store a file without that maximum: for a list of vehicles, whose applications are sent at once."""
    EvidenceItem.objects.select_for_update(no_key=True).get(pk=item.pk)  # two simultaneous clicks wait for each other
    present = item.documents.filter(removed_at=None)
    duplicate: Document | None = present.filter(sha256=checked.sha256).first()
    if duplicate:
        return duplicate
    if present.count() >= MAX_PER_ITEM:
        raise TooManyFiles
    document = store_file(item.application, checked, by=by)
    item.documents.add(document)
    touch_draft(item.application)
    return document


@transaction.atomic
def add_unsorted(draft: Application, checked: CheckedFile, *, by: User) -> Document:
    """Store a checked file that belongs to no item yet. Raises TooManyFiles, NoRoom or NotKept."""
    if unsent_bytes(by) + len(checked.content) > most_megabytes() * MEGABYTE:
        raise NoRoom
    lock_draft(draft)
    duplicate: Document | None = draft.unsorted_files.filter(sha256=checked.sha256).first()
    if duplicate:
        return duplicate
    if draft.unsorted_files.count() >= MAX_PER_ITEM:
        raise TooManyFiles
    document = store_file(draft, checked, by=by)
    touch_draft(draft)
    return document


def store_file(draft: Application, checked: CheckedFile, *, by: User) -> Document:
    """Store a checked file as a document of the draft. Raises NotKept."""
    document = Document(dossier_id=draft.dossier_id, kind=Document.Kind.EVIDENCE, added_by=by)
    try:
        document.fill(checked.content, name=checked.name, content_type=checked.content_type)
    except OSError as error:
        log.error("file_not_kept", error=type(error).__name__)
        raise NotKept from error
    document.save()
    return document


def lock_draft(draft: Application) -> bool:
    """Keep others from sorting or sending until the end of the transaction; returns whether it is still a draft."""
    row: Application = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    return row.is_draft


def find_files(draft: Application) -> QuerySet[Document]:
    """The evidence of a draft, sorted or not, including files taken over from an earlier case."""
    mine = Q(evidenceitem__application=draft) | Q(dossier=draft.dossier_id, evidenceitem=None)
    return Document.objects.filter(mine, kind=Document.Kind.EVIDENCE, removed_at=None).distinct()


@transaction.atomic
def move_file(draft: Application, document: Document, item: EvidenceItem) -> bool:
    """Move a file to another item; False if the draft was sent or the file removed meanwhile. Raises TooManyFiles."""
    if not lock_draft(draft) or not find_files(draft).filter(pk=document.pk).exists():
        return False
    there = item.documents.filter(removed_at=None).exclude(pk=document.pk)
    if there.count() >= MAX_PER_ITEM:
        raise TooManyFiles
    for other in draft.evidence_items.filter(documents=document).exclude(pk=item.pk):
        other.documents.remove(document)
    if there.filter(sha256=document.sha256).exists():
        release_document(document, draft=draft)
    else:
        item.documents.add(document)
    touch_draft(draft)
    return True


@transaction.atomic
def remove_file(draft: Application, document_pk: int) -> Document | None:
    """Remove a file from a draft; None if it was already gone. A file taken over from a case stays in that case."""
    here = Document.objects.filter(pk=document_pk, kind=Document.Kind.EVIDENCE)
    document = here.filter(evidenceitem__application=draft).first() or here.filter(dossier=draft.dossier).first()
    if document:
        release_document(document, draft=draft)
        touch_draft(draft)
    return document


def remove_item(item: EvidenceItem) -> None:
    """Remove an item that the kind no longer asks for, with its files."""
    for document in item.documents.all():
        release_document(document, draft=item.application)
    item.delete()


def release_document(document: Document, *, draft: Application) -> None:
    """Delete the draft's own file, or take one of an earlier case off the checklist."""
    if document.dossier_id == draft.dossier_id:
        delete_document(document)
    else:
        for item in draft.evidence_items.filter(documents=document):
            item.documents.remove(document)


def delete_document(document: Document) -> None:
    """Delete the row, and the file once the transaction is committed."""
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


def touch_draft(draft: Application) -> None:
    """Record that something changed just now, which extends the time for which the draft is kept."""
    draft.changed_at = clock.now()
    draft.save(update_fields=["changed_at"])

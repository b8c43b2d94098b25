"""Which files belong to an application, and which of them each side sees."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from casework.models import Document
from casework.wiring import wired
from exemptions.models import Application

Keys = Callable[[], "QuerySet[Any, Any]"]


def find_case_files(application: Application) -> QuerySet[Document]:
    """The files of a case: in its dossier, or taken over by its checklist from the case it was converted from."""
    here = Q(dossier=application.dossier) | Q(evidenceitem__application=application)
    return Document.objects.filter(here, removed_at=None).distinct()


def find_desk_files(application: Application) -> QuerySet[Document]:
    """The files that the desk sees: everything that was sent."""
    return exclude_files(find_case_files(application), wired("FILES_NOT_SENT"))


def for_applicant(application: Application) -> QuerySet[Document]:
    """The files that the applicant's side sees: all but internal ones of the desk."""
    return exclude_files(find_case_files(application), wired("FILES_INSIDE"))


def exclude_files(documents: QuerySet[Document], kept_back: Sequence[Keys]) -> QuerySet[Document]:
    """Leave out documents with these keys."""
    for keys in kept_back:
        documents = documents.exclude(pk__in=keys())
    return documents


def exclude_internal(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Leave out internal files of the desk."""
    return exclude_files(documents, wired("FILES_INSIDE"))

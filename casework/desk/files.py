"""Files of a case at the desk: shown beside it where that is safe, handed over for saving otherwise."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from casework import file_responses
from casework.desk.steps import CaseDesk
from casework.models import Document, Letter
from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Keys = Callable[[], "QuerySet[Any, Any]"]
"""The files of a dossier that are those of one sort of case."""


def claims() -> Mapping[str, Keys]:
    """By sort of case."""
    found: Mapping[str, Keys] = wired("CASE_FILES")
    return found


def unclaimed(documents: QuerySet[Document], *, by: tuple[str, ...] | None = None) -> QuerySet[Document]:
    """Without the files of other sorts of case, or of those named: who sees one sort does not see every sort."""
    for case_type in claims() if by is None else by:
        documents = documents.exclude(pk__in=claims()[case_type]())
    if by is None:  # a letter is a file too
        documents = documents.exclude(letter__case_type__in=list(claims()))
    return documents


def unclaimed_letters(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters without those of other sorts of case: the same rule as for files."""
    return letters.exclude(case_type__in=list(claims()))


def document(case: Any, pk: int, *, desk: CaseDesk[Any], user: "User") -> FileResponse:
    """One file of the case; raises PermissionDenied for a role without files, Http404 where there is none."""
    refuse_without_files(user)
    return file_responses.as_response(get_object_or_404(desk.documents(case), pk=pk))


def letter(case: Any, pk: int, *, desk: CaseDesk[Any], user: "User") -> FileResponse:
    """A letter of the case as PDF."""
    refuse_without_files(user)
    return file_responses.letter_as_response(get_object_or_404(desk.letters(case).select_related("pdf"), pk=pk))


def refuse_without_files(user: "User") -> None:
    """Seeing a case is not yet seeing its files."""
    if not user.has_perm("casework.view_document"):
        raise PermissionDenied("no files for this role")


def may_see_files(request: HttpRequest) -> bool:
    """Whether the page shows links to files."""
    return bool(request.user.has_perm("casework.view_document"))

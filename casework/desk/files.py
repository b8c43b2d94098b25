"""Files of a case at the desk: shown next to it if that is safe, otherwise offered as a download."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from casework import file_responses, shared_steps
from casework.desk.steps import CaseDesk
from casework.models import Document, Letter
from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Keys = Callable[[], "QuerySet[Any, Any]"]
"""The files of a dossier that belong to one case type."""


def find_file_claims() -> Mapping[str, Keys]:
    """By type of case."""
    found: Mapping[str, Keys] = wired("CASE_FILES")
    return found


def exclude_claimed(documents: QuerySet[Document], *, by: tuple[str, ...] | None = None) -> QuerySet[Document]:
    """Without the files of other case types, or of those named: those who see one type do not see every type."""
    for case_type in find_file_claims() if by is None else by:
        documents = documents.exclude(pk__in=find_file_claims()[case_type]())
    if by is None:  # a letter is a file too
        documents = documents.exclude(letter__case_type__in=list(find_file_claims()))
    return documents


def unclaimed_letters(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters without those of other case types: the same rule as for files."""
    return letters.exclude(case_type__in=list(find_file_claims()))


def serve_document(case: Any, pk: int, *, desk: CaseDesk[Any], user: "User") -> FileResponse:
    """One file of the case; raises PermissionDenied for a role without files, Http404 if there is none."""
    refuse_without_files(user)
    if desk.is_withheld(case, user):
        raise PermissionDenied("the files of this case are not for this user")
    return file_responses.as_response(get_object_or_404(desk.documents(case), pk=pk))


def serve_letter(case: Any, pk: int, *, desk: CaseDesk[Any], user: "User") -> FileResponse:
    """A letter of the case as PDF; one that waits to be posted as it is if that is done today."""
    refuse_without_files(user)
    letter = get_object_or_404(desk.letters(case).select_related("pdf"), pk=pk)
    if letter.made_known_on is None:
        letter = shared_steps.rehearse_posting(case, letter, by=user)
    return file_responses.letter_as_response(letter)


def refuse_without_files(user: "User") -> None:
    """Seeing a case is not yet seeing its files."""
    if not user.has_perm("casework.view_document"):
        raise PermissionDenied("no files for this role")


def may_see_files(request: HttpRequest) -> bool:
    """Whether the page shows links to files."""
    return bool(request.user.has_perm("casework.view_document"))

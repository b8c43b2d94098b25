"""Files of a case at the desk: shown beside it where that is safe, handed over for saving otherwise."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from casework import file_responses
from casework.desk.steps import CaseDesk

if TYPE_CHECKING:
    from accounts.models import User


def document(case: Any, pk: int, *, desk: CaseDesk[Any], user: "User") -> FileResponse:
    """One file of the case; raises PermissionDenied for a role without files, Http404 where there is none."""
    refuse_without_files(user)
    return file_responses.as_response(get_object_or_404(desk.documents(case), pk=pk))


def letter(case: Any, pk: int, *, user: "User") -> FileResponse:
    """A letter as PDF."""
    refuse_without_files(user)
    return file_responses.letter_as_response(get_object_or_404(case.dossier.letters.select_related("pdf"), pk=pk))


def refuse_without_files(user: "User") -> None:
    """Seeing a case is not yet seeing its files."""
    if not user.has_perm("casework.view_document"):
        raise PermissionDenied("no files for this role")


def may_see_files(request: HttpRequest) -> bool:
    """Whether the page shows links to files."""
    return bool(request.user.has_perm("casework.view_document"))

"""Files of a case at the desk: shown beside it where that is safe, handed over for saving otherwise."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from exemptions import files
from exemptions.models import Application

if TYPE_CHECKING:
    from accounts.models import User


def document(application: Application, pk: int, *, user: "User") -> FileResponse:
    """One file of the case; raises PermissionDenied for a role without files, Http404 where there is none."""
    refuse_without_files(user)
    return files.as_response(get_object_or_404(files.of(application), pk=pk))


def letter(application: Application, pk: int, *, user: "User") -> FileResponse:
    """A letter as PDF."""
    refuse_without_files(user)
    return files.letter_as_response(get_object_or_404(application.dossier.letters.select_related("pdf"), pk=pk))


def refuse_without_files(user: "User") -> None:
    """Seeing a case is not yet seeing its files."""
    if not user.has_perm("casework.view_document"):
        raise PermissionDenied("no files for this role")


def may_see_files(request: HttpRequest) -> bool:
    """Whether the page shows links to files."""
    return bool(request.user.has_perm("casework.view_document"))

"""Files of a case: shown beside it where that is safe, handed over for saving otherwise."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from casework import letters
from casework.models import Document
from exemptions.models import Application

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    **dict.fromkeys(
        ("image/png", "image/jpeg", "image/gif", "image/webp"),
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
    ),
}
"""What the browser may show, under a policy that lets it run nothing. A sandboxed PDF would not be shown at all."""
SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'"


def document(application: Application, pk: int, *, user: "User") -> FileResponse:
    """One file of the dossier; raises PermissionDenied for a role without files, Http404 where there is none."""
    refuse_without_files(user)
    found = get_object_or_404(application.dossier.documents.filter(removed_at=None), pk=pk)
    return as_response(found)


def letter(application: Application, pk: int, *, user: "User") -> FileResponse:
    """A letter as PDF: the stored one, or made now where the worker has not come to it yet."""
    refuse_without_files(user)
    found = get_object_or_404(application.dossier.letters.select_related("pdf"), pk=pk)
    if found.pdf is not None:
        return as_response(found.pdf)
    made = BytesIO(letters.pdf(found))
    return guarded(
        FileResponse(made, filename=f"{found.subject}.pdf", content_type="application/pdf"), "application/pdf"
    )


def refuse_without_files(user: "User") -> None:
    """Seeing a case is not yet seeing its files."""
    if not user.has_perm("casework.view_document"):
        raise PermissionDenied("no files for this role")


def as_response(found: Document) -> FileResponse:
    """The content under its checked type, never under its name."""
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=found.content_type not in SHOWN,
        filename=found.name,
        content_type=found.content_type,
    )
    return guarded(response, found.content_type)


def guarded(response: FileResponse, content_type: str) -> FileResponse:
    """Headers that keep a hostile file from doing anything, and the file out of caches."""
    response["Content-Security-Policy"] = SHOWN.get(content_type, SAVED)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def may_see_files(request: HttpRequest) -> bool:
    """Whether the page shows links to files."""
    return bool(request.user.has_perm("casework.view_document"))

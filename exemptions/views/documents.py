"""Files of one's own applications."""

from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.resume import keep_typed
from casework.models import Document
from exemptions import files
from exemptions.models import Application
from exemptions.views.mine import own


@require_safe
@keep_typed
def document(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """One file of an application, for who may see it; a file that was removed is gone."""
    return serve(own(request, key), pk)


def serve(application: Application, pk: int) -> FileResponse:
    """A file of the dossier, or one that the checklist took over from an earlier application."""
    here = Q(dossier=application.dossier) | Q(evidenceitem__application=application)
    return files.as_response(get_object_or_404(Document.objects.filter(here, removed_at=None).distinct(), pk=pk))

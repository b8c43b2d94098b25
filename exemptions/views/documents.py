"""Files of one's own applications."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.form_recovery import keep_typed
from casework import file_responses
from exemptions import files
from exemptions.views.mine import own


@require_safe
@keep_typed
def document(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """One file of an application, for who may see it; a file that was removed is gone."""
    return file_responses.as_response(get_object_or_404(files.for_applicant(own(request, key)), pk=pk))

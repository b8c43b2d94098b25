"""Files of one's own applications."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.form_recovery import keep_typed
from casework import file_responses
from exemptions import files
from exemptions.views.mine import get_own_application


@require_safe
@keep_typed
def show_document(request: HttpRequest, key: UUID, pk: int) -> HttpResponseBase:
    """One file of an application, for those who may see it; a removed file is gone."""
    return file_responses.as_response(get_object_or_404(files.for_applicant(get_own_application(request, key)), pk=pk))

"""Choosing for which client the user's own pages are shown, and undoing that choice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.form_recovery import keep_typed
from exemptions.portal import client_choice

PAGES = ("my_applications", "my_exemptions", "fleet", "my_calendar", "my_letters", "my_documents", "my_messages")
"""The pages that the choice applies to, and to which it leads back."""


@never_cache
@require_POST
@keep_typed
def choose_client(request: HttpRequest) -> HttpResponse:
    """Choose one of those for whom the user acts, and go back to the page; 404 for anybody else."""
    wanted = "" if "leave" in request.POST else request.POST.get("client", "")
    if not client_choice.choose_applicant(request, wanted):
        raise Http404("not an applicant of this user")
    page = request.POST.get("page", "")
    return redirect(page if page in PAGES else PAGES[0])

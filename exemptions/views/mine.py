"""My applications, and one of them."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from exemptions.models import Application


@login_required
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """One application: where it stands, what happens next and by when."""
    found = get_object_or_404(Application.objects.of_applicant(request.user).for_list(), key=key)
    return render(request, "portal/application.html", {"application": found})

"""One objection of those for whom the user acts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def objection(request: HttpRequest, key: UUID) -> HttpResponse:
    """One objection: where it stands, and what happens next."""
    return render(request, "portal/objection.html", {"key": key})

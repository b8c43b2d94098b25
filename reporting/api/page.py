"""The page that explains the open data to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.api import public, resources
from reporting.api.disclosure import SMALLEST


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What is public, where it is, and what is hidden."""
    opened, until = resources.window()
    found = public.figures().values()
    context = {
        "opened": opened,
        "until": until,
        "smallest": SMALLEST,
        "national": [one for one in found if one.id in public.NATIONAL],
        "municipal": [one for one in found if one.id in public.PER_MUNICIPALITY],
    }
    return render(request, "reporting/open_data.html", context)

"""The page that explains the open data to people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.api import resources
from reporting.figures import PUBLIC
from reporting.figures.disclosure import SMALLEST


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What is public, where it is, and what is hidden."""
    opened, until = resources.window()
    context = {
        "opened": opened,
        "until": until,
        "smallest": SMALLEST,
        "national": [one for one in PUBLIC.values() if one.is_national],
        "municipal": [one for one in PUBLIC.values() if one.is_municipal],
    }
    return render(request, "reporting/open_data.html", context)

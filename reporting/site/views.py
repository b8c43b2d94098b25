"""The pages on which the editors hand in a month of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reporting.deliveries.access import only_for
from reporting.deliveries.columns import format_value
from reporting.deliveries.overview import Cell, State, cells_of
from reporting.deliveries.views import month_page
from reporting.site.columns import NUMBERS
from reporting.site.kind import DELIVER, SITE_MONTHS

for_editors = only_for(DELIVER)


@for_editors
@require_safe
def show_months(request: HttpRequest) -> HttpResponse:
    """Every month, newest first: what was handed in, by whom, and what is missing."""
    cells = cells_of(SITE_MONTHS, [None], today=timezone.localdate())[None]
    context = {
        "rows": [(cell, list_numbers(cell)) for cell in cells],
        "columns": [column.label for column in NUMBERS],
        "missing": sum(cell.state == State.MISSING for cell in cells),
    }
    return render(request, "reporting/site/months.html", context)


def list_numbers(cell: Cell[None]) -> list[tuple[str, str]]:
    """The labels and numbers as the list shows them, including 'not handed in'."""
    return [(str(column.label), format_value(cell.values[column.name])) for column in NUMBERS]


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit_month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The form of a month, next to the month before, with everything handed in below it."""
    return month_page(request, SITE_MONTHS, None, year, number)

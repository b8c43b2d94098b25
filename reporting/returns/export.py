"""The returns of municipalities as a file: a line per municipality and month, including those without a return."""

import re
from typing import TYPE_CHECKING

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, link_to, map_rows
from reporting.deliveries.overview import Cell, cells_of
from reporting.returns.columns import FIELDS
from reporting.returns.jurisdiction import DELIVER, find_own_municipalities
from reporting.returns.kind import RETURNS
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User

YEAR = re.compile(r"20[0-9]{2}")


def find_listed_cells(user: "User", filters: QueryDict) -> list[Cell[Municipality]]:
    """The months that the page shows to this user, of one year or municipality if so filtered. Raises Http404."""
    year, code = filters.get("year", ""), filters.get("municipality", "")
    if not user.has_perm(DELIVER) or (year and not YEAR.fullmatch(year)):
        raise Http404("hands in nothing, or no year")
    own = find_own_municipalities(user)
    if code:
        own = own.filter(pk=get_object_or_404(own, cbs_code=code).pk)
    cells = cells_of(RETURNS, own, today=timezone.localdate())
    return [cell for found in cells.values() for cell in reversed(found) if year in ("", str(cell.month.year))]


def build_cell_line(cell: Cell[Municipality]) -> list[object]:
    """The cells of the last delivery; a number that was not handed in stays empty, because that is not zero."""
    values = cell.values
    return [
        cell.subject.cbs_code,
        cell.subject,
        f"{cell.month:%Y-%m}",
        cell.state.label,
        *(values[column.name] for column in FIELDS),
        *cell.stamp,
    ]


def describe_choice(filters: QueryDict) -> str:
    """The filters on municipality and year in words, for the file."""
    return ", ".join(value for name in ("municipality", "year") if (value := filters.get(name, "")))


def build_page_url(filters: QueryDict) -> str:
    """The overview of the year, or the months of one municipality."""
    if code := filters.get("municipality"):
        return reverse("returns_of", args=[code])
    return link_to("returns")(filters)


LISTING = Listing(
    name="returns",
    title=_("Returns of municipalities"),
    columns=(
        _("Municipality code"),
        _("Municipality"),
        _("Month"),
        _("State"),
        *(column.label for column in FIELDS),
        _("Version"),
        _("Handed in"),
        _("Handed in by"),
    ),
    rows=find_listed_cells,
    lines=map_rows(build_cell_line),
    page=build_page_url,
    filters=("year", "municipality"),
    chosen=describe_choice,
)

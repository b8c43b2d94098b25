"""The months of the information site as a file: a line per month, including those without a delivery."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, link_to, map_rows
from reporting.deliveries.overview import Cell, cells_of
from reporting.site.columns import NAMES, NUMBERS, TOPICS
from reporting.site.kind import DELIVER, SITE_MONTHS

if TYPE_CHECKING:
    from accounts.models import User


def find_listed_months(user: "User", _filters: QueryDict) -> list[Cell[None]]:
    """Every month, newest first, as its page has them."""
    if not user.has_perm(DELIVER):
        raise PermissionDenied("hands in nothing about the site")
    return cells_of(SITE_MONTHS, [None], today=timezone.localdate())[None]


def build_month_line(cell: Cell[None]) -> list[object]:
    """The cells of the last delivery; a number that was not handed in stays empty, because that is not zero."""
    values = cell.values
    return [
        f"{cell.month:%Y-%m}",
        cell.state.label,
        *(values[name] for name in NAMES),
        len(values[TOPICS]) or None,
        cell.due_on,
        *cell.stamp,
    ]


LISTING = Listing(
    name="site_months",
    title=_("Months of the information site"),
    columns=(
        _("Month"),
        _("State"),
        *(column.label for column in NUMBERS),
        _("Emails by topic: number of rows"),
        _("Due on"),
        _("Version"),
        _("Handed in"),
        _("Handed in by"),
    ),
    rows=find_listed_months,
    lines=map_rows(build_month_line),
    page=link_to("site_months"),
    note="",
)

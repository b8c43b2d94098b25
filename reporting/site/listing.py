"""The months of the information site as a file: a line for each month, also where nothing came in."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, each
from reporting.site import overview
from reporting.site.columns import FIELDS, NAMES
from reporting.site.deliver import DELIVER
from reporting.site.overview import MonthRow

if TYPE_CHECKING:
    from accounts.models import User


def months(user: "User", _filters: QueryDict) -> list[MonthRow]:
    """Every month, newest first, as its page has them."""
    if not user.has_perm(DELIVER):
        raise PermissionDenied("hands in nothing about the site")
    return overview.rows(today=timezone.localdate())


def line(row: MonthRow) -> list[object]:
    """What was handed in last; a number that was not stays empty, for it is not zero."""
    newest = row.newest
    return [
        f"{row.month:%Y-%m}",
        row.state.label,
        *(getattr(newest, name) if newest else None for name in NAMES),
        len(newest.topics.all()) or None if newest else None,
        row.due_on,
        newest.number if newest else None,
        newest.delivered_at if newest else None,
        newest.delivered_by if newest else None,
    ]


LISTING = Listing(
    name="site_months",
    title=_("Months of the information site"),
    columns=(
        _("Month"),
        _("State"),
        *(column.label for column in FIELDS),
        _("Emails by topic: number of rows"),
        _("Due on"),
        _("Version"),
        _("Handed in"),
        _("Handed in by"),
    ),
    rows=months,
    lines=each(line),
    page=lambda _filters: reverse("site_months"),
    note="",
)

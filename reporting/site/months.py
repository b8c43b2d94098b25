"""Which months of the site there are: from the first that anybody counted, up to the last whole one."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exemptions.terms import months_later
from reporting.deliveries.calendar import get_month_before
from reporting.models import SiteMonth
from reporting.models.deliveries import month_of
from zones.models import Zone

EARLY = 12
"""People already asked questions this many months before the first zone began; earlier can only be a mistake."""


def zones_began(*, today: date) -> date:
    """The month in which the first zone began; the last whole one where there is none."""
    starts: date | None = Zone.objects.aggregate(first=Min("starts_on"))["first"]
    return min(month_of(starts), get_month_before(today)) if starts else get_month_before(today)


def list_expected_months(_sites: Iterable[None], today: date) -> dict[None, list[date]]:
    """Every month that should be there, newest first, of the one site."""
    handed: date | None = SiteMonth.objects.filter(versions__number=1).aggregate(first=Min("month"))["first"]
    began = zones_began(today=today)
    return {None: list(iterate_months_down(get_month_before(today), min(began, handed or began)))}


def iterate_months_down(month: date, last: date) -> Iterator[date]:
    """Months, from a later to an earlier one."""
    while month >= last:
        yield month
        month = get_month_before(month)


def find_earliest_month(*, today: date) -> date:
    """The first month that can be handed in."""
    return months_later(zones_began(today=today), -EARLY)


def explain_refusal(_site: None, month: date, today: date) -> str:
    """Why a month cannot be handed in; empty if it can."""
    name = date_format(month, "F Y")
    if month.day != 1:
        return _("%(day)s is a day, not a month. Type the month as 2025-06.") % {"day": date_format(month)}
    if month > get_month_before(today):
        return _("%(month)s is not over yet. Hand it in when the month is over.") % {"month": name}
    first = find_earliest_month(today=today)
    if month < first:
        return _("%(month)s is too long ago: we count from %(first)s. Check whether the year is right.") % {
            "month": name,
            "first": date_format(first, "F Y"),
        }
    return ""

"""Which months a municipality hands in: those in which it had a zone, up to the last whole month."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reporting.deliveries.calendar import get_month_before
from reporting.models.deliveries import month_of
from reporting.period import EARLIEST, ONE_DAY, months_touched
from zones.models import Municipality, Zone


def with_a_zone(first: date, last: date) -> dict[int, list[date]]:
    """The months of a period in which each municipality had a zone for at least a day, by its primary key."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = Zone.objects.values_list("municipality", "starts_on", "valid_from", "valid_until")
    for key, starts, holds_from, holds_until in rows:
        begins = max(first, starts, holds_from)
        ends = min(last, holds_until - ONE_DAY) if holds_until else last
        if begins <= ends:
            found[key].update(months_touched(begins, ends))
    return {key: sorted(months) for key, months in found.items()}


def find_months(municipalities: Iterable[Municipality], today: date) -> dict[Municipality, list[date]]:
    """The months about which each municipality hands in, newest first; none without a zone."""
    found = with_a_zone(EARLIEST, month_of(today) - ONE_DAY)
    return {municipality: found.get(municipality.pk, [])[::-1] for municipality in municipalities}


def refused_for(municipality: Municipality, month: date, today: date) -> str:
    """Why a month of a municipality cannot be handed in; empty if it can."""
    return explain_refusal(month, find_months([municipality], today)[municipality], today=today)


def explain_refusal(month: date, allowed: list[date], *, today: date) -> str:
    """Why a month cannot be handed in; empty if it can."""
    name = date_format(month, "F Y")
    if month in allowed:
        return ""
    if month > get_month_before(today):
        return _("%(month)s is not over yet. Hand it in when the month is over.") % {"month": name}
    if not allowed:
        return _("This municipality has no zone yet.")
    if month < allowed[-1]:
        return _("%(month)s was before the zone began in %(first)s. Take this row out.") % {
            "month": name,
            "first": date_format(allowed[-1], "F Y"),
        }
    return _("In %(month)s there was no zone any more. Take this row out.") % {"month": name}

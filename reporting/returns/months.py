"""Which months a municipality hands in: from the month in which its first zone began, up to the last whole month."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reporting.models.returns import month_of
from zones.models import Municipality, Zone


def of_each(municipalities: Iterable[Municipality], *, today: date) -> dict[int, list[date]]:
    """The months of each municipality, newest first, by its key. Without a zone there are none."""
    found = {municipality.pk: list[date]() for municipality in municipalities}
    by_municipality = defaultdict(list)
    newest = Zone.objects.filter(municipality__in=found).order_by("municipality_id", "name", "-valid_from")
    for zone in newest.distinct("municipality_id", "name"):
        by_municipality[zone.municipality_id].append(zone)
    for key, zones in by_municipality.items():
        found[key] = list(_between(min(zone.starts_on for zone in zones), last_month(zones, today=today)))
    return found


def last_month(zones: list[Zone], *, today: date) -> date:
    """The last month that is over; or the one in which the last zone ended."""
    over = before(today)
    ends = [zone.valid_until for zone in zones]
    if any(end is None for end in ends):
        return over
    return min(over, month_of(max(end for end in ends if end is not None) - timedelta(days=1)))


def of(municipality: Municipality, *, today: date) -> list[date]:
    """The months of one municipality, newest first."""
    return of_each([municipality], today=today)[municipality.pk]


def _between(start: date, last: date) -> Iterator[date]:
    month = last
    while month >= month_of(start):
        yield month
        month = before(month)


def before(day: date) -> date:
    """The month before that of a day."""
    return month_of(month_of(day) - timedelta(days=1))


def after(month: date) -> date:
    """The month after a month."""
    return month_of(month + timedelta(days=31))


def due_on(month: date, *, day: int) -> date:
    """Until which day the return of a month may come in without being late: a day of the next month."""
    following = after(month)
    return following.replace(day=min(max(day, 1), monthrange(following.year, following.month)[1]))


def refused(month: date, allowed: list[date], *, today: date) -> str:
    """Why a month cannot be handed in; empty where it can."""
    name = date_format(month, "F Y")
    if month in allowed:
        return ""
    if month > before(today):
        return _("%(month)s is not over yet. Hand it in when the month is over.") % {"month": name}
    if not allowed:
        return _("This municipality has no zone yet.")
    if month < allowed[-1]:
        return _("%(month)s was before the zone began in %(first)s. Take this row out.") % {
            "month": name,
            "first": date_format(allowed[-1], "F Y"),
        }
    return _("In %(month)s there was no zone any more. Take this row out.") % {"month": name}

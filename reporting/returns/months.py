"""Which months a municipality hands in: those in which it had a zone, up to the last whole month."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reporting.models.returns import month_of
from reporting.period import EARLIEST, ONE_DAY, months_touched
from zones.models import Municipality, Zone


def with_a_zone(first: date, last: date) -> dict[int, list[date]]:
    """The months of each municipality that had a zone in a period, by its key: those with a day on which it had one."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = Zone.objects.values_list("municipality", "starts_on", "valid_from", "valid_until")
    for key, starts, holds_from, holds_until in rows:
        begins = max(first, starts, holds_from)
        ends = min(last, holds_until - ONE_DAY) if holds_until else last
        if begins <= ends:
            found[key].update(months_touched(begins, ends))
    return {key: sorted(months) for key, months in found.items()}


def of_each(municipalities: Iterable[Municipality], *, today: date) -> dict[int, list[date]]:
    """The months of each municipality, newest first, by its key. Without a zone there are none."""
    found = with_a_zone(EARLIEST, month_of(today) - ONE_DAY)
    return {municipality.pk: found.get(municipality.pk, [])[::-1] for municipality in municipalities}


def of(municipality: Municipality, *, today: date) -> list[date]:
    """The months of one municipality, newest first."""
    return of_each([municipality], today=today)[municipality.pk]


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

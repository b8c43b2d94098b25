"""What one must know to compare one municipality's numbers with another's; published wherever the numbers are."""

from collections.abc import Iterable

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.models import ReturnVersion


def find_newest_remarks(versions: Iterable[ReturnVersion]) -> dict[str, str]:
    """The newest remark per subject, in the active language; a subject never remarked on is missing."""
    found: dict[str, str] = {}
    for version in sorted(versions, key=lambda one: one.monthly_return.month):
        found |= {name: words for name, words in _of_one(version).items() if words}
    return found


def describe_remarks(versions: Iterable[ReturnVersion]) -> str:
    """The newest remarks on one line."""
    return "; ".join(find_newest_remarks(versions).values())


def _of_one(version: ReturnVersion) -> dict[str, str]:
    days, until = version.interval_days, version.warning_until
    return {
        "size": _("zone of %(size)s km²") % {"size": number_format(version.zone_km2, decimal_pos=2)}
        if version.zone_km2 is not None
        else "",
        "interval": ngettext(
            "%(days)s day between two letters or fines for a vehicle",
            "%(days)s days between two letters or fines for a vehicle",
            days,
        )
        % {"days": days}
        if days is not None
        else "",
        "warning": _("warnings until %(day)s") % {"day": date_format(until)} if until else "",
        "context": version.context.strip().rstrip("."),
    }

"""Hands in a month of the site from a program, such as the mailbox or the demo."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from reporting.deliveries import deliver as deliveries
from reporting.models import SiteMonthVersion
from reporting.site.columns import CONTEXT, NAMES, SOURCE, TOPICS
from reporting.site.kind import SITE_MONTHS
from reporting.site.topics import Topics

if TYPE_CHECKING:
    from accounts.models import User


def deliver_site_month(
    *,
    month: date,
    numbers: Mapping[str, int | None],
    topics: Topics,
    source: str,
    context: str = "",
    by: "User | None",
    expected: int | None = None,
    at: datetime | None = None,
) -> SiteMonthVersion | None:
    """Keep a delivery, as `reporting.deliveries.deliver` does.

    `numbers`: visitors, pages, conversations and mails; one that is missing counts as not handed in. `topics`: mails by
    topic and tone. `context`: what one should know to compare, or why this is a correction.
    """
    refuse_unknown(numbers)
    values = {
        **{name: numbers.get(name) for name in NAMES},
        SOURCE.name: source.strip(),
        CONTEXT.name: context.strip(),
        TOPICS: dict(topics),
    }
    return deliveries.keep_delivery(SITE_MONTHS, None, month, values=values, by=by, expected=expected, at=at)


def refuse_unknown(numbers: Mapping[str, int | None]) -> None:
    """Raise TypeError for an unknown number, which would otherwise be lost silently."""
    unknown = set(numbers) - set(NAMES)
    if unknown:
        raise TypeError(f"no numbers of the site: {', '.join(sorted(unknown))}")

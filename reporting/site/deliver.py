"""A month of the site as a program hands it in: the mailbox, and the demo."""

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

    `numbers` are visitors, pages, conversations and mails; one that lacks is not handed in. `topics` are mails by topic
    and tone; `context` is what one should know to compare, or why this is a correction.
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
    """A number that we do not keep would be lost without a word."""
    unknown = set(numbers) - set(NAMES)
    if unknown:
        raise TypeError(f"no numbers of the site: {', '.join(sorted(unknown))}")

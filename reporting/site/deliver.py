"""The one way in which a month of the site is kept: as the next version. Nothing that was handed in ever changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework import clock
from reporting.models import MailTopic, SiteMonth, SiteMonthVersion
from reporting.returns.deliver import Overtaken
from reporting.site import delivery, months, rules
from reporting.site.columns import NAMES
from reporting.site.delivery import Delivery, Topics

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["DELIVER", "MonthRefused", "Overtaken", "deliver"]

DELIVER = "reporting.deliver_site_month"


class MonthRefused(ValidationError):
    """These numbers, or this month, cannot be; nothing was kept."""


def deliver(
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
    """Keep a delivery as the next version; None where it says what the last one said, so it is idempotent.

    `numbers` are visitors, pages, conversations and mails; one that lacks is not handed in. `topics` are mails by topic
    and tone; `context` is what one should know to compare, or why this is a correction. `expected` is the version that
    whoever hands in had before them, 0 for none; `at` when it came in, now unless told. By nobody is by the system
    itself. Raises PermissionDenied, MonthRefused or Overtaken.
    """
    said = Delivery({name: numbers.get(name) for name in NAMES}, dict(topics), source.strip(), context.strip())
    moment = at or clock.now()
    refuse_unknown(numbers)
    check(month, said, by=by, today=timezone.localdate(moment))
    with transaction.atomic():
        SiteMonth.objects.get_or_create(month=month)
        held = SiteMonth.objects.select_for_update(no_key=True).get(month=month)
        newest = held.versions.order_by("-number").first()
        if newest is not None and delivery.of(newest) == said:
            return None
        number = newest.number if newest else 0
        if expected not in (None, number):
            raise Overtaken(newest)
        version = held.versions.create(number=number + 1, delivered_at=moment, delivered_by=by, **said.values)
        MailTopic.objects.bulk_create(
            MailTopic(version=version, topic=topic, tone=tone, count=count)
            for (topic, tone), count in said.topics.items()
        )
    return version


def refuse_unknown(numbers: Mapping[str, int | None]) -> None:
    """A number that we do not keep would be lost without a word."""
    unknown = set(numbers) - set(NAMES)
    if unknown:
        raise TypeError(f"no numbers of the site: {', '.join(sorted(unknown))}")


def check(month: date, said: Delivery, *, by: "User | None", today: date) -> None:
    """Who may, which month can be, which numbers can be."""
    if by is not None and not by.has_perm(DELIVER):
        raise PermissionDenied(f"user {by.pk} hands in nothing for the site")
    sentence = months.refused(month, today=today) or rules.misuse(said)
    if sentence:
        raise MonthRefused(sentence)
    wrong = rules.problems(said)
    if wrong:
        raise MonthRefused({name or NON_FIELD_ERRORS: sentence for name, sentence in wrong.items()})

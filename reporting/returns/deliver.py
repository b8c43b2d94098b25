"""The one way in which a return is kept: as the next version. Nothing that was handed in ever changes."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework import clock
from reporting.models import MonthlyReturn, ReturnVersion
from reporting.returns import months, rules
from reporting.returns.columns import Values, values_of
from reporting.returns.whose import DELIVER, EVERY
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User


class Overtaken(Exception):
    """Somebody handed in the same month since it was last looked at; nothing was kept."""

    def __init__(self, newest: Any) -> None:
        super().__init__(str(newest))
        self.newest = newest


class ReturnRefused(ValidationError):
    """These numbers, or this month, cannot be; nothing was kept."""


def deliver(
    municipality: Municipality,
    month: date,
    *,
    values: Values,
    by: "User | None",
    channel: ReturnVersion.Channel,
    expected: int | None = None,
    at: datetime | None = None,
) -> ReturnVersion | None:
    """Keep a delivery as the next version; None where it says what the last one said, so it is idempotent.

    `expected` is the version that whoever hands in had before them, 0 for none; `at` when it came in, now unless told.
    By nobody is by the system itself. Raises PermissionDenied, ReturnRefused or Overtaken.
    """
    moment = at or clock.now()
    check(municipality, month, values=values, by=by, today=timezone.localdate(moment))
    with transaction.atomic():
        MonthlyReturn.objects.get_or_create(municipality=municipality, month=month)
        held = MonthlyReturn.objects.select_for_update(no_key=True).get(municipality=municipality, month=month)
        newest = held.versions.order_by("-number").first()
        if newest is not None and values_of(newest) == dict(values):
            return None
        number = newest.number if newest else 0
        if expected not in (None, number):
            raise Overtaken(newest)
        return held.versions.create(
            number=number + 1, delivered_at=moment, delivered_by=by, channel=channel, **dict(values)
        )


def check(municipality: Municipality, month: date, *, values: Values, by: "User | None", today: date) -> None:
    """Who may, which month can be, which numbers can be."""
    if by is not None and not may_deliver(by, municipality):
        raise PermissionDenied(f"user {by.pk} hands in nothing for {municipality.cbs_code}")
    sentence = months.refused(month, months.of(municipality, today=today), today=today)
    if sentence:
        raise ReturnRefused(sentence)
    wrong = rules.problems(values)
    if wrong:
        raise ReturnRefused({name or NON_FIELD_ERRORS: sentence for name, sentence in wrong.items()})


def may_deliver(user: "User", municipality: Municipality) -> bool:
    """Of one's own municipalities, or of every one."""
    if not user.has_perm(DELIVER):
        return False
    return user.has_perm(EVERY) or user.municipalities.contains(municipality)

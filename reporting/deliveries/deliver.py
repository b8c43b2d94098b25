"""The one way to keep a delivery: as the next version. Nothing that was handed in ever changes."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework import clock
from reporting.deliveries.columns import Values
from reporting.deliveries.kinds import DeliveryKind, Subject

if TYPE_CHECKING:
    from accounts.models import User


class Overtaken(Exception):
    """Somebody else handed in the month in the meantime, as `newest`; nothing was kept."""

    def __init__(self, newest: Any) -> None:
        super().__init__(str(newest))
        self.newest = newest


class DeliveryRefused(ValidationError):
    """These numbers, or this month, are not acceptable; nothing was kept."""


def keep_delivery(
    kind: DeliveryKind[Subject],
    subject: Subject,
    month: date,
    *,
    values: Values,
    by: "User | None",
    expected: int | None = None,
    at: datetime | None = None,
    **details: Any,
) -> Any | None:
    """Keep a delivery as the next version; None if it equals the last one, so that repeating it is harmless.

    `expected`: the number of the version that the sender looked at, 0 for none. `at`: when it came in, now by
    default. `by`: None for the system itself. Raises PermissionDenied, DeliveryRefused or Overtaken.
    """
    moment = at or clock.now()
    check_delivery(kind, subject, month, values=values, by=by, today=timezone.localdate(moment))
    where = {**kind.where(subject), "month": month}
    months = kind.months._default_manager
    with transaction.atomic():
        months.get_or_create(**where)
        held: Any = months.select_for_update(no_key=True).get(**where)
        newest = held.versions.order_by("-number").first()
        if newest is not None and kind.values_of(newest) == dict(values):
            return None
        number = newest.number if newest else 0
        if expected not in (None, number):
            raise Overtaken(newest)
        return kind.keep(held, values, number=number + 1, delivered_at=moment, delivered_by=by, **details)


def check_delivery(
    kind: DeliveryKind[Subject], subject: Subject, month: date, *, values: Values, by: "User | None", today: date
) -> None:
    """Check sender, month and numbers; raises PermissionDenied or DeliveryRefused."""
    if by is not None and not kind.may_deliver(by, subject):
        raise PermissionDenied(f"user {by.pk} hands in nothing of this kind about {subject}")
    sentence = kind.refused(subject, month, today) or kind.misuse(values)
    if sentence:
        raise DeliveryRefused(sentence)
    wrong = kind.problems(values)
    if wrong:
        raise DeliveryRefused({name or NON_FIELD_ERRORS: words for name, words in wrong.items()})

"""The base of every monthly delivery: a month, and its versions. Nothing that was handed in ever changes."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class HandedInMonth(models.Model):
    """A month about which somebody hands in, with the last time that they were reminded of it."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        abstract = True


class DeliveryQuerySet(models.QuerySet[Any]):
    """Finds the delivery of a month that counts."""

    def newest(self) -> Self:
        """The last delivery of each month."""
        month = f"{self.model.MONTH}_id"
        return self.order_by(month, "-number").distinct(month)

    def known_at(self, moment: datetime) -> Self:
        """The last delivery of each month that had come in before a moment."""
        return self.filter(delivered_at__lt=moment).newest()


class Delivery(models.Model):
    """One delivery about a month, never changed: a correction is the next version. A number of None: not handed in."""

    MONTH: ClassVar[str]
    """The name of the foreign key to the month."""

    number = models.PositiveSmallIntegerField(_("version"))
    delivered_at = models.DateTimeField(_("handed in"), default=clock.now)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )

    class Meta:
        abstract = True

    @property
    def handed_in_month(self) -> Any:
        """The month that this delivery is about."""
        return getattr(self, self.MONTH)


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)

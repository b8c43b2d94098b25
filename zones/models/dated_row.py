"""Rows in force from one day until another."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.languages import in_language

RowT = TypeVar("RowT", bound="Dated", covariant=True)


class DatedQuerySet(models.QuerySet[RowT]):
    """Rows by the days on which they are in force."""

    def in_force(self, *, on: date) -> Self:
        return self.ends_after(on).filter(valid_from__lte=on)

    def ends_after(self, day: date) -> Self:
        """Rows in force on a day or later."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day))

    def add_version(self, row: "Dated", *, key: Iterable[str]) -> None:
        """Save a new version of what `key` identifies: it ends the one before it, and ends where a later one starts."""
        others = self.filter(**{name: getattr(row, name) for name in key}).exclude(pk=row.pk)
        others.filter(valid_from__lt=row.valid_from).ends_after(row.valid_from).update(valid_until=row.valid_from)
        later = others.filter(valid_from__gt=row.valid_from).aggregate(first=models.Min("valid_from"))["first"]
        if later and (row.valid_until is None or row.valid_until > later):
            row.valid_until = later
        row.save()


class Dated(models.Model):
    """A fact that law or policy can change: valid from one day until another (exclusive)."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The first day on which it no longer applies.")
    )

    class Meta:
        abstract = True


class Explained(Dated):
    """A dated rule with an explanation for the reader, in two languages."""

    source = models.CharField(_("source"), max_length=300)
    code = models.CharField(_("code"), max_length=10)
    until = models.DateField(
        _("gives access until"), null=True, blank=True, help_text=_("The first day without access.")
    )
    explanation_nl = models.TextField(_("explanation in Dutch"))
    explanation_en = models.TextField(_("explanation in English"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} ({date_format(self.valid_from, 'DATE_FORMAT')})"

    @property
    def last_day(self) -> date | None:
        """The last day with access; None if it has no end."""
        return self.until - timedelta(days=1) if self.until else None

    @property
    def explanation(self) -> str:
        """The explanation in the reader's language."""
        return in_language(self.explanation_nl, self.explanation_en)


def forbid_empty_period(name: str) -> models.CheckConstraint:
    """Constraint against a row that ends before it begins, which is a typing error."""
    return models.CheckConstraint(
        condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
        name=name,
        violation_error_message=_("The end must be after the beginning."),
    )


def forbid_overlap(name: str, *keys: str | models.Func) -> ExclusionConstraint:
    """Constraint against two versions with the same `keys` in force on one day.

    PostgreSQL can do this for text only with an extension, which not every server has. It supports ranges natively, so
    each key becomes a range of one text (`zones/migrations/0004_never_twice_at_once.py`).
    """
    days = models.Func("valid_from", "valid_until", function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[(part, RangeOperators.OVERLAPS) for part in (*map(range_of_one, keys), days)],
        violation_error_message=_("Another version holds on some of these days."),
    )


def range_of_one(key: str | models.Func) -> models.Func:
    """The text of a field as a range that contains nothing else."""
    text = Cast(key, models.TextField())
    return models.Func(text, text, models.Value("[]"), function="text_range")

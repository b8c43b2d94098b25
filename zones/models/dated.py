"""Rows that hold from one day until another."""

from datetime import date, timedelta
from typing import Self, TypeVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.languages import in_language

RowT = TypeVar("RowT", bound="Dated", covariant=True)


class DatedQuerySet(models.QuerySet[RowT]):
    """Which rows hold when."""

    def in_force(self, *, on: date) -> Self:
        """The rows that hold on a day."""
        return self.filter(valid_from__lte=on).filter(models.Q(valid_until=None) | models.Q(valid_until__gt=on))


class Dated(models.Model):
    """A fact that law or policy can change: from a day, until a day (exclusive), with its source."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The first day on which it no longer applies.")
    )
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        abstract = True


class Explained(Dated):
    """A dated rule with a sentence for the reader, in two languages."""

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
        """The last day with access, None where it has no end."""
        return self.until - timedelta(days=1) if self.until else None

    @property
    def explanation(self) -> str:
        """The sentence in the reader's language."""
        return in_language(self.explanation_nl, self.explanation_en)


def holds_for_a_while(name: str) -> models.CheckConstraint:
    """A row that ends before it begins was mistyped."""
    return models.CheckConstraint(
        condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
        name=name,
        violation_error_message=_("The end must be after the beginning."),
    )

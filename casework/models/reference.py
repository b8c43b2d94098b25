"""Facts that law or policy can change, as dated rows with their source."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.calendar import Calendar
from casework.policy_settings import find_setting, get_setting_title
from casework.reference_cache import read_once


class EquatedDay(models.Model):
    """A day that a royal decree equates with a holiday (gelijkgestelde dag, Algemene termijnenwet art. 3(3))."""

    day = models.DateField(_("day"), unique=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("equated day")
        verbose_name_plural = _("equated days")
        ordering = ("day",)

    def __str__(self) -> str:
        return date_format(self.day, "DATE_FORMAT")

    @classmethod
    def calendar(cls) -> Calendar:
        """The statutory calendar with the equated days in the database."""
        return read_once(cls, lambda: Calendar(frozenset(cls.objects.values_list("day", flat=True))))


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Policy settings by day."""

    def in_force(self, *, on: date) -> "PolicyQuerySet":
        """The newest row of each name that had begun on a day."""
        return self.filter(valid_from__lte=on).order_by("name", "-valid_from").distinct("name")

    def to_fill_in(self, *, on: date) -> "PolicyQuerySet":
        """Settings in force on a day that have no value."""
        return self.filter(pk__in=self.in_force(on=on).values("pk"), value__isnull=True).order_by("name")


class Policy(models.Model):
    """A term, number or switch that an administrator sets (beleidsinstelling) from a day on, with its source."""

    name = models.SlugField(_("name"), max_length=60)
    value = models.JSONField(_("value"), null=True, blank=True, help_text=_("Empty means: to be filled in."))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy setting")
        verbose_name_plural = _("policy settings")
        ordering = ("name", "-valid_from")
        constraints = (models.UniqueConstraint(fields=["name", "valid_from"], name="policy_one_value_a_day"),)

    def __str__(self) -> str:
        return f"{get_setting_title(self.name)}: {find_setting(self.name, self.value).shown(self.value)}"

    def clean(self) -> None:
        """Refuse values that make no sense."""
        find_setting(self.name, self.value).refuse(self.value)

    @classmethod
    def current(cls, *, on: date) -> dict[str, Any]:
        """All settings in force on a day, by name."""
        return dict(cls.objects.in_force(on=on).values_list("name", "value"))


class ReferenceVersion(models.Model):
    """The version of all reference rows: a single row, which triggers on their tables rewrite.

    `casework.reference_cache` keeps what it read as long as the version stays. It is random, so that no two states
    share it, not even one that was rolled back.
    """

    version = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.version)

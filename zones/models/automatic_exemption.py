"""Exemptions that follow from the plate."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from zones.models.dated_row import DatedQuerySet, Explained, forbid_empty_period, forbid_overlap
from zones.rules import ExemptionRule

CODES_HELP = _("Separated by commas, without leading zeros. Having one of the codes is enough.")


class AutomaticExemption(Explained):
    """A vrijstelling: access by plate, without an application. An empty condition applies to all."""

    categories: Any = ArrayField(models.CharField(max_length=10), verbose_name=_("vehicles"), help_text=_("van, truck"))
    minimum_age_years = models.PositiveSmallIntegerField(_("at least this old (years)"), null=True, blank=True)
    below_age_years = models.PositiveSmallIntegerField(_("younger than (years)"), null=True, blank=True)
    body_codes: Any = ArrayField(
        models.CharField(max_length=5), verbose_name=_("body codes"), default=list, blank=True, help_text=CODES_HELP
    )
    remark_codes: Any = ArrayField(
        models.CharField(max_length=5), verbose_name=_("remark codes"), default=list, blank=True, help_text=CODES_HELP
    )

    objects = DatedQuerySet["AutomaticExemption"].as_manager()

    class Meta:
        verbose_name = _("automatic exemption")
        verbose_name_plural = _("automatic exemptions")
        ordering = ("code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["code", "valid_from"], name="automaticexemption_one_version_a_day"),
            forbid_overlap("automaticexemption_never_twice_at_once", "code"),
            forbid_empty_period("automaticexemption_holds_for_a_while"),
            models.CheckConstraint(
                condition=models.Q(categories__contained_by=["van", "truck"]) & ~models.Q(categories=[]),
                name="automaticexemption_categories",
                violation_error_message=_("Vehicles are: van, truck."),
            ),
        )

    def as_rule(self) -> ExemptionRule:
        """The row as `zones.access` reads it."""
        return ExemptionRule(
            code=self.code,
            categories=frozenset(self.categories),
            minimum_age_years=self.minimum_age_years,
            below_age_years=self.below_age_years,
            body_codes=frozenset(self.body_codes),
            remark_codes=frozenset(self.remark_codes),
            until=self.until,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            source=self.source,
            explanation_nl=self.explanation_nl,
            explanation_en=self.explanation_en,
        )

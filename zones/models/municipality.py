"""Municipalities with a zone, and their staff."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A municipality (gemeente): it owns its zones, and the desk decides in its name."""

    class FinesFromIs(models.TextChoices):
        """How certain the day is from which fines follow."""

        PUBLISHED = "published", _("published")
        INFERRED = "inferred", _("inferred: six months after the start")
        UNKNOWN = "unknown", _("unknown")

    name = models.CharField(_("name"), max_length=100, unique=True)
    cbs_code = models.CharField(
        _("CBS code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM\d{4}$", _("GM and four digits, as in GM0344."))],
        help_text=_("GM and four digits, as in GM0344."),
    )
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="municipalities", verbose_name=_("caseworkers")
    )
    fines_from = models.DateField(_("fines from"), null=True, blank=True)
    fines_from_is = models.CharField(_("this day is"), max_length=10, choices=FinesFromIs, default=FinesFromIs.UNKNOWN)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=models.Q(cbs_code__regex=r"^GM\d{4}$"), name="municipality_cbs_code"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_sure_of_fines(self) -> bool:
        """Whether the municipality itself published the day from which fines follow."""
        return self.fines_from_is == self.FinesFromIs.PUBLISHED

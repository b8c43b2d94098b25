"""How often pages were read. Only counts are stored: no cookies, addresses or people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageDay(models.Model):
    """How often one page was read on one day."""

    day = models.DateField(_("day"))
    page = models.CharField(_("page"), max_length=60, help_text=_("The name of its address; never an address itself."))
    language = models.CharField(_("language"), max_length=2)
    views = models.PositiveIntegerField(_("page views"), default=0)

    class Meta:
        verbose_name = _("page on a day")
        verbose_name_plural = _("pages by day")
        ordering = ("-day", "page")
        constraints = (models.UniqueConstraint(fields=["day", "page", "language"], name="pageday_once"),)

    def __str__(self) -> str:
        return f"{self.page} {self.day:%Y-%m-%d}"


class VisitorDay(models.Model):
    """The number of different visitors on one day."""

    day = models.DateField(_("day"), unique=True)
    visitors = models.PositiveIntegerField(_("visitors"), default=0)

    class Meta:
        verbose_name = _("visitors on a day")
        verbose_name_plural = _("visitors by day")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class DaySecret(models.Model):
    """The secret from which a day's marks are derived; deleted with them, so that no mark can be traced."""

    day = models.DateField(_("day"), unique=True)
    secret = models.CharField(_("secret"), max_length=64)

    class Meta:
        verbose_name = _("secret of a day")
        verbose_name_plural = _("secrets of days")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class SeenToday(models.Model):
    """The mark of a visitor of today; untraceable once the day's secret is deleted, and deleted with it."""

    day = models.DateField(_("day"))
    mark = models.CharField(_("mark"), max_length=64)

    class Meta:
        verbose_name = _("mark of a visitor of today")
        verbose_name_plural = _("marks of visitors of today")
        constraints = (models.UniqueConstraint(fields=["day", "mark"], name="seentoday_once"),)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

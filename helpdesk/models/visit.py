"""How often pages were read. No cookie, no address, no person: only counts are kept."""

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
    """How many different visitors one day had."""

    day = models.DateField(_("day"), unique=True)
    visitors = models.PositiveIntegerField(_("visitors"), default=0)

    class Meta:
        verbose_name = _("visitors on a day")
        verbose_name_plural = _("visitors by day")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class DaySecret(models.Model):
    """What the marks of one day are made with; without it no mark can be led back, so it goes with them."""

    day = models.DateField(_("day"), unique=True)
    secret = models.CharField(_("secret"), max_length=64)

    class Meta:
        verbose_name = _("secret of a day")
        verbose_name_plural = _("secrets of days")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class SeenToday(models.Model):
    """A mark of somebody who was here today; it is untraceable once the day's secret is gone, and goes with it."""

    day = models.DateField(_("day"))
    mark = models.CharField(_("mark"), max_length=64)

    class Meta:
        verbose_name = _("mark of a visitor of today")
        verbose_name_plural = _("marks of visitors of today")
        constraints = (models.UniqueConstraint(fields=["day", "mark"], name="seentoday_once"),)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

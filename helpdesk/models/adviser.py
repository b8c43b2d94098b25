"""Advisers whom a municipality offers entrepreneurs free of charge."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class Adviser(models.Model):
    """The logistics adviser of a municipality (logistiek makelaar). Unknown details are empty."""

    municipality = models.OneToOneField(
        "zones.Municipality", models.CASCADE, related_name="adviser", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("logistics adviser")
        verbose_name_plural = _("logistics advisers")
        ordering = ("municipality",)

    def __str__(self) -> str:
        return self.name or str(self.municipality)


class AdviceRequest(models.Model):
    """A request for advice: mailed to the adviser, and deleted at the end of the retention term."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(
        "zones.Municipality", models.CASCADE, related_name="advice_requests", verbose_name=_("municipality")
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    name = models.CharField(_("name"), max_length=100)
    company = models.CharField(_("company"), max_length=100, blank=True)
    email = models.EmailField(_("email"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    question = models.TextField(_("question"), max_length=4000)

    class Meta:
        verbose_name = _("request for advice")
        verbose_name_plural = _("requests for advice")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return f"{self.municipality} ({self.asked_at:%Y-%m-%d})"

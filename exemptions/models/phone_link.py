"""Links by which a telephone adds photos to a draft that is open on another screen."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PhoneLink(models.Model):
    """The link of a draft; making another replaces it. Its address is signed over `key` and not stored anywhere.

    `device` is a hash of the cookie of the one telephone that claimed it; empty until then.
    """

    application = models.OneToOneField(
        "exemptions.Application", models.CASCADE, related_name="phone_link", verbose_name=_("application")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("in whose name files are added")
    )
    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    device = models.CharField(_("telephone"), max_length=64, blank=True, editable=False)
    arrived = models.PositiveSmallIntegerField(_("files that arrived"), default=0, editable=False)
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("link for a telephone")
        verbose_name_plural = _("links for a telephone")

    def __str__(self) -> str:
        return f"{self.application_id}, {self.ends_at:%Y-%m-%d %H:%M}"

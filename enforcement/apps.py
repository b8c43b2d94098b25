"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    """Enforcement (handhaving): programs of municipalities ask whether a vehicle may be somewhere."""

    name = "enforcement"
    verbose_name = _("Enforcement")

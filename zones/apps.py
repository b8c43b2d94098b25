"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZonesConfig(AppConfig):
    """Zones, access rules and the vehicle register."""

    name = "zones"
    verbose_name = _("Zones and access")

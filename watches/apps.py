"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    """Watches (volgen van kentekens)."""

    name = "watches"
    verbose_name = _("Watches")

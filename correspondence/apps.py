"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    """Correspondence (ingekomen stukken)."""

    name = "correspondence"
    verbose_name = _("Correspondence")

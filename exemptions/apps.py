"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExemptionsConfig(AppConfig):
    """Exemptions on application (ontheffingen)."""

    name = "exemptions"
    verbose_name = _("Exemptions")

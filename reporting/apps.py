"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Figures for ministry, municipalities and public."""

    name = "reporting"
    verbose_name = _("Reporting")

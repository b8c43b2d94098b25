"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectionsConfig(AppConfig):
    """Objections and appeals (bezwaar en beroep)."""

    name = "objections"
    verbose_name = _("Objections and appeals")

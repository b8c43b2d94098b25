"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RenewalsConfig(AppConfig):
    """Deciding again after a rule changed (herbeoordeling)."""

    name = "renewals"
    verbose_name = _("Deciding again")

"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    """Information, assistant and mailbox for everybody who has a question."""

    name = "helpdesk"
    verbose_name = _("Help desk")

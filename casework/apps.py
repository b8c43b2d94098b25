"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """What any case has: dossier, events, documents, deadlines, letters, messages."""

    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Register the system checks of our own conventions, and a lookup."""
        from casework import lookups  # noqa: F401
        from casework.checks import every_step_is_told_and_asked, every_step_joins_two_statuses

        register(every_step_joins_two_statuses)
        register(every_step_is_told_and_asked)

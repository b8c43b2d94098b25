"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """What any case has: dossier, events, documents, deadlines, letters, messages."""

    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Register the system checks of our own conventions."""
        from casework import checks  # noqa: F401  (registering is the import's whole purpose)

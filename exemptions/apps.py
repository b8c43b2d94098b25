"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExemptionsConfig(AppConfig):
    """Exemptions on application (ontheffingen)."""

    name = "exemptions"
    verbose_name = _("Exemptions")

    def ready(self) -> None:
        """Give the desk the words and the worklists of applications."""
        from exemptions import deadline_words, worklists
        from exemptions.admin import timeline

        deadline_words.register()
        timeline.register()
        worklists.register()

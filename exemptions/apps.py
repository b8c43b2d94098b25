"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExemptionsConfig(AppConfig):
    """Exemptions on application (ontheffingen)."""

    name = "exemptions"
    verbose_name = _("Exemptions")

    def ready(self) -> None:
        """Give the desk the words, the worklists and the exports of applications."""
        from casework.policy_settings import tell_codes
        from exemptions import deadline_words, export_mails, listings, worklists
        from exemptions.admin import timeline
        from exemptions.following import notices, overview
        from exemptions.models import Ground

        tell_codes(Ground.rejections)
        deadline_words.register()
        timeline.register()
        worklists.register()
        listings.register()
        export_mails.register()
        overview.stand_beside(notices.besides, objected=notices.none_objected)

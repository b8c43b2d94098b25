"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RenewalsConfig(AppConfig):
    """Deciding again after a rule changed (herbeoordeling)."""

    name = "renewals"
    verbose_name = _("Deciding again")

    def ready(self) -> None:
        """Tell the general rooms what deciding again adds to them."""
        from renewals import listings, placeholders, threshold_listing, worklists
        from renewals.admin import timeline

        placeholders.register()
        timeline.register()
        worklists.register()
        listings.register()
        threshold_listing.register()

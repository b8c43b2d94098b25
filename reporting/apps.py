"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Figures for ministry, municipalities and public."""

    name = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Tell the general rooms what reporting adds to them."""
        from reporting import listings, placeholders
        from reporting.letter import listing as letters
        from reporting.returns import listing
        from reporting.site import listing as site
        from reporting.site.signals import listing as signals

        placeholders.register()
        listings.register()
        for one in (listing, letters, site, signals):
            one.register()

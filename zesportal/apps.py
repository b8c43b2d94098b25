"""App configuration: the product itself, and the desk as Django's admin site."""

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ZesportalConfig(AppConfig):
    """Settings, addresses, templates and template tags of the whole."""

    name = "zesportal"
    verbose_name = _("Loket")

    def ready(self) -> None:
        """Register the pages of the desk that join several apps."""
        from zesportal.versions import pages

        pages.register(admin.site)


class DeskConfig(AdminConfig):
    """The desk is Django's own admin with our start page and menu."""

    default_site = "zesportal.desk.Desk"

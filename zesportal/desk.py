"""The desk: where caseworkers and administrators work."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    """Django's admin as the desk. Logging in goes by the portal's own pages, so that the second factor is asked."""

    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Worklists")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Send whoever is not logged in to the login page; refuse whoever does not work here."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)

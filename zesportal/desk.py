"""The desk: where caseworkers and administrators work."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    """Django's admin as the desk. Logging in goes by the portal's own pages, so that the second factor is asked."""

    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Worklists")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send whoever is not logged in to the login page; refuse whoever does not work here."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

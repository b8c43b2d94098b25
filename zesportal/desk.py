"""The desk, where caseworkers and administrators work."""

from collections.abc import Container
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.form_recovery import keep_typed
from accounts.models import User
from accounts.roles import find_own_page
from casework.desk import list_place, mentions
from casework.desk.dashboard import groups_for
from casework.desk.dossier_page import show_dossier
from casework.desk.list_address import keep_list
from casework.desk.recent_cases import list_recent_cases
from exemptions.worklists import failed_messages
from zesportal.desk_notices import list_notices

NOT_BY_HAND = (
    "auth.group",
    "account.emailaddress",
    "mfa.authenticator",
    "allauth_idp_oidc.client",
    "allauth_idp_oidc.token",
    "socialaccount.socialaccount",
    "socialaccount.socialapp",
    "socialaccount.socialtoken",
)
"""Models without a page: permissions come from `accounts.roles`, credentials from their owner, the secret of a broker
from the settings.
"""


class Desk(AdminSite):
    """Django's admin as the desk. Users log in on the portal's own pages, which ask for the second factor."""

    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = False  # the start page and the menu lead everywhere, also on a phone

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register every model that an app offers, except those that nobody edits by hand."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else [*model_or_iterable]
        kept = [model for model in models if model._meta.label_lower not in NOT_BY_HAND]
        super().register(kept, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the pages that every type of case has."""
        read = self.admin_view(keep_list(mentions.read_mention))
        dossier = self.admin_view(keep_list(keep_typed(self.dossier_page)))
        return [
            path("mention/<int:pk>/read/", read, name="mention_read"),
            path("dossier/<slug:case_type>/<int:pk>/", dossier, name="dossier_pdf"),
            *super().get_urls(),
        ]

    def dossier_page(self, request: HttpRequest, case_type: str, pk: int) -> HttpResponse:
        """The dossier of a case as a PDF."""
        return show_dossier(request, case_type, pk, context=self.each_context(request))

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, except those whose work is a page of its own."""
        return super().has_permission(request) and not find_own_page(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send anonymous users to the login page, and staff to where they work; refuse everybody else."""
        start = reverse("admin:index", current_app=self.name)
        if self.has_permission(request):
            return HttpResponseRedirect(start)
        if own := find_own_page(request.user):
            return HttpResponseRedirect(reverse(own))
        if request.user.is_authenticated:
            raise PermissionDenied("works at no desk")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or start)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """On a page opened from a list, add its place in the list; see `casework.desk.list_place`."""
        user = request.user
        place = list_place.find_place(request, user) if isinstance(user, User) else None
        return {**super().each_context(request), "place": place}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The start page: what waits, most urgent first, and below it the models that this role keeps."""
        user = request.user
        waiting: dict[str, Any] = {}
        if isinstance(user, User):
            waiting = {
                "groups": groups_for(user),
                "failed": failed_messages(user),
                "notices": list_notices(user, today=timezone.localdate()),
                "recent_cases": list_recent_cases(request.session),
            }
        groups = waiting.get("groups", [])
        waiting["my_day"] = [own for group in groups for own in group.own]
        lists = [counted for group in groups for counted in group.lists]
        listed = {counted.url.partition("?")[0] for counted in lists if not counted.is_part}
        kept = self.kept(request, listed=listed)
        return super().index(request, extra_context={**waiting, "app_list": kept, **(extra_context or {})})

    def kept(self, request: HttpRequest, *, listed: Container[str]) -> list[dict[str, Any]]:
        """The models that this role keeps, without those that have a worklist."""
        apps = self.get_app_list(request)
        for app in apps:
            app["models"] = [model for model in app["models"] if model.get("admin_url") not in listed]
        return [app for app in apps if app["models"]]

"""The list of all notices of default at the desk, whatever sort of case they are about."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from accounts.models import User
from casework.models import DefaultNotice
from objections.admin.lists import penalties_context


@admin.register(DefaultNotice)
class PenaltyAdmin(admin.ModelAdmin[DefaultNotice]):
    """A list, and nothing to edit: notices come in and amounts are set by steps of their cases."""

    def get_urls(self) -> list[URLPattern]:
        """Our own list in place of the pages of the admin."""
        page = self.admin_site.admin_view(self.list_page)
        return [path("", page, name="casework_defaultnotice_changelist")]

    def list_page(self, request: HttpRequest) -> HttpResponse:
        """For whoever has a role with cases; the rows are those of cases that they may see."""
        user = request.user
        if not isinstance(user, User) or not user.has_perm("exemptions.view_application"):
            raise Http404("no cases for this role")
        context = {**self.admin_site.each_context(request), "opts": self.opts, **penalties_context(request, user)}
        return TemplateResponse(request, "desk/list.html", context)

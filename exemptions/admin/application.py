"""Applications at the desk. Nobody edits a row: everything that happens to an application is a step."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.resume import keep_typed
from exemptions.admin import case_page, files, lists
from exemptions.admin.desk_steps import BY_NAME
from exemptions.admin.step_page import StepPage
from exemptions.models import Application


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin[Application]):
    """The worklists, the search, the case page, its files and its steps."""

    def get_urls(self) -> list[URLPattern]:
        """Our own pages in place of the lists and forms of the admin."""
        pages: list[tuple[str, Any, str]] = [
            ("", self.list_page, "changelist"),
            ("search/", self.search_page, "search"),
            ("<int:pk>/change/", self.case_page, "change"),
            ("<int:pk>/document/<int:document_pk>/", self.document, "document"),
            ("<int:pk>/letter/<int:letter_pk>/", self.letter, "letter"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=f"exemptions_application_{name}")
            for route, view, name in pages
        ]
        step = keep_typed(self.admin_site.admin_view(self.step_page))
        return [*own, path("<int:pk>/step/<slug:name>/", step, name="exemptions_application_step")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Applications come in by the portal."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        """They change by steps."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        """Nobody deletes one."""
        return False

    def list_page(self, request: HttpRequest) -> HttpResponse:
        """A worklist."""
        user = caseworker(request)
        return self.page(request, "desk/list.html", lists.worklist_context(request, user))

    @method_decorator(never_cache)
    def search_page(self, request: HttpRequest) -> HttpResponse:
        """What was searched travels in the request itself: a plate never stands in an address."""
        user = caseworker(request)
        if request.method != "POST":
            return redirect("admin:index")
        return self.page(request, "desk/search.html", lists.search_context(request, user))

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one application."""
        application = self.found(request, pk)
        context = case_page.context(application, user=caseworker(request))
        return self.page(
            request,
            "desk/case.html",
            {**context, "title": str(application), "may_see_files": files.may_see_files(request)},
        )

    def document(self, request: HttpRequest, pk: int, document_pk: int) -> HttpResponseBase:
        """A file that was handed in."""
        return files.document(self.found(request, pk), document_pk, user=caseworker(request))

    def letter(self, request: HttpRequest, pk: int, letter_pk: int) -> HttpResponseBase:
        """A letter as PDF."""
        return files.letter(self.found(request, pk), letter_pk, user=caseworker(request))

    def step_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """The form, preview and taking of a step."""
        if name not in BY_NAME:
            raise Http404(f"no step {name}")
        user = caseworker(request)
        return StepPage(request, self.found(request, pk), BY_NAME[name], user=user, site=self.admin_site).respond()

    def found(self, request: HttpRequest, pk: int) -> Application:
        """The application, where this user may see it; raises Http404."""
        seen: QuerySet[Application] = Application.objects.at_desk_of(caseworker(request)).for_list()
        return get_object_or_404(seen, pk=pk)

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page of the desk."""
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )


def caseworker(request: HttpRequest) -> User:
    """Who is logged in; raises Http404 for a role without cases."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("exemptions.view_application"):
        raise Http404("no cases for this role")
    return user

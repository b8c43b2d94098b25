"""Objections at the desk."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from casework.desk.case_admin import CaseAdmin
from exemptions.models import Application
from objections.admin import case_page, lists
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.forms.registering import decisions_of
from objections.admin.registering import RegisteringObjection
from objections.models import Objection


@admin.register(Objection)
class ObjectionAdmin(CaseAdmin[Objection]):
    """The worklists, the case page, its files and its steps, and registering what came by post."""

    desk = OBJECTIONS
    case_template = "desk/objection.html"

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Registering an objection to a decision on an application."""
        return [("register/<int:pk>/", self.register_page, "register")]

    def list_context(self, request: HttpRequest, user: User) -> dict[str, Any]:
        """A worklist."""
        return lists.objections_context(request, user)

    def case_context(self, case: Objection, user: User) -> dict[str, Any]:
        """Everything about one objection."""
        return case_page.context(case, user=user)

    def register_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Of an application that the user may see, for whoever handles objections; 404 where nothing was decided."""
        user = self.caseworker(request)
        application = get_object_or_404(Application.objects.at_desk_of(user).for_list(), pk=pk)
        if not user.has_perm("objections.handle_objection"):
            raise PermissionDenied("may not register objections")
        if not decisions_of(application).exists():
            raise Http404("no decision to object to")
        return RegisteringObjection(request, application, user=user, site=self.admin_site).respond()

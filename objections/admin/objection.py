"""Objections at the desk."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from casework.desk.case_admin import CaseAdmin
from casework.desk.column_kit import Column
from casework.desk.filters import DueFilter, FieldFilter, FlagFilter, StatusFilter
from casework.desk.penalties import find_amounts
from casework.desk.pending_steps import goes_out
from casework.desk.snoozes import LAST_DAYS
from casework.desk.worklist_admin import WorklistFilter
from casework.models import EquatedDay
from exemptions.models import Application
from objections import worklists as of_objections
from objections.admin import case_page
from objections.admin.bulk_actions import BULK
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.filters import AgeFilter, KindFilter, MunicipalityFilter, PersonFilter
from objections.admin.forms.registration import find_objectable_decisions
from objections.admin.registration import ObjectionRegistration
from objections.admin.worklist_columns import OF_OBJECTIONS, is_to_excuse
from objections.models import Objection


@admin.register(Objection)
class ObjectionAdmin(CaseAdmin[Objection]):
    """The worklists, the case page with its files and steps, and registering what came by post."""

    desk = OBJECTIONS
    case_template = "desk/objection.html"
    worklists = of_objections.OBJECTIONS
    columns = OF_OBJECTIONS
    list_filter = (
        WorklistFilter,
        PersonFilter,
        KindFilter,
        MunicipalityFilter,
        ("status", StatusFilter),
        AgeFilter,
        DueFilter,
        FlagFilter,
        ("channel", FieldFilter),
    )
    bulk = BULK

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """The form to register an objection to a decision on an application."""
        return [("register/<int:pk>/", self.register_page, "register")]

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """The columns with only the day that counts on this list, by default the last day to decide."""
        counts = LAST_DAYS.get(self.worklist(request).name, "decide_by")
        others = {"decide_by", *LAST_DAYS.values()} - {counts}
        return [one for one in super().columns_for(request) if one.name not in others]

    def join_tables(self, rows: Any) -> Any:
        """Join decision, application and colleague, and prefetch hearings."""
        return rows.for_list().prefetch_related("hearings")

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Add the penalty so far, what is about to go out, and whether the objection came too late."""
        keys, calendar = [one.pk for one in rows], EquatedDay.calendar()
        amounts, going = find_amounts(Objection.CASE_TYPE, keys), goes_out(Objection.CASE_TYPE, keys)
        for one in rows:
            one.penalty_until_today, one.goes_out = amounts.get(one.pk), going.get(one.pk)
            one.is_to_excuse = is_to_excuse(one, calendar)

    def case_context(self, case: Objection, user: User) -> dict[str, Any]:
        """Everything about one objection."""
        return case_page.build_case_page_context(case, user=user)

    def register_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Register an objection about a visible application. Raises PermissionDenied, or Http404 without a decision."""
        user = self.caseworker(request)
        application = get_object_or_404(Application.objects.at_desk_of(user).for_list(), pk=pk)
        if not user.has_perm("objections.handle_objection"):
            raise PermissionDenied("may not register objections")
        if not find_objectable_decisions(application).exists():
            raise Http404("no decision to object to")
        return ObjectionRegistration(request, application, user=user, site=self.admin_site).respond()

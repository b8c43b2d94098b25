"""Runs of deciding again at the desk."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.form_recovery import take_typed
from casework.desk.case_admin import CaseAdmin
from renewals.admin import run_page
from renewals.admin.columns import COLUMNS
from renewals.admin.desk_steps import RENEWALS_DESK
from renewals.admin.new_form import NewForm
from renewals.admin.numbers import Numbers
from renewals.admin.run_page import LEFT
from renewals.models import Renewal, RenewalStatus
from renewals.publication import make_list
from renewals.worklists import RENEWALS


@admin.register(Renewal)
class RenewalAdmin(CaseAdmin[Renewal]):
    """The worklists, the page of a run with its cases and its progress, and its steps."""

    desk = RENEWALS_DESK
    case_template = "desk/renewal_run.html"
    worklists = RENEWALS
    columns = COLUMNS
    change_list_template = "desk/renewal_list.html"

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """The progress alone, for a page that asks it again and again."""
        return [("<int:pk>/progress/", self.progress_page, "progress")]

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Look which decisions a change concerns."""
        return [("new/", self.new_page, "new")]

    def join_tables(self, rows: Any) -> Any:
        """With the people, and how many cases."""
        left = Count("items", filter=Q(items__state__in=LEFT))
        return rows.for_list().annotate(cases=Count("items"), left=left)

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one run; its address says which of the cases are shown."""
        renewal = self.found(request, pk)
        context = run_page.run_page_context(request, renewal, user=self.caseworker(request))
        return self.page(request, self.case_template, {**context, "title": str(renewal)})

    def progress_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far the run is."""
        renewal = self.found(request, pk)
        polls = renewal.status == RenewalStatus.RUNNING
        context = {"renewal": renewal, "numbers": Numbers.of(renewal), "polls": polls}
        return TemplateResponse(request, "desk/renewal_progress.html", context)

    def new_page(self, request: HttpRequest) -> HttpResponse:
        """The change, chosen; then its list."""
        user = self.caseworker(request)
        if not user.has_perm("renewals.add_renewal"):
            raise PermissionDenied("may not list decisions")
        data = request.POST if request.method == "POST" else take_typed(request)
        form = NewForm(data, initial={"change": request.GET.get("change", "")})
        if request.method == "POST" and form.is_valid():
            renewal = make_list(form.cleaned_data["change"], by=user)
            return HttpResponseRedirect(self.desk.case_address(renewal))
        page = self.page(
            request, "desk/renewal_new.html", {"title": _("Which decisions does it change?"), "form": form}
        )
        page.status_code = 422 if request.method == "POST" else 200
        return page

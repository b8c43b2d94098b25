"""Admin of applications."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.searches import get_searched_words, get_sent_words, redirect_to_results
from casework.desk.case_admin import CaseAdmin
from casework.desk.column_kit import Column
from casework.desk.files import may_see_files
from casework.desk.filters import AgeFilter, DueFilter, FieldFilter, StatusFilter
from casework.desk.forms import StepForm
from casework.desk.penalties import find_amounts
from casework.desk.pending_steps import goes_out
from casework.desk.worklist_admin import WorklistFilter
from casework.desk.worklists import PARAMETER
from casework.steps import StepRefused
from exemptions import allocation, day_checks
from exemptions import worklists as of_applications
from exemptions.admin import case_page, checklist_form, decision_panel
from exemptions.admin.bulk_actions import BULK
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.admin.filters import FlagFilter, KindFilter, MunicipalityFilter, PersonFilter
from exemptions.admin.register_changes import list_changes
from exemptions.admin.registration_page import RegistrationPage, StartPage
from exemptions.admin.worklist_columns import COLUMNS, DECIDE_BY, LAST_DAYS
from exemptions.models import Application, Proposal
from exemptions.search import OPEN_FIRST, find_numbered_page, is_too_common, keys_found


@admin.register(Application)
class ApplicationAdmin(CaseAdmin[Application]):
    """The worklists, the search, the case page, its files and its steps."""

    desk = APPLICATIONS
    case_template = "desk/case.html"
    change_list_template = "desk/application_list.html"
    worklists = of_applications.APPLICATIONS
    columns = COLUMNS
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
    search_ordering = OPEN_FIRST
    search_name, search_title = "found", gettext_lazy("Found applications")
    search_address = "admin:exemptions_application_search"

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """The search, and taking up the next case."""
        return [("search/", self.search_page, "search"), ("next/", self.next_page, "next")]

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Registering applications that did not come in through the portal."""
        return [
            ("register/", self.register_page, "register"),
            ("register/<uuid:key>/", self.registration_page, "registration"),
        ]

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """Only the date column that matters on this worklist."""
        name = "" if self.words(request) else self.worklist(request).name
        others = {DECIDE_BY, *LAST_DAYS.values()} - {LAST_DAYS.get(name, DECIDE_BY)}
        return [one for one in super().columns_for(request) if one not in others]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Application], search_term: str
    ) -> tuple[QuerySet[Application], bool]:
        """Search by number, reference, plate, KvK number or name."""
        return (queryset.filter(pk__in=keys_found(search_term)) if search_term else queryset), False

    def join_tables(self, rows: Any) -> Any:
        return rows.for_list()

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Fill in penalties so far, proposals, what is about to go out, and what the register says."""
        keys = [one.pk for one in rows]
        amounts, going = find_amounts(Application.CASE_TYPE, keys), goes_out(Application.CASE_TYPE, keys)
        waiting = Proposal.objects.filter(settled_at=None, application__in=keys).select_related("ground", "made_by")
        proposals = {proposal.application_id: proposal for proposal in waiting}
        said = list_changes([one.pk for one in rows if getattr(one, "differs_since", None)])
        day_checks.fill_last_days(rows)
        for one in rows:
            one.penalty, one.goes_out, one.proposal, one.register_says = (
                found.get(one.pk) for found in (amounts, going, proposals, said)
            )

    def case_context(self, case: Application, user: User) -> dict[str, Any]:
        return case_page.build_case_page_context(case, user=user)

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page of one application, with the reasons typed at its evidence and not sent yet."""
        application = self.found(request, pk)
        context = self.case_context(application, self.caseworker(request))
        checklist = checklist_form.build_checklist(request, application)
        own: dict[str, Any] = {"checklist": checklist, "proof": [row.item for row in checklist]}
        if context["may_judge"] and may_see_files(request):
            own["opened"] = checklist_form.find_opened_file(request, application, checklist)
        if context["may_judge"]:
            own["to_accept"] = sum(row.is_acceptable for row in checklist)
            own["to_judge"] = sum(row.item.is_to_judge for row in checklist)
        return self.show_case(request, application, {**context, **own})

    def step_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Take a step; the checklist sends all its reasons at once, and a judgement leads to the next item."""
        if name != "judge" or request.method != "POST":
            return super().step_page(request, pk, name)
        application = self.found(request, pk)
        is_for_all = checklist_form.is_for_all(request)
        checklist_form.rewrite_as_step(request, application)
        response = (self.accept_all if is_for_all else super().step_page)(request, pk, name)
        if response.status_code != HTTPStatus.FOUND:
            return response
        return redirect(checklist_form.next_address(application, judged=request.POST.get("item", "")))

    def accept_all(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Accept all evidence that came in."""
        return self.visit_step(
            request, self.found(request, pk), self.desk.by_name[name], page=checklist_form.AllAcceptedPage
        )

    def beside(self, request: HttpRequest, case: Application, form: StepForm) -> dict[str, Any]:
        """The facts of the case and the conditions of its kind, for the panel next to the form of a decision."""
        if not form.beside_template:
            return {}
        return decision_panel.build_deciding_context(case, form, may_see_files=may_see_files(request))

    @method_decorator(never_cache)
    def register_page(self, request: HttpRequest) -> HttpResponse:
        """Ask how an application came in, and list the registrations begun before."""
        return StartPage(request, user=self.registrar(request), site=self.admin_site).respond()

    @method_decorator(never_cache)
    def registration_page(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Continue a registration; one that is complete redirects to the case."""
        user = self.registrar(request)
        seen = Application.objects.to_register(user) | Application.objects.at_desk_of(user).exclude(registration=None)
        draft = get_object_or_404(seen.distinct(), key=key)
        return RegistrationPage(request, draft, user=user, site=self.admin_site).respond()

    def registrar(self, request: HttpRequest) -> User:
        """The user, who handles applications. Raises PermissionDenied for a user who may only see them."""
        user = self.caseworker(request)
        if not user.has_perm("exemptions.handle_application"):
            raise PermissionDenied("may not register applications")
        return user

    def find_only_page(self, request: HttpRequest, words: str) -> str:
        """The page of the only case that matches the words; empty for none, or more than one."""
        if page := find_numbered_page(words, self.caseworker(request)):
            return page
        found = list(self.get_queryset(request).filter(pk__in=keys_found(words)).values_list("pk", flat=True)[:2])
        return reverse(self.desk.address("change"), args=found) if len(found) == 1 else ""

    @method_decorator(require_POST)
    def next_page(self, request: HttpRequest) -> HttpResponse:
        """Take up the next unassigned case and go there; otherwise go back to the new ones, with the reason."""
        user = self.caseworker(request)
        if not user.has_perm("exemptions.handle_application"):
            raise PermissionDenied("may not take up applications")
        try:
            found = allocation.take_next(user)
        except StepRefused as refused:
            messages.warning(request, " ".join(refused.messages))
            return redirect(f"{reverse(self.worklists.address)}?{PARAMETER}=mine")
        if found is None:
            messages.info(request, gettext("Nothing new is waiting for you now."))
            return redirect(f"{reverse(self.worklists.address)}?{PARAMETER}=new")
        messages.success(request, gettext("%(case)s is yours.") % {"case": found})
        return redirect(self.desk.case_address(found))

    @method_decorator(never_cache)
    def search_page(self, request: HttpRequest) -> HttpResponse:
        """Search; the words stay in the session, so that no URL contains a plate and Back works.

        A single result opens at once, on submitting the words, so that Back leads to before the search.
        """
        self.caseworker(request)
        if request.method == "POST" and "action" not in request.POST:
            only = self.find_only_page(request, get_sent_words(request))
            return redirect(only) if only else redirect_to_results(request)
        if not (words := get_searched_words(request)):
            return redirect("admin:index")
        return self.changelist_view(request, {"typed_search": words, "is_too_common": is_too_common(words)})

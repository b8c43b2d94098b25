"""Applications at the desk."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.searches import redirect_to_results, words_searched
from casework.desk.case_admin import CaseAdmin
from casework.desk.files import may_see_files
from exemptions.admin import case_page, judging, lists
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.models import Application


@admin.register(Application)
class ApplicationAdmin(CaseAdmin[Application]):
    """The worklists, the search, the case page, its files and its steps."""

    desk = APPLICATIONS
    case_template = "desk/case.html"

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """The search."""
        return [("search/", self.search_page, "search")]

    def list_context(self, request: HttpRequest, user: User) -> dict[str, Any]:
        """A worklist."""
        return lists.worklist_context(request, user)

    def case_context(self, case: Application, user: User) -> dict[str, Any]:
        """Everything about one application."""
        return case_page.context(case, user=user)

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one application, with the reasons that were typed at its proof and not sent yet."""
        application = self.found(request, pk)
        context = self.case_context(application, self.caseworker(request))
        checklist = judging.checklist(request, application)
        own = {"checklist": checklist, "proof": [row.item for row in checklist]}
        if context["may_judge"] and may_see_files(request):
            own["opened"] = judging.opened(request, application, checklist)
        return self.show_case(request, application, {**context, **own})

    def step_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """A step; the checklist sends all its reasons at once, and after a judgement one goes on to the next item."""
        if name != "judge" or request.method != "POST":
            return super().step_page(request, pk, name)
        application = self.found(request, pk)
        judging.as_step(request, application)
        response = super().step_page(request, pk, name)
        if response.status_code != HTTPStatus.FOUND:
            return response
        return redirect(judging.next_address(application, judged=request.POST.get("item", "")))

    @method_decorator(never_cache)
    def search_page(self, request: HttpRequest) -> HttpResponse:
        """What was searched stays in the session: a plate never stands in an address, and Back works."""
        user = self.caseworker(request)
        if request.method == "POST":
            return redirect_to_results(request)
        if not (words := words_searched(request)):
            return redirect("admin:index")
        return self.page(request, "desk/search.html", lists.search_context(words, user))

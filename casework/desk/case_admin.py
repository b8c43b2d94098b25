"""One case type in Django's admin. Nobody edits a row: everything that happens to a case is a step."""

from typing import Any, ClassVar, Generic

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from accounts.form_recovery import keep_typed
from accounts.middleware import not_as_activity
from accounts.models import User
from casework.desk import files, pending_page, recent_cases
from casework.desk.forms import StepForm
from casework.desk.list_address import keep_list
from casework.desk.presence import note_presence
from casework.desk.step_page import StepPage
from casework.desk.steps import C, CaseDesk, DeskStep
from casework.desk.worklist_admin import WorklistAdmin


class CaseAdmin(WorklistAdmin[C], Generic[C]):
    """The pages of one type of case: its worklists, which are Django's list, the case, its files and its steps."""

    desk: ClassVar[CaseDesk[Any]]
    case_template: ClassVar[str]
    step_route: ClassVar[str] = "<int:pk>/step/<slug:name>/"

    def case_context(self, case: C, user: User) -> dict[str, Any]:
        """What the page of a case shows: `case_page.context`, and what belongs to the case type alone."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """Django's list, and our own pages in place of the forms of the admin."""
        pages: list[tuple[str, Any, str]] = [
            *self.more_pages(),
            ("", self.changelist_view, "changelist"),
            ("<int:pk>/change/", self.case_page, "change"),
            ("<int:pk>/document/<int:document_pk>/", self.document, "document"),
            ("<int:pk>/letter/<int:letter_pk>/", self.letter, "letter"),
            ("<int:pk>/pending/<int:pending_pk>/", self.pending_page, "pending"),
            ("<int:pk>/present/", not_as_activity(self.present_page), "present"),
        ]
        asking = [*self.more_forms(), (self.step_route, self.step_page, "step")]
        return [
            *(path(route, self.guard(view), name=self.named(name)) for route, view, name in pages),
            *(path(route, keep_typed(self.guard(view)), name=self.named(name)) for route, view, name in asking),
        ]

    def guard(self, view: Any) -> Any:
        """A page for who works at the desk; where it leads to knows the list that the case was opened from."""
        return self.admin_site.admin_view(keep_list(view))

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """Further pages of this case type: route, view, and the last part of the name."""
        return []

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Further pages on which somebody types: what was typed survives a login that has expired."""
        return []

    @property
    def permission(self) -> str:
        """What a role needs to come here at all."""
        return self.desk.permission

    def named(self, page: str) -> str:
        """The name of a page within the desk."""
        return self.desk.address(page).removeprefix("admin:")

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one case."""
        case = self.found(request, pk)
        return self.show_case(request, case, self.case_context(case, self.caseworker(request)))

    def show_case(self, request: HttpRequest, case: C, context: dict[str, Any]) -> HttpResponse:
        """The page of a case."""
        recent_cases.remember_case(request.session, case, desk=self.desk)
        own = {
            "title": self.desk.title(case),
            "may_see_files": files.may_see_files(request),
            "others_here": note_presence(case, self.caseworker(request)),
        }
        return self.page(request, self.case_template, {**context, **own})

    def present_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which colleagues have the case open too: a part of its page, which asks for it again and again."""
        others = note_presence(self.found(request, pk), self.caseworker(request))
        return TemplateResponse(request, "desk/case_presence.html", {"others_here": others})

    def document(self, request: HttpRequest, pk: int, document_pk: int) -> HttpResponseBase:
        """A file that was submitted."""
        case = self.found(request, pk)
        return files.serve_document(case, document_pk, desk=self.desk, user=self.caseworker(request))

    def letter(self, request: HttpRequest, pk: int, letter_pk: int) -> HttpResponseBase:
        """A letter as PDF."""
        return files.serve_letter(self.found(request, pk), letter_pk, desk=self.desk, user=self.caseworker(request))

    def step_page(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """The form, preview and taking of a step."""
        step = self.desk.by_name.get(name)
        if step is None:
            raise Http404(f"no step {name}")
        case = self.found(request, pk)
        return self.visit_step(request, case, self.desk.word_button(step, case, self.caseworker(request)))

    def visit_step(
        self, request: HttpRequest, case: C, step: DeskStep, *, page: type[StepPage] = StepPage
    ) -> HttpResponse:
        """What a page of a step answers."""
        visit = page(
            request,
            case,
            step,
            desk=self.desk,
            user=self.caseworker(request),
            site=self.admin_site,
            beside=lambda form: self.beside(request, case, form),
        )
        return visit.respond()

    def beside(self, _request: HttpRequest, _case: C, _form: StepForm) -> dict[str, Any]:
        """What the template that stands beside the form of a step reads."""
        return {}

    def pending_page(self, request: HttpRequest, pk: int, pending_pk: int) -> HttpResponse:
        """The buttons of a step that waits."""
        user = self.caseworker(request)
        return pending_page.respond_to_button(request, self.found(request, pk), pending_pk, desk=self.desk, user=user)

    def found(self, request: HttpRequest, pk: int) -> C:
        """The case, where this user may see it; raises Http404."""
        case: C = get_object_or_404(self.desk.seen(self.caseworker(request)), pk=pk)
        return case

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page of the desk."""
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )

"""Cases before a court at the desk."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from casework.desk import case_page
from casework.desk.case_admin import CaseAdmin
from casework.desk.worklist_admin import StatusFilter, WorklistFilter
from casework.models import Deadline
from objections import worklists as of_appeals
from objections.admin.appeal_steps import APPEALS
from objections.admin.columns import OF_APPEALS
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.forms.court import possible_targets
from objections.admin.registering import LodgingAppeal
from objections.models import Appeal


@admin.register(Appeal)
class AppealAdmin(CaseAdmin[Appeal]):
    """The lists, the case page with its papers and steps, and registering an appeal."""

    desk = APPEALS
    case_template = "desk/appeal.html"
    worklists = of_appeals.APPEALS
    columns = OF_APPEALS
    list_filter = (WorklistFilter, ("status", StatusFilter))

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Registering an appeal about an objection."""
        return [("lodge/<int:pk>/", self.lodge_page, "lodge")]

    def join_tables(self, rows: Any) -> Any:
        """With objection, application and colleague."""
        return rows.for_list().select_related("objection__decision__application__municipality")

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Until when the courts wait for our papers."""
        terms = Deadline.objects.open().filter(case_type=Appeal.CASE_TYPE, kind=Deadline.Kind.COURT_PAPERS)
        due = dict(terms.filter(case_id__in=[one.pk for one in rows]).values_list("case_id", "due"))
        for one in rows:
            one.papers_by = due.get(one.pk)

    def case_context(self, case: Appeal, user: User) -> dict[str, Any]:
        """Everything about one case before a court."""
        application = case.objection.application
        return {
            **case_page.build_context(case, desk=APPEALS, user=user),
            "appeal": case,
            "objection": case.objection,
            "objection_name": OBJECTIONS.title(case.objection),
            "application": application,
            "papers": case.papers.select_related("document"),
            "higher": Appeal.objects.at_desk_of(user).filter(higher_than=case).first(),
            "outcomes": case.objection.decisions.select_related("taken_by", "new_decision"),
            "notes": case.objection.notes.select_related("by").order_by("-at"),
        }

    def lodge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """About an objection that the user may see, for those who keep the appeals; 404 if it cannot be appealed."""
        user = self.caseworker(request)
        objection = get_object_or_404(OBJECTIONS.seen(user), pk=pk)
        if not user.has_perm("objections.handle_appeal"):
            raise PermissionDenied("may not register appeals")
        if not possible_targets(objection):
            raise Http404("nothing to go to court about")
        return LodgingAppeal(request, objection, user=user, site=self.admin_site).respond()

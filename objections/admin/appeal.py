"""Cases before a court at the desk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from casework import deadlines
from casework.desk import case_page, mentions
from casework.desk.case_admin import CaseAdmin
from casework.desk.filters import StatusFilter
from casework.desk.penalties import describe_court_order
from casework.desk.worklist_admin import WorklistFilter
from casework.models import Deadline, EquatedDay
from exemptions.admin.desk_steps import APPLICATIONS
from objections import worklists as of_appeals
from objections.admin.appeal_steps import APPEALS
from objections.admin.case_page import TAKEN
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.forms.court import possible_targets
from objections.admin.registration import AppealRegistration, SilenceAppealRegistration
from objections.admin.worklist_columns import OF_APPEALS
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
        """The forms to register an appeal about an objection, or about our silence on an application."""
        return [
            ("lodge/<int:pk>/", self.lodge_page, "lodge"),
            ("silence/<int:pk>/", self.silence_page, "silence"),
        ]

    def join_tables(self, rows: Any) -> Any:
        """Join objection, application and colleague."""
        return rows.for_list()

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Add the last day for our papers to the court."""
        terms = Deadline.objects.open().filter(case_type=Appeal.CASE_TYPE, kind=Deadline.Kind.COURT_PAPERS)
        due = dict(terms.filter(case_id__in=[one.pk for one in rows]).values_list("case_id", "due"))
        for one in rows:
            one.papers_by = due.get(one.pk)

    def case_context(self, case: Appeal, user: User) -> dict[str, Any]:
        """Everything about one case before a court."""
        objection = case.objection
        return {
            **case_page.build_context(case, desk=APPEALS, user=user),
            "appeal": case,
            "objection": objection,
            "objection_name": OBJECTIONS.title(objection) if objection else "",
            "application": case.application,
            "ordered": describe_court_order(case.contested) if case.has_ended else "",
            "judgment_by": find_judgment_day(case),
            "to_report": case.has_decision_to_report(),
            "papers": case.papers.select_related("document"),
            "higher": Appeal.objects.at_desk_of(user).filter(higher_than=case).first(),
            "outcomes": objection.decisions.select_related(*TAKEN) if objection else (),
            "notes": mentions.list_notes(case),
        }

    def lodge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Register an appeal about an objection. Raises PermissionDenied, or Http404 if it cannot be appealed."""
        user = self.caseworker(request)
        objection = get_object_or_404(OBJECTIONS.seen(user), pk=pk)
        if not user.has_perm("objections.handle_appeal"):
            raise PermissionDenied("may not register appeals")
        if not possible_targets(objection):
            raise Http404("nothing to go to court about")
        return AppealRegistration(request, objection, user=user, site=self.admin_site).respond()

    def silence_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Register an appeal about an application itself. Raises PermissionDenied, or Http404 if impossible."""
        user = self.caseworker(request)
        application = get_object_or_404(APPLICATIONS.seen(user), pk=pk)
        if not user.has_perm("objections.handle_appeal"):
            raise PermissionDenied("may not register appeals")
        if not possible_targets(application):
            raise Http404("nothing to go to court about")
        return SilenceAppealRegistration(request, application, user=user, site=self.admin_site).respond()


def find_judgment_day(appeal: Appeal) -> date | None:
    """The last day for the court's judgment on silence, until it is given (Awb 8:55b); None otherwise."""
    if appeal.against != Appeal.Against.SILENCE or appeal.has_ended or appeal.filed_on is None:
        return None
    return deadlines.silence_judgment_due(appeal.filed_on, calendar=EquatedDay.calendar())

"""Complaints at the desk."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from casework.desk import case_page, mentions
from casework.desk.case_admin import CaseAdmin
from casework.desk.column_kit import Column
from casework.desk.filters import StatusFilter
from casework.desk.pending_steps import goes_out
from casework.desk.snoozes import LAST_DAYS
from casework.desk.worklist_admin import WorklistFilter
from casework.models import Deadline, PostalCopy
from complaints import worklists as of_complaints
from complaints.admin.desk_steps import COMPLAINTS_DESK
from complaints.admin.registration import ComplaintRegistration
from complaints.admin.worklist_columns import OF_COMPLAINTS
from complaints.models import Complaint
from complaints.steps.permissions import HANDLE


@admin.register(Complaint)
class ComplaintAdmin(CaseAdmin[Complaint]):
    """The worklists, a complaint's page with its steps, and the registration of complaints from outside the portal."""

    desk = COMPLAINTS_DESK
    case_template = "desk/complaint.html"
    change_list_template = "desk/complaint_list.html"
    worklists = of_complaints.COMPLAINTS
    columns = OF_COMPLAINTS
    list_filter = (WorklistFilter, ("status", StatusFilter))

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """Registering a complaint."""
        return [("register/", self.register_page, "register")]

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """Show only the day that counts on this list; by default the last day to announce the outcome."""
        counts = LAST_DAYS.get(self.worklist(request).name, "decide_by")
        others = {"decide_by", *LAST_DAYS.values()} - {counts}
        return [one for one in super().columns_for(request) if one.name not in others]

    def join_tables(self, rows: Any) -> Any:
        return rows.for_list()

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Add to each row the letter that is about to be sent."""
        going = goes_out(Complaint.CASE_TYPE, [one.pk for one in rows])
        for one in rows:
            one.goes_out = going.get(one.pk)

    def case_context(self, case: Complaint, user: User) -> dict[str, Any]:
        shared = case_page.build_context(case, desk=COMPLAINTS_DESK, user=user, at_their_place=(case_page.MEND_MAIL,))
        return {
            **shared,
            "complaint": case,
            "decide": case_page.open_due(shared["deadlines"], case, Deadline.Kind.DECIDE_COMPLAINT),
            "is_about_user": case.is_about(user),
            "notes": [] if self.desk.is_withheld(case, user) else mentions.list_notes(case),
            "by_post": PostalCopy.objects.of_dossier(case),
        }

    def register_page(self, request: HttpRequest) -> HttpResponse:
        """The page for registering a complaint, for users who handle complaints."""
        user = self.caseworker(request)
        if not user.has_perm(HANDLE):
            raise PermissionDenied("may not register complaints")
        return ComplaintRegistration(request, user=user, site=self.admin_site).respond()

"""Submissions at the desk."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.desk import case_page, mentions
from casework.desk.case_admin import CaseAdmin
from casework.desk.filters import StatusFilter
from casework.desk.pending_steps import goes_out
from casework.desk.worklist_admin import WorklistFilter
from casework.models import PostalCopy
from complaints.admin.registration import RegistrationRequest
from correspondence import worklists
from correspondence.admin.desk_steps import SUBMISSIONS_DESK, find_successor
from correspondence.admin.forms import RegisterForm
from correspondence.admin.worklist_columns import OF_SUBMISSIONS
from correspondence.models import Submission
from correspondence.steps.permissions import HANDLE


class SubmissionRegistration(RegistrationRequest):
    """A request to the page that registers a submission."""

    model = Submission
    form_class = RegisterForm
    title = _("Register a submission")
    template = "desk/submission_register.html"


@admin.register(Submission)
class SubmissionAdmin(CaseAdmin[Submission]):
    """The worklists, the page of a submission, its steps, and registering one."""

    desk = SUBMISSIONS_DESK
    case_template = "desk/submission.html"
    change_list_template = "desk/submission_list.html"
    worklists = worklists.SUBMISSIONS
    columns = OF_SUBMISSIONS
    list_filter = (WorklistFilter, ("status", StatusFilter))

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """The form to register a submission."""
        return [("register/", self.register_page, "register")]

    def join_tables(self, rows: Any) -> Any:
        """Join dossier and body."""
        return rows.for_list()

    def fill_rows(self, rows: Sequence[Any]) -> None:
        """Add what is about to go out."""
        going = goes_out(Submission.CASE_TYPE, [one.pk for one in rows])
        for one in rows:
            one.goes_out = going.get(one.pk)

    def case_context(self, case: Submission, user: User) -> dict[str, Any]:
        """Everything about one submission."""
        shared = case_page.build_context(case, desk=SUBMISSIONS_DESK, user=user, at_their_place=(case_page.MEND_MAIL,))
        return {
            **shared,
            "submission": case,
            "successor": find_successor(case),
            "notes": mentions.list_notes(case),
            "by_post": PostalCopy.objects.of_dossier(case),
        }

    def register_page(self, request: HttpRequest) -> HttpResponse:
        """Register a submission; raises PermissionDenied for users who do not handle correspondence."""
        user = self.caseworker(request)
        if not user.has_perm(HANDLE):
            raise PermissionDenied("may not register submissions")
        return SubmissionRegistration(request, user=user, site=self.admin_site).respond()

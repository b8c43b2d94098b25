"""Thresholds at the desk: written by one team lead, published by another, and never changed after that."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.form_recovery import take_typed
from accounts.models import User
from casework import clock
from casework.desk import case_page
from casework.desk.case_admin import CaseAdmin
from casework.shared_steps import DOUBLE_CLICK
from exemptions.models import ThresholdVersion
from renewals.admin import threshold_pages as pages
from renewals.admin.threshold_form import TYPED, ThresholdForm
from renewals.admin.threshold_steps import THRESHOLDS_DESK
from renewals.threshold_trial import try_thresholds


@admin.register(ThresholdVersion)
class ThresholdVersionAdmin(CaseAdmin[ThresholdVersion]):
    """The list, a version next to the one before it, and the forms that write and publish one."""

    desk = THRESHOLDS_DESK
    case_template = "desk/threshold_version.html"
    step_route = "<int:pk>/<slug:name>/"

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """A list page of its own, and the trial run of a version."""
        return [("", self.list_page, "changelist"), ("<int:pk>/trial/", self.trial_page, "trial")]

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """The form for a new version."""
        return [("add/", self.add_page, "add")]

    def list_page(self, request: HttpRequest) -> HttpResponse:
        """Every version."""
        return self.page(request, "desk/threshold_list.html", pages.list_context(self.caseworker(request)))

    def trial_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a version would change, before it is published."""
        version = self.found(request, pk)
        about = {"title": _("Trial run"), "version": version, "trial": try_thresholds(version, today=clock.today())}
        return self.page(request, "desk/threshold_trial.html", about)

    def case_context(self, case: ThresholdVersion, user: User) -> dict[str, Any]:
        """One version."""
        return {**case_page.build_context(case, desk=self.desk, user=user), **pages.version_context(case, user)}

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """Write a new draft; a double click makes only one."""
        user = self.caseworker(request)
        if not user.has_perm("exemptions.add_thresholdversion"):
            raise PermissionDenied("may not write thresholds")
        form = ThresholdForm(request.POST if request.method == "POST" else take_typed(request), case=None)
        if request.method == "POST" and form.is_valid():
            draft = find_same_draft(form, by=user) or begin_version(form, by=user)
            return HttpResponseRedirect(self.desk.case_address(draft))
        page = self.page(
            request, "desk/threshold_form.html", {"title": _("New version of the thresholds"), "form": form}
        )
        page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return page


@transaction.atomic
def begin_version(form: ThresholdForm, *, by: User) -> ThresholdVersion:
    """Create and write a draft."""
    draft: ThresholdVersion = ThresholdVersion.objects.begin(**{name: form.cleaned_data[name] for name in TYPED})
    draft.edit(by=by, **form.detail())
    return draft


def find_same_draft(form: ThresholdForm, *, by: User) -> ThresholdVersion | None:
    """The same draft that a first click made a moment ago; None if there is none."""
    same = {name: form.cleaned_data[name] for name in ("valid_from", "source", "reason_nl")}
    recent = ThresholdVersion.objects.filter(published_at=None, made_by=by, made_at__gt=timezone.now() - DOUBLE_CLICK)
    made: ThresholdVersion | None = recent.filter(**same).first()
    return made

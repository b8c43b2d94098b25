"""Thresholds at the desk: the form of each step, and the list that publishing makes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.deadline_words import format_day
from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk, DeskStep
from casework.desk.timeline import build_wording
from exemptions.models import ThresholdVersion
from renewals.admin.threshold_form import ThresholdForm
from renewals.admin.threshold_pages import compare_with_previous
from renewals.models import Renewal
from renewals.publication import publish_thresholds

if TYPE_CHECKING:
    from accounts.models import User


class PublishForm(StepForm):
    """Nothing to fill in: a last look at the differences."""

    above = "desk/threshold_publish.html"


WORDING = build_wording(ThresholdVersion, phrases={"valid_from": _("valid from %(day)s")})


class ThresholdDesk(CaseDesk[ThresholdVersion]):
    """Versions of the thresholds at the desk."""

    model = ThresholdVersion
    forms: ClassVar[Mapping[str, type[StepForm]]] = {"publish": PublishForm, "edit": ThresholdForm}
    back = _("Back")
    changed = _("These thresholds have changed")

    def seen(self, user: "User") -> QuerySet[ThresholdVersion]:
        """Every version, for those who maintain the thresholds."""
        seen: QuerySet[ThresholdVersion] = ThresholdVersion.objects.at_desk_of(user)
        return seen.select_related("dossier", "made_by", "approved_by")

    def title(self, case: ThresholdVersion) -> str:
        """The title, with the first day."""
        return gettext("Thresholds of %(day)s") % {"day": format_day(case.valid_from)}

    def context(self, case: ThresholdVersion) -> dict[str, Any]:
        """Show the differences to whoever publishes."""
        return compare_with_previous(case)

    def take(self, case: ThresholdVersion, step: DeskStep, *, by: "User", detail: dict[str, Any]) -> None:
        """Take a step; publishing also lists the earlier decisions that it affects."""
        if step.name == "publish":
            publish_thresholds(case, by=by)
        else:
            super().take(case, step, by=by, detail=detail)

    def address_after(self, case: ThresholdVersion, step: DeskStep, user: "User") -> str:
        """The URL of the list that publishing made, else the version's own page."""
        run = Renewal.objects.filter(thresholds=case).order_by("-pk").first() if step.name == "publish" else None
        return reverse("admin:renewals_renewal_change", args=[run.pk]) if run else self.case_address(case)


THRESHOLDS_DESK = ThresholdDesk()

"""Runs at the desk: the form of each step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk, DeskStep, Hindrance
from renewals.admin import step_forms
from renewals.admin.numbers import Numbers
from renewals.admin.sample import sample_letters
from renewals.models import Renewal, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User

AT_THE_CASE = ("exclude", "include", "grant_too", "settle")
"""Steps whose button is in the row of a case."""


class RenewalDesk(CaseDesk[Renewal]):
    """Runs at the desk."""

    model = Renewal
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "propose": step_forms.ProposeForm,
        "approve": step_forms.ConfirmForm,
        "start": step_forms.ConfirmForm,
        "stop": StepForm,
        "go_on": StepForm,
        "try_again": step_forms.TryAgainForm,
        "list_again": step_forms.ListForm,
        "send_back": step_forms.RemarkForm,
        "exclude": step_forms.ItemReasonForm,
        "include": step_forms.ItemForm,
        "grant_too": step_forms.GrantTooForm,
        "settle": step_forms.ItemReasonForm,
        "cancel": step_forms.RemarkForm,
    }
    back = _("Back to the run")
    changed = _("This run has changed")

    def seen(self, user: "User") -> QuerySet[Renewal]:
        """All runs, for those who may see runs."""
        seen: QuerySet[Renewal] = Renewal.objects.at_desk_of(user).for_list()
        return seen

    def hindrance(self, step: DeskStep, case: Renewal, user: "User") -> Hindrance | None:
        """Nothing failed, so there is nothing to try again."""
        if step.name == "try_again" and not case.items.left().exists():
            return Hindrance(gettext("Nothing failed, so there is nothing to try again."), moot=True)
        return None

    def context(self, case: Renewal) -> dict[str, Any]:
        """The numbers are above every form; for an approver, one of the letters too."""
        samples = sample_letters(case) if case.status == RenewalStatus.PROPOSED else []
        return {"numbers": Numbers.of(case), "samples": samples, "above": "desk/renewal_summary.html"}


RENEWALS_DESK = RenewalDesk()

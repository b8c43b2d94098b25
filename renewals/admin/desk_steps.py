"""Runs at the desk: the form of each step, its wording, and a sample of the letters before they go out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk, DeskStep, Hindrance
from casework.desk.timeline import build_wording
from casework.letter_pdfs import render_letter_html
from casework.models import Letter
from casework.steps import StepRefused, rehearse_step
from exemptions.steps.revision import Cause
from renewals import execution
from renewals.admin import step_forms
from renewals.admin.numbers import Numbers
from renewals.models import Action, Renewal, RenewalItem, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User

WORDING = build_wording(
    Renewal,
    sorts={"item": RenewalItem.objects.select_related("decision__application__dossier").all},
)
"""The wording of the steps and their details."""
SHOWN = 50
"""The number of cases shown above a form; the page of the run has all of them."""
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
        """Show the numbers and the list above every form, and for an approver sample letters too."""
        samples = sample_letters(case) if case.status == RenewalStatus.PROPOSED else []
        about = ("decision__application__dossier", "decision__application__applicant")
        return {
            "numbers": Numbers.of(case),
            "listed": case.items.waiting().select_related(*about).order_by("pk")[:SHOWN],
            "samples": samples,
            "above": "desk/renewal_summary.html",
        }


RENEWALS_DESK = RenewalDesk()


def sample_letters(renewal: Renewal) -> list[tuple[Letter, SafeString]]:
    """The letters of the first case on the list, word for word; empty if that case cannot be decided."""
    items = renewal.items.waiting().exclude(action=Action.LOOK)
    item = items.select_related("run__kind", "decision__application", "decision__exemption").order_by("pk").first()
    if item is None:
        return []
    try:
        letters = letters_of(item)
    except (StepRefused, TransitionNotAllowed, DatabaseError):
        return []
    return [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in letters]


def letters_of(item: RenewalItem) -> list[Letter]:
    """The letters that the step would place."""
    application = item.decision.application
    if item.action == Action.TELL:
        about = {
            "exemption": item.decision.exemption,
            "access_until": item.access_until,
            "reason": execution.explain_item(item, application),
        }
        return rehearse_step(application, "tell_needless", by=None, **about).letters
    new = execution.as_approved(item, application)
    return rehearse_step(
        application,
        "revise",
        by=None,
        cause=Cause.RENEWAL,
        kind=item.run.kind,
        ground=new.ground,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        explanation=new.explanation,
    ).letters

"""Runs at the desk: the word on each step's button, and its form."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.steps import CaseDesk, DeskStep, Hindrance
from renewals.admin import step_forms as forms
from renewals.admin.numbers import Numbers
from renewals.admin.sample import sample_letters
from renewals.models import Renewal, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User

AT_THE_CASE = ("exclude", "include", "grant_too", "settle")
"""Steps whose button stands in the row of a case."""
STEPS = (
    DeskStep(
        "propose",
        _("Put up for approval"),
        _("The list is right: a colleague looks at it before anything is decided."),
        forms.ProposeForm,
        main=True,
    ),
    DeskStep(
        "approve",
        _("Approve"),
        _("You take these decisions. Each one is made when its case is reached."),
        forms.ConfirmForm,
        main=True,
    ),
    DeskStep(
        "start",
        _("Start"),
        _("The decisions are taken and the letters placed, one case after the other; it begins within a minute."),
        forms.ConfirmForm,
        main=True,
    ),
    DeskStep("stop", _("Stop"), _("No further decision is taken; what was decided stays."), main=True),
    DeskStep("go_on", _("Continue"), _("The run continues where it stopped."), main=True),
    DeskStep(
        "try_again",
        _("Try again"),
        _("The run comes to these cases once more. Without a case: to every case that failed."),
        forms.TryAgainForm,
        prefilled=("item",),
    ),
    DeskStep(
        "list_again",
        _("Make the list again"),
        _("Decisions are looked through anew; what was left out stays left out. Nothing is decided."),
        forms.ListForm,
    ),
    DeskStep(
        "send_back",
        _("Send back"),
        _("The list is not right yet: it can be changed again."),
        forms.RemarkForm,
    ),
    DeskStep(
        "exclude",
        _("Leave out"),
        _("This case gets nothing from this run."),
        forms.ItemReasonForm,
        prefilled=("item",),
    ),
    DeskStep(
        "include", _("Include again"), _("This case is in the run after all."), forms.ItemForm, prefilled=("item",)
    ),
    DeskStep(
        "grant_too",
        _("Grant too"),
        _("You looked at this case: it is granted with the others."),
        forms.GrantTooForm,
        prefilled=("item",),
    ),
    DeskStep(
        "settle",
        _("Settled by hand"),
        _("A person dealt with this case: it is off the list of what is left."),
        forms.ItemReasonForm,
        prefilled=("item",),
    ),
    DeskStep(
        "cancel",
        _("Cancel the run"),
        _("Nobody is decided on again with this list."),
        forms.RemarkForm,
        rare=True,
    ),
)


class RenewalDesk(CaseDesk[Renewal]):
    """Runs at the desk."""

    model = Renewal
    steps = STEPS
    back = _("Back to the run")
    changed = _("This run has changed")

    def seen(self, user: "User") -> QuerySet[Renewal]:
        """All runs, for who may see runs."""
        seen: QuerySet[Renewal] = Renewal.objects.at_desk_of(user).for_list()
        return seen

    def hindrance(self, step: DeskStep, case: Renewal, user: "User") -> Hindrance | None:
        """Nothing failed, so there is nothing to try again."""
        if step.name == "try_again" and not case.items.left().exists():
            return Hindrance(gettext("Nothing failed, so there is nothing to try again."), moot=True)
        return None

    def context(self, case: Renewal) -> dict[str, Any]:
        """The numbers stand above every form; where somebody is to approve, one of the letters too."""
        samples = sample_letters(case) if case.status == RenewalStatus.PROPOSED else []
        return {"numbers": Numbers.of(case), "samples": samples, "above": "desk/renewal_summary.html"}


RENEWALS_DESK = RenewalDesk()

"""The forms of the steps of a run."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.desk.forms import LongText, StepForm, day_input
from renewals.models import Renewal, RenewalItem


class ItemChoice(forms.ModelChoiceField[RenewalItem]):
    """One case of the run: only the one that the link named."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(RenewalItem.objects.none(), label=_("Case"), required=required, empty_label=None)

    def label_from_instance(self, obj: RenewalItem) -> str:
        """The case and its applicant."""
        return f"{obj} – {obj.decision.application.applicant or ''}"


class ItemForm(StepForm):
    """A step about one case of the list."""

    item = ItemChoice()

    def prepare(self) -> None:
        """Offer only the case that was named, because nobody can choose from a list of ten thousand."""
        named = str(self.data.get("item") or self.initial.get("item") or "")
        rows = self.case.items.select_related("decision__application__dossier", "decision__application__applicant")
        chosen = rows.filter(pk=named) if named.isdecimal() and len(named) < 19 else rows.none()
        field = self.fields["item"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = chosen


class ItemReasonForm(ItemForm):
    """Which case, and why."""

    because = LongText(label=_("Why"), help_text=_("For colleagues; it stays with the case."))


class GrantTooForm(ItemForm):
    """Which case, and the findings of the person who looked at it."""

    because = LongText(
        label=_("What you found"), help_text=_("For instance the value that nobody knew. It stands in the letter.")
    )


class TryAgainForm(ItemForm):
    """One case, or every case that failed."""

    item = ItemChoice(required=False)


class ListForm(StepForm):
    """The first day of the exemptions."""

    starts_on = forms.DateField(
        label=_("First day of what is granted"),
        widget=day_input(),
        required=False,
        help_text=_("May lie in the past. Empty: the day on which each decision is taken."),
    )

    @staticmethod
    def usual(renewal: Renewal) -> dict[str, Any]:
        return {"starts_on": renewal.starts_on}


class ProposeForm(StepForm):
    """The explanation in every letter, and a last day for cases without one."""

    explanation_nl = LongText(
        label=_("Explanation in Dutch"), help_text=_("What changed and why. It stands in every letter."), rows=6
    )
    explanation_en = LongText(label=_("Explanation in English"), required=False, rows=6)
    ends_on = forms.DateField(
        label=_("Last day if nothing else sets one"),
        widget=day_input(),
        required=False,
        help_text=_("For cases in which neither the requested period, nor the kind, nor the vehicle sets an end."),
    )

    @staticmethod
    def usual(renewal: Renewal) -> dict[str, Any]:
        return {name: getattr(renewal, name) for name in ("explanation_nl", "explanation_en", "ends_on")}


class RemarkForm(StepForm):
    """A remark for a colleague."""

    remark = LongText(label=_("Remark"), help_text=_("For colleagues."))


class ConfirmForm(StepForm):
    """A confirmation, because the step affects many cases."""

    sure = forms.BooleanField(label=_("I have looked at the list and at the numbers above."))

    def detail(self) -> dict[str, Any]:
        return {}

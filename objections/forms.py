"""Forms of the objector's side: the objection (Awb 6:5), and the answers to our questions about it.

Any number of files can be sent at once, each checked by itself.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import CheckedFile, check_upload
from exemptions.forms.answer import make_paragraphs_field
from exemptions.forms.evidence import FilesField
from exemptions.models import Decision
from objections.portal.drafts import WORDS


class RequestedText(forms.CharField):
    """Text marked as required, although the form or the step itself checks whether it may be missing."""

    def validate(self, value: Any) -> None:
        """Skip the check, because a draft may lack the text, and files may contain it instead."""


class WithFiles(forms.Form):
    """A form with files. `checked` has the accepted ones, even if others were refused."""

    use_required_attribute = False

    added = FilesField(label=gettext_lazy("Add files"), required=False)

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.checked: list[CheckedFile] = []

    def clean_added(self) -> list[CheckedFile]:
        """Check every file by itself, with an error message for each that is refused."""
        refused = []
        for upload in self.cleaned_data.get("added") or []:
            try:
                self.checked.append(check_upload(upload, by=self.by))
            except FileRefused as why:
                refused.append(why)
        if refused:
            raise forms.ValidationError(refused)
        return self.checked


LONGEST = 20_000  # characters; about eight pages


class ObjectionForm(WithFiles):
    """Grounds, files, why it is late, and two wishes. Only `to_send` requires what an objection must have."""

    grounds = RequestedText(
        label=gettext_lazy("Why do you disagree with the decision?"),
        help_text=gettext_lazy(
            "Write in your own words what is wrong with our decision, and what it should be. For "
            "example: which fact is incorrect, what we did not know, or why your situation is "
            "different."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LONGEST,
    )
    pro_forma = forms.BooleanField(
        label=gettext_lazy("I will send my reasons later."),
        help_text=gettext_lazy(
            "If there is little time left, send your objection now. We will write to tell you until "
            "when you can send your reasons."
        ),
        required=False,
    )
    late_reason = RequestedText(
        label=gettext_lazy("Why are you late?"),
        help_text=gettext_lazy(
            "For example: the letter reached you too late, or you were in hospital. You can add proof"
            " below. A person will look at your reason."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    contests_penalty = forms.BooleanField(
        label=gettext_lazy("I also disagree with the penalty."),
        help_text=gettext_lazy("Write above why. We then decide on both together."),
        required=False,
    )
    direct_appeal_asked = forms.BooleanField(
        label=gettext_lazy("I want to go directly to the court, without a decision on my objection."), required=False
    )
    costs_asked = forms.BooleanField(label=gettext_lazy("I ask you to pay the costs of my objection."), required=False)

    field_order = ("grounds", "pro_forma", "contests_penalty", "late_reason", "added")

    def __init__(
        self, *args: Any, is_late: bool, penalty: Decision | None = None, to_send: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.to_send, self.penalty = to_send, penalty
        if penalty is None:
            del self.fields["contests_penalty"]
        if not is_late:
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        """Require reasons or the wish to send them later, and why it is late, when it is to be sent."""
        data = super().clean() or {}
        if self.to_send:
            if not data.get("grounds") and not data.get("pro_forma") and "grounds" not in self.errors:
                self.add_error("grounds", _("Write down why you disagree, or choose to send your reasons later."))
            if "late_reason" in self.fields and not data.get("late_reason") and "late_reason" not in self.errors:
                self.add_error("late_reason", _("Tell us why you are late. Otherwise we cannot assess your reason."))
        return data

    def words(self) -> dict[str, Any]:
        """The values to store: all that could be read."""
        kept = {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}
        return {**kept, "penalty": self.penalty if self.cleaned_data.get("contests_penalty") else None}


class SendForm(forms.Form):
    """Nothing to fill in: a logged-in user signs by sending (Awb 2:15)."""


class RepairForm(WithFiles):
    """What was missing, in words or as files; the step itself checks that there is either."""

    answer = RequestedText(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Write down what we asked for. You may also add it as a file."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LONGEST,
    )
    field_order = ("answer", "added")


class PapersForm(WithFiles):
    """Papers to add to the file."""


class HearingForm(forms.Form):
    """Whether the objector wants to be heard (Awb 7:2)."""

    wants = forms.ChoiceField(
        label=gettext_lazy("Do you want to tell your side at a hearing?"),
        choices=[("yes", gettext_lazy("Yes, I want a hearing")), ("no", gettext_lazy("No, I do not need a hearing"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    reply = make_paragraphs_field(
        label=gettext_lazy("Anything we should know?"),
        help_text=gettext_lazy(
            "For example, days on which you cannot come, or that you need an interpreter or step-free access."
        ),
        required=False,
    )


class DeclineHearingForm(forms.Form):
    """The invited objector does not want to be heard after all (Awb 7:3(c))."""

    sure = forms.BooleanField(
        label=_("I no longer want a hearing."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
    reply = make_paragraphs_field(
        label=_("Anything we should know?"), help_text=_("You do not have to tell us why."), required=False
    )


class CostsForm(forms.Form):
    """Asking for the costs of the objection (Awb 7:15): nothing to fill in."""


class PenaltyForm(forms.Form):
    """Disagreeing with the penalty too (Awb 4:19): nothing to fill in."""


class WithdrawForm(forms.Form):
    """Taking the objection back (Awb 6:21)."""

    reason = make_paragraphs_field(
        label=gettext_lazy("Why are you withdrawing your objection?"),
        help_text=gettext_lazy("It helps us to improve. You do not have to tell us."),
        required=False,
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I want to withdraw this objection."),
        error_messages={"required": gettext_lazy("Tick the box if you are sure.")},
    )

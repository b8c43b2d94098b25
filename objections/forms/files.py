"""Files that come with an objection: any number at once, each looked into by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exemptions.forms.evidence import FilesField
from exemptions.intake import uploads


class RequestedText(forms.CharField):
    """Words that are asked, where the form or the step itself looks whether they may stay away."""

    def validate(self, value: Any) -> None:
        """Not here: a draft may go without, and files may say the same."""


class WithFiles(forms.Form):
    """A form with files. `checked` has the good ones, also where others were refused."""

    use_required_attribute = False

    added = FilesField(label=_("Add files"), required=False)

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.checked: list[uploads.CheckedFile] = []

    def clean_added(self) -> list[uploads.CheckedFile]:
        """Every file by itself: each that is refused has its own sentence."""
        refused = []
        for upload in self.cleaned_data.get("added") or []:
            try:
                self.checked.append(uploads.check_upload(upload, by=self.by))
            except uploads.FileRefused as why:
                refused.append(why)
        if refused:
            raise forms.ValidationError(refused)
        return self.checked

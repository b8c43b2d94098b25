"""The forms for a spreadsheet with returns: to upload it, and to accept what was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.uploads.upload_checks import get_upload_limit_mb

ACCEPT = ".xlsx,.csv"


class UploadForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Your spreadsheet"),
        allow_empty_file=True,  # our own message says what to do
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("Excel (.xlsx) or CSV, at most %(size)s MB.") % {
            "size": get_upload_limit_mb()
        }


class AcceptForm(forms.Form):
    """Accept what was read. Rows with errors are left out only if the user ticks a box for it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, left_out: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left_out:
            self.fields["leave_out"] = forms.BooleanField(
                label=ngettext(
                    "Leave out the %(count)s row with errors, and accept only the others.",
                    "Leave out the %(count)s rows with errors, and accept only the others.",
                    left_out,
                )
                % {"count": left_out},
                error_messages={
                    "required": _("Correct the file and upload it again, or tick the box to leave these rows out.")
                },
            )

"""The form for photos from a telephone: for which item of the evidence, and the files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.uploads.upload_checks import CheckedFile, upload_limits
from exemptions.forms.evidence import FileInput, FilesField, FilesForm, field_name
from exemptions.models import EvidenceItem


class PhotoForm(forms.Form):
    """Files for one item, checked as on the evidence screen. `checked` has the good ones."""

    use_required_attribute = False

    item = forms.ChoiceField(label=gettext_lazy("What is on the photo?"), widget=forms.RadioSelect)
    photos = FilesField(label=gettext_lazy("Your photos or files"), widget=FileInput())

    def __init__(self, *args: Any, items: Sequence[EvidenceItem], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.checked = by, list[CheckedFile]()
        self.items = {item.requirement.code: item for item in items}
        self.fields["item"].choices = [(code, str(item.requirement)) for code, item in self.items.items()]  # type: ignore[attr-defined]
        self.fields["item"].error_messages["required"] = _("Choose what is on the photo.")
        self.fields["photos"].error_messages["required"] = _("Take a photo or choose a file first.")
        self.fields["photos"].help_text = upload_limits()

    @property
    def item_chosen(self) -> EvidenceItem:
        """The chosen item, of a form in which at least that choice is valid."""
        return self.items[self.cleaned_data["item"]]

    def clean(self) -> dict[str, Any]:
        """Check each file separately."""
        data = super().clean() or {}
        if not data.get("photos"):
            self.add_error("photos", self.fields["photos"].error_messages["required"])
            return data
        if "item" not in data:
            self.add_error("photos", _("Add your photos or files again: they have not been sent yet."))
            return data
        name = field_name(self.items[data["item"]])
        checklist = FilesForm({}, MultiValueDict({name: data["photos"]}), items=[self.items[data["item"]]], by=self.by)
        if not checklist.is_valid():
            self.add_error("photos", checklist.errors.as_data()[name])
        self.checked = checklist.checked[name]
        return data

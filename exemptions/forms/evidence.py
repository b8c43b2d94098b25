"""Forms for the checklist: files for each of its items."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import User
from casework.uploads.file_types import XLSX
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import ACCEPT, CheckedFile, check_upload, limits_per_item
from exemptions.blank_forms import form_reader
from exemptions.models import EvidenceItem
from exemptions.models.kind import BLANK_FORMS


class FileInput(forms.FileInput):
    """An input for several files, of the types that we accept."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs or {"multiple": True, "accept": ACCEPT})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All files, where Django returns only the last."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


class FilesField(forms.Field):
    """Files that are checked one by one: each refused file gets its own message, and the others are kept."""

    widget = FileInput

    def clean(self, value: list[Any]) -> list[Any]:
        """The uploads as they are; `FilesForm` checks them."""
        return value or []


class FilesForm(forms.Form):
    """One file field for each item of the checklist. `checked` has the good files, even if others were refused."""

    use_required_attribute = False  # a file that was added earlier counts too

    def __init__(self, *args: Any, items: Sequence[EvidenceItem], by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.items = {field_name(item): item for item in items}
        self.checked: dict[str, list[CheckedFile]] = {}
        for name, item in self.items.items():
            self.fields[name] = FilesField(
                label=str(item.requirement), help_text=item.requirement.text("help"), required=item.requirement.required
            )

    def clean(self) -> dict[str, Any]:
        """Check each file separately."""
        data = super().clean() or {}
        for name in (name for name, field in self.fields.items() if isinstance(field, FilesField)):
            self.checked[name] = []
            for upload in data.get(name, []):
                try:
                    self.checked[name].append(self.check(name, upload))
                except FileRefused as refused:
                    self.add_error(name, refused)
        return data

    def check(self, name: str, upload: Any) -> CheckedFile:
        """A file that may be kept; a spreadsheet for a form of ours must be that form, filled in. Raises FileRefused.

        Paper is accepted too: a caseworker reads a scan of the form.
        """
        checked = check_upload(upload, by=self.by)
        if name in self.items:
            refuse_unreadable_form(self.items[name], checked)
        return checked


class DropForm(FilesForm):
    """The checklist with one area for all files, which are sorted on arrival, and a field for each item."""

    proof = FilesField(label=gettext_lazy("Choose files"), required=False)
    photo = FilesField(
        label=gettext_lazy("Take a photo"),
        required=False,
        widget=FileInput({"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].help_text = limits_per_item()

    @property
    def unsorted(self) -> list[CheckedFile]:
        """The good files that were dropped, chosen or photographed without an item."""
        return [*self.checked.get("proof", []), *self.checked.get("photo", [])]


def refuse_unreadable_form(item: EvidenceItem, checked: CheckedFile) -> None:
    """Refuse a spreadsheet that is not the form of ours that the item asks for. Raises FileRefused."""
    if item.requirement.code in BLANK_FORMS and checked.content_type == XLSX:
        form_reader.read_answers(checked.content, name=checked.name)


def field_name(item: EvidenceItem) -> str:
    """The field's name, equal to the one from `completeness.find_missing`, so that its errors link to the field."""
    return f"item-{item.requirement.code}"

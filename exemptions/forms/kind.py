"""Which exemption somebody asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from exemptions.models import Kind


class KindForm(forms.Form):
    """One of the kinds that fit."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which exemption do you ask?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the exemption you need."),
            "invalid_choice": gettext_lazy("This exemption does not fit your vehicle or your organisation. Choose another."),
        },
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code: kind for kind in kinds}
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, str(kind)) for code, kind in self.kinds.items()]

    def chosen(self) -> Kind:
        """The kind, once the form is valid."""
        return self.kinds[self.cleaned_data["kind"]]

"""The form that asks which exemption somebody wants."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from exemptions.intake.kind_cards import KindCard
from exemptions.models import KindVersion


class KindForm(forms.Form):
    """A choice between the kinds that fit."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Which exemption are you applying for?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the exemption you need."),
            "invalid_choice": gettext_lazy(
                "This exemption does not fit your vehicle or your organisation. Choose another."
            ),
        },
    )

    def __init__(self, *args: Any, cards: Sequence[KindCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = {card.kind.code: card for card in cards}
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, str(card.kind)) for code, card in self.cards.items()]

    def chosen(self) -> KindVersion:
        """The kind chosen in a valid form."""
        return self.cards[self.cleaned_data["kind"]].kind

    def with_cards(self) -> Iterator[tuple[Any, KindCard]]:
        """Each radio button with its card."""
        return zip(self["kind"], self.cards.values(), strict=True)

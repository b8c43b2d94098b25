"""The form of a request for a view: for each piece of data, what the applicant gave and what we found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework.current_policy import term_from_today
from casework.desk.forms import LetterText
from exemptions import differences
from exemptions.admin.fields import TermField
from exemptions.admin.step_forms import BesideCaseForm
from exemptions.models import Application, TextBlock
from exemptions.models.completion import Difference
from exemptions.steps.completion import least_answer_days

BY_HAND = 3
"""How many differences can be typed, besides those between our own versions of the facts."""


@dataclass(frozen=True)
class DifferenceRow:
    """The fields of one difference. `is_folded`: collapsed, because nothing is filled in."""

    number: int
    fields: list[forms.BoundField]

    @property
    def is_folded(self) -> bool:
        """Whether to collapse it; the first row is always open, and so is one with content or errors."""
        return self.number > 1 and not any(field.value() or field.errors for field in self.fields)


class HearingForm(BesideCaseForm):
    """Which data differ, and until when the applicant can give a view."""

    fields_template = "desk/hearing_fields.html"
    takes_blocks = "differing_data"
    block_use = TextBlock.Use.VIEW

    differing_data = LetterText(
        label=_("Explanation in the letter"), help_text=_("Stands below the table with the data."), required=False
    )
    ends_on = TermField(least_days=least_answer_days)

    @staticmethod
    def usual(_application: Application) -> dict[str, Any]:
        return {"ends_on": term_from_today("view_days")}

    def prepare(self) -> None:
        """Add fields: known differences, ticked and in the language of the letter; then rows to fill in."""
        with override(self.application.language):
            self.known = differences.of_vehicle(self.application)
        fields: dict[str, forms.Field] = {}
        for number, one in enumerate(self.known):
            label = gettext("%(what)s: filled in as %(given)s; found: %(found)s") % vars(one)
            fields[f"known_{number}"] = forms.BooleanField(label=label, required=False, initial=True)
        for number in range(1, BY_HAND + 1):
            fields.update(row_of(number))
        self.fields = {**fields, **self.fields}

    @property
    def known_fields(self) -> list[forms.BoundField]:
        """The tickboxes for the differences between our versions of the facts."""
        return [self[f"known_{number}"] for number in range(len(self.known))]

    @property
    def rows(self) -> list[DifferenceRow]:
        """The rows for typed differences."""
        return [DifferenceRow(number, [self[name] for name in row_of(number)]) for number in range(1, BY_HAND + 1)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields that are not repeated."""
        return [self[name] for name in self.base_fields]

    def by_hand(self) -> Iterator[tuple[int, Difference]]:
        """The typed rows that are not empty."""
        for number in range(1, BY_HAND + 1):
            row = Difference(*(self.cleaned_data.get(f"{part}_{number}", "") for part in ("what", "given", "found")))
            if any((row.what, row.given, row.found)):
                yield number, row

    def named(self) -> list[Difference]:
        """Every difference that was ticked or typed."""
        ticked = [one for number, one in enumerate(self.known) if self.cleaned_data.get(f"known_{number}")]
        return [*ticked, *(row for _number, row in self.by_hand())]

    def clean(self) -> dict[str, Any]:
        """Require each typed row to be complete, and at least one difference."""
        for number, row in self.by_hand():
            for part in ("what", "given", "found"):
                if not getattr(row, part):
                    self.add_error(f"{part}_{number}", gettext("Fill this in too: the applicant reads the whole row."))
        if not self.named():
            self.add_error(
                None, gettext("Name at least one piece of data: what the applicant gave, and what you found where.")
            )
        return self.cleaned_data

    def detail(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("differing_data", "ends_on")}
        return {**kept, "differences": self.named()}


def row_of(number: int) -> dict[str, forms.Field]:
    """Three fields: which data, what was given, what was found."""
    labels = {
        "what": _("Which piece of data"),
        "given": _("What the applicant filled in or sent"),
        "found": _("What you found, and where"),
    }
    return {f"{part}_{number}": RowText(label, number=number) for part, label in labels.items()}


class RowText(forms.CharField):
    """One cell of a row. Required only if its row is used, so the page does not call it optional."""

    needed_sometimes = True

    def __init__(self, label: Any, *, number: int) -> None:
        numbered = format_html("{} ({})", label, number)
        super().__init__(label=numbered, required=False, max_length=300)

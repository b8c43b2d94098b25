"""Forms for the days, details and words of a letter."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import day_field, refuse_far
from reporting.forms import MISSING, PeriodForm, WritableField
from reporting.letter import block_parser, template_language
from reporting.letter.chapters import Chapter
from reporting.letter.tables import can_be_placed
from reporting.letter.template_language import BadText
from reporting.models import ReportToParliament
from reporting.period import Period
from reporting.selection import CUTS


class BeginForm(PeriodForm):
    """A new letter: its period, and its date. A letter covers all cases, so the filters are left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CUTS:
            del self.fields[name]
        self.fields["letter_on"] = day_field(label=_("Date of the letter"))
        self.fields["letter_on"].error_messages.update(MISSING)

    def clean_letter_on(self) -> date:
        return refuse_far(self.cleaned_data["letter_on"])


class DetailsForm(BeginForm):
    """The period with title, number and signature, and `seen`: the stamp of the details that the editor began with."""

    title = WritableField(label=gettext_lazy("Title"), max_length=200, strip=True)
    number = forms.IntegerField(
        label=gettext_lazy("Which letter of the series it is"),
        help_text=gettext_lazy(
            "4 for the fourth letter since the motion. Leave it empty to leave it out of the letter."
        ),
        min_value=1,
        max_value=999,
        required=False,
    )
    signed_by = WritableField(label=gettext_lazy("Who signs"), max_length=200, required=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def details(self) -> dict[str, Any]:
        """The details as keyword arguments for the step."""
        period = self.period
        days = {"first": period.first, "last": period.last, "as_of": period.as_of}
        return {
            **days,
            **{name: self.cleaned_data[name] for name in ("letter_on", "title", "number", "signed_by", "seen")},
        }


LONGEST = 50_000
"""The maximum number of characters of a typed text that is kept as a former text."""


class TextForm(forms.Form):
    """The words of one block, and `seen`: the stamp of the words that the editor began with."""

    body = WritableField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true", "class": "letter-text"}),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """Check that the words can be filled in, and that their charts and tables exist."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()
        try:
            template_language.check_text(body)
        except BadText as error:
            raise ValidationError(str(error), code="bad") from error
        for what, name in block_parser.find_placed_pictures(body):
            if not can_be_placed(what, name):
                raise ValidationError(_("There is no “%(what)s”."), code="unknown", params={"what": f"[{what} {name}]"})
        return body


def begin_answers(period: Period, *, letter_on: date) -> dict[str, date]:
    """The initial data of the form for a new letter."""
    return {"from": period.first, "to": period.last, "as_of": period.as_of, "letter_on": letter_on}


def details_of(report: ReportToParliament) -> dict[str, Any]:
    """The initial data of the form with a letter's details."""
    said = {"title": report.title, "number": report.number, "signed_by": report.signed_by}
    return {**begin_answers(report.period, letter_on=report.letter_on), **said, "seen": report.details_stamp()}


def words_now(report: ReportToParliament, chapter: Chapter) -> str:
    """The current words of a chapter: the editor's, else the standard ones; empty for a text without those."""
    words = report.words_of(chapter.slug)
    return ("" if chapter.asks else chapter.standard) if words is None else words

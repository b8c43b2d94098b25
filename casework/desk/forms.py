"""The forms of steps at the desk, and the language of the letter that they write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.desk.workload import describe_absence, describe_load, with_absence, with_load

if TYPE_CHECKING:
    from django.forms.widgets import Widget

    from accounts.models import User
    from casework.models import AwbCase


GOES_OUT: Mapping[str, str | Promise] = {
    "nl": _("This letter goes out in Dutch."),
    "en": _("This letter goes out in English."),
}
WRITE: Mapping[str, str | Promise] = {"nl": _("Write in Dutch."), "en": _("Write in English.")}


@dataclass(frozen=True)
class LetterLanguage:
    """A language as the desk's pages name it."""

    code: str

    @property
    def goes_out(self) -> str:
        """Above the form and the letter."""
        return str(GOES_OUT[self.code])

    @property
    def write(self) -> str:
        """At every text that appears in the letter."""
        return str(WRITE[self.code])

    @property
    def is_another(self) -> bool:
        """Not the one in which the reader sees the desk: easily overlooked."""
        return not (get_language() or "").startswith(self.code)

    def mark(self, form: "StepForm") -> None:
        """Tell the browser too: its spelling checker and a screen reader follow the language of a field."""
        for field in form.fields.values():
            if getattr(field, "in_letter", False):
                field.widget.attrs["lang"] = self.code


@runtime_checkable
class CaseChoiceField(Protocol):
    """A field whose list depends on the case."""

    def offer_for(self, case: Any, /) -> None:
        """Fill the list for one case."""


class StepForm(forms.Form):
    """A step without anything to fill in; the others add their fields. `user`: who fills it in, on the step's page.

    `above`: a template that stands above the fields and reads the form. `doubts`: what speaks against the step as it is
    filled in; a form that finds any asks why it is taken all the same. `fields_template`: shows the fields, one
    below the other where a form has no other.
    """

    user: "User | None" = None
    above = ""
    beside_template = ""
    """A template with the case, which stands beside the form."""
    shows_letter = False
    """Whether the letter stands beside the form too, and follows what is filled in."""
    explained_anew: tuple[str, ...] = ()
    """The fields whose help depends on what is filled in elsewhere."""
    takes_blocks = ""
    """The field into which text blocks are inserted."""
    fields_template = "desk/fields.html"
    doubts: Sequence[str] = ()

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        self.case = case
        kwargs["initial"] = {**self.usual(case), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CaseChoiceField):
                field.offer_for(case)
        self.prepare()

    @property
    def writes_letter(self) -> bool:
        """Whether something typed here appears in a letter."""
        return any(getattr(field, "in_letter", False) for field in self.fields.values())

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        """What is filled in beforehand."""
        return {}

    def prepare(self) -> None:
        """Fields that depend on the case."""

    def detail(self) -> dict[str, Any]:
        """The step's own parameters."""
        return dict(self.cleaned_data)


class LongText(forms.CharField):
    """Several lines of words."""

    def __init__(
        self, *, rows: int = 4, label: StrOrPromise, help_text: StrOrPromise = "", required: bool = True
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, help_text=help_text, required=required, widget=widget)


class LetterText(LongText):
    """Words that appear in a letter, or lead to it: to be written in the language of the letter."""

    in_letter = True


class ColleagueField(forms.ModelChoiceField["User"]):
    """Who is to have the case, among those to whom it may be given: each with what they have in hand, or away."""

    def __init__(self) -> None:
        super().__init__(None, label=_("Colleague"), empty_label=_("Choose a colleague"))

    def offer_for(self, case: "AwbCase") -> None:
        """The colleagues of one case."""
        self.queryset = with_load(case.assignees(), cases=type(case), today=timezone.localdate())

    def label_from_instance(self, obj: "User") -> str:
        return describe_load(obj)


class ReaderField(forms.ModelChoiceField["User"]):
    """Which colleague is to read a note, among those who can answer it; whoever is away stands there as such."""

    def __init__(self) -> None:
        help_text = _("They find it on their start page, until they say that they read it or write a note themselves.")
        super().__init__(None, label=_("For a colleague"), help_text=help_text, required=False, empty_label=_("nobody"))

    def offer_for(self, case: Any) -> None:
        """The colleagues of one case."""
        self.queryset = with_absence(case.handlers(), today=timezone.localdate())

    def label_from_instance(self, obj: "User") -> str:
        return describe_absence(obj)


class BaseNoteForm(StepForm):
    """A remark for colleagues, and who of them is to read it. A sort of case says in `text` who does not see it."""

    text: LongText
    to = ReaderField()
    field_order = ("text", "to")

    def detail(self) -> dict[str, Any]:
        """Whom it is for, where it is for somebody."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class AssignForm(StepForm):
    """To whom."""

    to = ColleagueField()


Bound = Callable[[Any], date | None] | None
"""A day that the case, or the day of today, sets; None if nothing does."""


class DayField(forms.DateField):
    """A day. `first` and `last`: those that the step takes; a browser offers no other, and the step itself refuses."""

    def __init__(
        self,
        *,
        label: StrOrPromise,
        help_text: StrOrPromise = "",
        required: bool = True,
        first: Bound = None,
        last: Bound = None,
    ) -> None:
        self.first, self.last = first, last
        super().__init__(label=label, help_text=help_text, required=required, widget=day_input())

    def offer_for(self, case: Any) -> None:
        """The days of one case."""
        self.bound(first=self.first(case) if self.first else None, last=self.last(case) if self.last else None)

    def bound(self, *, first: date | None = None, last: date | None = None) -> None:
        """Between these days, both included."""
        bounds = {"min": first, "max": last}
        self.widget.attrs.update({name: day.isoformat() for name, day in bounds.items() if day})


def get_today(_case: Any) -> date:
    """The latest date for what has happened."""
    return timezone.localdate()


def get_tomorrow(_case: Any) -> date:
    """The earliest date for what is to come."""
    return timezone.localdate() + timedelta(days=1)


def day_input() -> "Widget":
    """A date as the browser asks it: with the keyboard, or from its own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def choose_from(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    """Fill a list with rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows

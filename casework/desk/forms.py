"""The base of the forms of steps at the desk, and the language of the letter that they write."""

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
    """A language as named on the desk's pages."""

    code: str

    @property
    def goes_out(self) -> str:
        """The sentence above the form and the letter."""
        return str(GOES_OUT[self.code])

    @property
    def write(self) -> str:
        """The hint at every text that appears in the letter."""
        return str(WRITE[self.code])

    @property
    def is_another(self) -> bool:
        """Whether it differs from the language of the desk, which is easily overlooked."""
        return not (get_language() or "").startswith(self.code)

    def mark(self, form: "StepForm") -> None:
        """Set the field's `lang` attribute, for spelling checkers and screen readers."""
        for field in form.fields.values():
            if getattr(field, "in_letter", False):
                field.widget.attrs["lang"] = self.code


@runtime_checkable
class CaseChoiceField(Protocol):
    """A field whose choices depend on the case."""

    def offer_for(self, case: Any, /) -> None:
        """Fill in the choices for one case."""


class StepForm(forms.Form):
    """The form of a step, by itself without fields. `user`: the person who fills it in.

    `above`: a template above the fields that reads the form. `doubts`: what speaks against the step as filled in, for
    which a reason is then required. `fields_template`: renders the fields, by default one below the other.
    """

    user: "User | None" = None
    above = ""
    beside_template = ""
    """A template with facts of the case, shown beside the form."""
    shows_letter = False
    """Whether the letter is shown beside the form and follows what is filled in."""
    explained_anew: tuple[str, ...] = ()
    """Fields whose help text depends on other fields."""
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
        """Whether anything typed here appears in a letter."""
        return any(getattr(field, "in_letter", False) for field in self.fields.values())

    @staticmethod
    def usual(_case: Any) -> dict[str, Any]:
        """The initial values."""
        return {}

    def prepare(self) -> None:
        """Set up the fields that depend on the case."""

    def detail(self) -> dict[str, Any]:
        """The step's own arguments."""
        return dict(self.cleaned_data)


class LongText(forms.CharField):
    """A text of several lines."""

    def __init__(
        self, *, rows: int = 4, label: StrOrPromise, help_text: StrOrPromise = "", required: bool = True
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, help_text=help_text, required=required, widget=widget)


class LetterText(LongText):
    """A text that appears in a letter, or determines it, and so is written in the language of the letter."""

    in_letter = True


class ColleagueField(forms.ModelChoiceField["User"]):
    """The colleagues to whom the case may be assigned, each with their workload or absence."""

    def __init__(self) -> None:
        super().__init__(None, label=_("Colleague"), empty_label=_("Choose a colleague"))

    def offer_for(self, case: "AwbCase") -> None:
        """The colleagues for one case."""
        self.queryset = with_load(case.assignees(), cases=type(case), today=timezone.localdate())

    def label_from_instance(self, obj: "User") -> str:
        return describe_load(obj)


class ReaderField(forms.ModelChoiceField["User"]):
    """The colleagues who may read a note and answer it; absent ones are marked."""

    def __init__(self) -> None:
        help_text = _("They find it on their start page, until they say that they read it or write a note themselves.")
        super().__init__(None, label=_("For a colleague"), help_text=help_text, required=False, empty_label=_("nobody"))

    def offer_for(self, case: Any) -> None:
        """The colleagues for one case."""
        self.queryset = with_absence(case.handlers(), today=timezone.localdate())

    def label_from_instance(self, obj: "User") -> str:
        return describe_absence(obj)


class BaseNoteForm(StepForm):
    """A remark for colleagues, and who is to read it. Each sort of case says in `text` who cannot see it."""

    text: LongText
    to = ReaderField()
    field_order = ("text", "to")

    def detail(self) -> dict[str, Any]:
        """The colleague to notify, if any."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class AssignForm(StepForm):
    """The colleague to assign the case to."""

    to = ColleagueField()


Bound = Callable[[Any], date | None] | None
"""A day that the case, or the current date, determines; None for no bound."""


class DayField(forms.DateField):
    """A day between `first` and `last`, which the browser offers and the step enforces."""

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
        """Set the bounds for one case."""
        self.bound(first=self.first(case) if self.first else None, last=self.last(case) if self.last else None)

    def bound(self, *, first: date | None = None, last: date | None = None) -> None:
        """Limit to these days, both included."""
        bounds = {"min": first, "max": last}
        self.widget.attrs.update({name: day.isoformat() for name, day in bounds.items() if day})


def get_today(_case: Any) -> date:
    """The latest date for something that has happened."""
    return timezone.localdate()


def get_tomorrow(_case: Any) -> date:
    """The earliest date for something in the future."""
    return timezone.localdate() + timedelta(days=1)


def day_input() -> "Widget":
    """A native date input, for the keyboard or the browser's calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def choose_from(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    """Fill in the choices of a field from rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows

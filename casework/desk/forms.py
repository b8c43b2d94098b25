"""What the forms of steps share: the form itself, and inputs."""

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django import forms
from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from django.forms.widgets import Widget

    from accounts.models import User


@runtime_checkable
class Offering(Protocol):
    """A field whose list depends on the case."""

    def offer_for(self, case: Any, /) -> None:
        """Fill the list for one case."""


class StepForm(forms.Form):
    """A step without anything to fill in; the others add their fields. `user`: who fills it in, on the step's page."""

    user: "User | None" = None

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        self.case = case
        kwargs["initial"] = {**self.usual(case), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Offering):
                field.offer_for(case)
        self.prepare()

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


def day_input() -> "Widget":
    """A date as the browser asks it: with the keyboard, or from its own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def choose_from(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    """Fill a list with rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows

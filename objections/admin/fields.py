"""Inputs that the forms about objections and appeals share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from exemptions.admin.fields import GroundField
from exemptions.models import Ground

if TYPE_CHECKING:
    from objections.models import Objection

DISTRICT_COURTS = (
    "Rechtbank Amsterdam",
    "Rechtbank Den Haag",
    "Rechtbank Gelderland",
    "Rechtbank Limburg",
    "Rechtbank Midden-Nederland",
    "Rechtbank Noord-Holland",
    "Rechtbank Noord-Nederland",
    "Rechtbank Oost-Brabant",
    "Rechtbank Overijssel",
    "Rechtbank Rotterdam",
    "Rechtbank Zeeland-West-Brabant",
)
HIGHEST_COURT = "Afdeling bestuursrechtspraak van de Raad van State"
"""The names of the courts; that of a renamed court can be typed."""


class CourtInput(forms.TextInput):
    """A text input that suggests courts."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The input with its suggestions; any other name may be typed too."""
        known = f"{(attrs or {}).get('id', name)}_known"
        line = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in list_courts()))
        return format_html('{}<datalist id="{}">{}</datalist>', line, known, options)


def list_courts() -> tuple[str, ...]:
    """Every court that may judge."""
    return (*DISTRICT_COURTS, HIGHEST_COURT)


class CourtField(forms.CharField):
    """The name of a court."""

    def __init__(self) -> None:
        super().__init__(label=_("Court"), max_length=100, widget=CourtInput())


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered with yes or no."""

    def __init__(self, *, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            choices=[("yes", _("yes")), ("no", _("no"))],
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect(),
        )


class GroundOfCase(GroundField):
    """The grounds on which the application of an objection or an appeal can be granted after all, or rejected."""

    def __init__(self, *, outcome: Ground.Outcome = Ground.Outcome.GRANT) -> None:
        super().__init__(outcome=outcome)

    def offer_for(self, case: Any) -> None:
        """Fill the list for one case."""
        super().offer_for(case.application)


def exclude_involved(people: QuerySet[User], objection: "Objection") -> QuerySet[User]:
    """The people without those who took or prepared a decision in the chain (Awb 7:5)."""
    involved = {pk for one in objection.contested() for pk in (one.taken_by_id, one.prepared_by_id) if pk}
    return people.exclude(pk__in=involved)


def desk_workers() -> QuerySet[User]:
    """Users who handle cases, who may attend a hearing besides its leader."""
    codenames = ("handle_objection", "handle_application")
    staff = User.objects.filter(is_active=True, is_staff=True, groups__permissions__codename__in=codenames)
    return staff.distinct().order_by("name", "email")

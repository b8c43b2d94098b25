"""The query parameters, and the sentences that say why a request is refused."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from exemptions.models import KindVersion
from reporting.api import periods, resources
from reporting.api.periods import NotPublic
from reporting.api.serializers import build_address
from reporting.figures import PUBLIC, Figure
from reporting.period import Period
from reporting.returns.jurisdiction import with_zone
from reporting.selection import Selection

Data = dict[str, Any]

# These replace the library's messages with ones that say what to do.
NO_DAY: dict[str, StrOrPromise] = {"invalid": gettext_lazy("Write the day as year-month-day, for example 2025-07-31.")}
NO_SCOPE: dict[str, StrOrPromise] = {
    "invalid_choice": gettext_lazy("We do not know “{input}”. Choose national, local or day.")
}
NO_KIND: dict[str, StrOrPromise] = {
    "max_length": gettext_lazy("The code of a kind has three letters, for example LEV.")
}
NO_PLACE: dict[str, StrOrPromise] = {
    "max_length": gettext_lazy("The CBS code of a municipality is GM and four digits, for example GM0344.")
}


class Question(serializers.Serializer[Any]):
    """The parameters of a URL. Unknown ones are refused: a typing error would give other figures than one thinks."""

    figure: Figure

    @classmethod
    def of(cls, request: Request, figure: Figure | None = None) -> "Question":
        """The validated question of a request; raises ValidationError with every error."""
        asked = cls(data=request.query_params.dict())
        if figure:
            asked.figure = figure
        asked.refuse_others(request)
        asked.is_valid(raise_exception=True)
        return asked

    def refuse_others(self, request: Request) -> None:
        """Raise ValidationError for an unknown or repeated parameter, or an empty format."""
        known = {*self.fields, "format"}
        wrong: Data = {name: [self.unknown(name, sorted(known))] for name in request.query_params if name not in known}
        wrong |= {
            name: [_("Give this parameter once.")]
            for name, values in request.query_params.lists()
            if len(values) > 1 and name in known
        }
        if request.query_params.get("format") == "":
            wrong["format"] = [_("Say which form you want, or leave this parameter out for JSON.")]
        if wrong:
            raise ValidationError(wrong)

    def unknown(self, name: str, known: list[str]) -> str:
        """Why a parameter is refused."""
        return _("We do not know this parameter. You can use: %(known)s.") % {"known": ", ".join(known)}


class FigureQuestion(Question):
    """Which months, as known when, and of which cases."""

    scope = serializers.ChoiceField(
        KindVersion.Scope.choices, required=False, help_text="Only cases of this scope.", error_messages=NO_SCOPE
    )
    kind = serializers.CharField(
        max_length=3,
        required=False,
        help_text="Only cases of this kind, by its code; one that is not at `soorten` is refused.",
        error_messages=NO_KIND,
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        day = {
            "from": "The first day of a month; the opening of the desk where it is left out.",
            "to": "The last day of a month; that of the last month that is over where it is left out.",
            "asOf": "What was known at the end of this day, the last of a month; by default of the last one over.",
        }
        days = {
            name: serializers.DateField(required=False, help_text=text, error_messages=NO_DAY)
            for name, text in day.items()
        }
        return {**days, **super().get_fields()}

    def unknown(self, name: str, known: list[str]) -> str:
        if name == "municipality" and self.figure.is_municipal:
            where = build_address("api_figure_places", self.figure.id)
            return _("By municipality this figure is at %(address)s, one month at a time.") % {"address": where}
        return super().unknown(name, known)

    def validate_kind(self, value: str) -> str:
        """Check that the kind exists or existed."""
        if not KindVersion.objects.filter(kind=value).exists():
            where = build_address("api_kinds")
            raise ValidationError(_("We do not know this kind. All kinds: %(address)s.") % {"address": where})
        return value

    def validate(self, attrs: Data) -> Data:
        """Make the period, and check that the figure has these filters."""
        only = Selection(scope=attrs.get("scope", ""), kind=attrs.get("kind", ""))
        refuse_cut(self.figure, only)
        opened, until = get_public_window()
        days: list[date | None] = [attrs.get(name) for name in ("from", "to", "asOf")]
        try:
            period = periods.public_period(*days, opened=opened, until=until, only=only)
        except NotPublic as error:
            raise ValidationError({error.name: [str(error)]}) from error
        return {"period": period}

    @property
    def period(self) -> Period:
        period: Period = self.validated_data["period"]
        return period


def get_public_window() -> tuple[date, date]:
    """The opening and the last public day; raises NotFound until a month has ended."""
    opened, until = resources.get_public_window()
    if until < opened:
        raise NotFound(_("Nothing is public yet: the first month since the opening is not over."))
    return opened, until


def refuse_cut(figure: Figure, only: Selection) -> None:
    """Raise ValidationError if the figure cannot be limited to these cases."""
    words = _("%(figure)s cannot be counted that way; what can be chosen for each figure: %(address)s.")
    wrong = words % {"figure": figure.id, "address": build_address("api_figures")}
    beside = only.chosen - set(figure.public_cuts)
    if not beside and only.chosen and not figure.is_about(only.chosen, only.scopes()):
        beside = only.chosen
    if beside:
        raise ValidationError({name: [wrong] for name in sorted(beside)})


class PlacesQuestion(Question):
    """Which month, and perhaps of one municipality only."""

    month = serializers.CharField(max_length=7, required=False, help_text="As 2025-07; the newest where left out.")
    municipality = serializers.CharField(
        max_length=6,
        required=False,
        help_text="Only this one, as GM0344; one that is not at `gemeenten` is refused.",
        error_messages=NO_PLACE,
    )

    def validate_municipality(self, value: str) -> str:
        """Check that the municipality has a zone."""
        if not with_zone().filter(cbs_code=value).exists():
            where = build_address("api_places")
            words = _("We know no zone in this municipality. All municipalities: %(address)s.")
            raise ValidationError(words % {"address": where})
        return value

    def validate(self, attrs: Data) -> Data:
        """Make the period of the month."""
        opened, until = get_public_window()
        newest = periods.usual_month(handed_in=self.figure.handed_in, opened=opened, until=until)
        text = attrs.get("month", f"{newest:%Y-%m}")
        try:
            period = periods.public_month(text, opened=opened, until=until)
        except NotPublic as error:
            raise ValidationError({error.name: [str(error)]}) from error
        return {"period": period, "municipality": attrs.get("municipality", "")}


def find_public_figure(name: str, *, by_municipality: bool = False) -> Figure:
    """A public figure, for all zones together or by municipality; raises NotFound, saying where to look instead."""
    figure = PUBLIC.get(name)
    if figure is None:
        words = _("There is no public figure %(name)s. All figures: %(address)s.")
        raise NotFound(words % {"name": name, "address": build_address("api_figures")})
    if by_municipality and not figure.is_municipal:
        raise NotFound(_("%(name)s is not counted by municipality.") % {"name": name})
    if not by_municipality and not figure.is_national:
        words = _("%(name)s is counted by municipality: %(address)s.")
        raise NotFound(words % {"name": name, "address": build_address("api_figure_places", name)})
    return figure

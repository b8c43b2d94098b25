"""Views of the open data."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from exemptions.api.views import describe_problems
from reporting.api import catalogue, resources
from reporting.api.base import VERSION, OpenView, describe_answers
from reporting.api.parameters import FigureQuestion, PlacesQuestion, Question, figure_of
from reporting.api.renderers import JsonLdRenderer
from reporting.api.serializers import FigureAnswer, FigureList, KindList, PlacesAnswer, ZoneList
from reporting.figures import PUBLIC
from reporting.figures.disclosure import SMALLEST

NUMBERS = ("count", "of", "percent", "note", "suppressed")


class Figures(OpenView):
    """Which figures there are."""

    csv_columns = (
        *("id", "title", "counted_on", "scope", "numerator", "denominator", "cuts"),
        *("href", "municipalities_href"),
    )

    @extend_schema(operation_id="figures", parameters=[VERSION], responses=describe_answers(FigureList))
    def get(self, request: Request) -> HttpResponseBase:
        """Every public figure with its definition, and where it is."""
        Question.of(request)
        return self.answer(request, resources.build_figures_answer(), name="cijfers")


class OneFigure(OpenView):
    """A figure for all zones together."""

    csv_rows, csv_beside = "rows", ("figure", "from", "to", "as_of", "scope", "kind")
    csv_columns = ("key", "label", *NUMBERS)

    @extend_schema(
        operation_id="figure", parameters=[VERSION, FigureQuestion], responses=describe_answers(FigureAnswer, 404)
    )
    def get(self, request: Request, name: str) -> HttpResponseBase:
        """Over whole months that are over, as it was known at the end of a month; in total or of a scope or kind."""
        figure = figure_of(name)
        asked = FigureQuestion.of(request, figure)
        period = asked.validated_data["period"]
        return self.answer(request, resources.build_figure_answer(figure, period), name=name, known_on=period.as_of)


class FigurePlaces(OpenView):
    """A figure by municipality."""

    csv_rows, csv_beside = "rows", ("figure", "month", "as_of")
    csv_columns = ("municipality", "name", "key", "label", *NUMBERS)

    @extend_schema(
        operation_id="figure_by_municipality",
        parameters=[VERSION, PlacesQuestion],
        responses=describe_answers(PlacesAnswer, 404),
    )
    def get(self, request: Request, name: str) -> HttpResponseBase:
        """In one calendar month, as it is known now. Small counts are suppressed, and what would give them away."""
        figure = figure_of(name, by_municipality=True)
        asked = PlacesQuestion.of(request, figure).validated_data
        period = asked["period"]
        found = resources.by_municipality(figure, period, asked["municipality"])
        return self.answer(request, found, name=f"{name}-{period.first:%Y-%m}", known_on=period.as_of)


class Places(OpenView):
    """Where zones are."""

    csv_columns = ("municipality", "name", "zone", "since")

    @extend_schema(operation_id="municipalities", parameters=[VERSION], responses=describe_answers(ZoneList))
    def get(self, request: Request) -> HttpResponseBase:
        """Every zone that there is or will be, with the CBS code of its municipality and its first day."""
        Question.of(request)
        return self.answer(request, resources.build_places_answer(), name="gemeenten")


class Kinds(OpenView):
    """The kinds of exemption."""

    csv_columns = ("code", "name", "scope", "valid_from", "valid_until")

    @extend_schema(operation_id="kinds", parameters=[VERSION], responses=describe_answers(KindList))
    def get(self, request: Request) -> HttpResponseBase:
        """Every version of every kind: a kind may be local until a day, and national from then on."""
        Question.of(request)
        return self.answer(request, resources.build_kinds_answer(), name="soorten")


class Catalogue(OpenView):
    """The data sets, described for catalogues of open data."""

    renderer_classes = (JsonLdRenderer, JSONRenderer)

    @extend_schema(
        operation_id="catalogue",
        parameters=[VERSION],
        responses={
            (200, "application/ld+json"): OpenApiTypes.OBJECT,
            (200, "application/json"): OpenApiTypes.OBJECT,
            304: describe_answers(None)[304],
            **describe_problems(400, 406, 412, 429),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """DCAT-AP-NL 3.0 as JSON-LD."""
        Question.of(request)
        found: dict[str, Any] = catalogue.make_catalogue()
        return self.answer(request, found, name="catalogus")


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What is public, where it is, and what is hidden."""
    opened, until = resources.get_public_window()
    context = {
        "opened": opened,
        "until": until,
        "smallest": SMALLEST,
        "national": [one for one in PUBLIC.values() if one.is_national],
        "municipal": [one for one in PUBLIC.values() if one.is_municipal],
    }
    return render(request, "reporting/open_data.html", context)

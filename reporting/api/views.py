"""Views of the open data: no login, any page may read them, caches may keep them, one form of errors."""

import hashlib
import json
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.rate import NetworkThrottle
from exemptions.api.views import describe_problems
from exemptions.terms import start_of_day
from reporting.api import catalogue, resources
from reporting.api.parameters import FigureQuestion, PlacesQuestion, Question, find_public_figure
from reporting.api.renderers import CsvRenderer, JsonLdRenderer, Negotiation
from reporting.api.resources import KEPT_SECONDS
from reporting.api.serializers import LANGUAGE, FigureAnswer, FigureList, KindList, PlacesAnswer, ZoneList
from reporting.figures import PUBLIC
from reporting.figures.disclosure import SMALLEST

READABLE = "API-Version, Content-Disposition, ETag, Last-Modified, Retry-After"
"""Headers that a page of another site may read."""
ALLOWED = "GET, HEAD, OPTIONS"
CONDITIONS = "If-Modified-Since, If-None-Match"
VERSION = OpenApiParameter(
    "API-Version", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200], description="The whole version."
)


class VersionChanged(APIException):
    """The caller asked for another version than there is now (If-Match, If-Unmodified-Since)."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = gettext_lazy("This answer is not the one that you know. Ask for it again without a condition.")


class OpenView(APIView):
    """A public address."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_classes = (NetworkThrottle,)
    content_negotiation_class = Negotiation
    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer, CsvRenderer)
    csv_rows = "results"
    csv_columns: tuple[str, ...] = ()
    csv_beside: tuple[str, ...] = ()

    def answer(
        self, request: Request, data: dict[str, Any], *, name: str, known_on: date | None = None
    ) -> HttpResponseBase:
        """The answer, which caches may keep, or 304. `known_on`: the last day that the answer knows of."""
        form = getattr(request, "accepted_renderer", JSONRenderer()).format
        tag = quote_etag(hashlib.sha256(f"{form} {json.dumps(data, sort_keys=True)}".encode()).hexdigest()[:32])
        since = int(start_of_day(known_on + timedelta(days=1)).timestamp()) if known_on else None
        headers = {"ETag": tag, "Cache-Control": f"public, max-age={KEPT_SECONDS}", "Content-Language": LANGUAGE}
        if since:
            headers["Last-Modified"] = http_date(since)
        if form == "csv":
            headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        response = Response(data, headers=headers)
        found = get_conditional_response(request._request, etag=tag, last_modified=since, response=response)
        if found is None or found.status_code == HTTPStatus.PRECONDITION_FAILED:
            raise VersionChanged
        return found

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Answer a browser's preflight request, sent when a page of another site sets a conditional header."""
        headers = {
            "Allow": ALLOWED,
            "Access-Control-Allow-Methods": ALLOWED,
            "Access-Control-Allow-Headers": CONDITIONS,
        }
        return Response(status=HTTPStatus.NO_CONTENT, headers=headers)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Let any page read these answers, including errors."""
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Access-Control-Allow-Origin"] = "*"
        found["Access-Control-Expose-Headers"] = READABLE
        return found


def describe_answers(answer: Any, *codes: int) -> dict[Any, Any]:
    """The responses of an endpoint with JSON and CSV, for the description of the API."""
    return {
        (200, "application/json"): answer,
        (200, "text/csv"): OpenApiTypes.STR,
        304: OpenApiResponse(description="Not changed since the version that the caller knows."),
        **describe_problems(400, *codes, 406, 412, 429),
    }


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
        figure = find_public_figure(name)
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
        figure = find_public_figure(name, by_municipality=True)
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
    """The page that says which data are public, where to find them, and what is hidden."""
    opened, until = resources.get_public_window()
    context = {
        "opened": opened,
        "until": until,
        "smallest": SMALLEST,
        "national": [one for one in PUBLIC.values() if one.is_national],
        "municipal": [one for one in PUBLIC.values() if one.is_municipal],
    }
    return render(request, "reporting/open_data.html", context)

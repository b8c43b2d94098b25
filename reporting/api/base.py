"""What every public address has in common: no login, any page may read it, caches may keep it, one form of errors."""

import hashlib
import json
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.rate import NetworkThrottle
from exemptions.api.views import describe_problems
from exemptions.terms import start_of_day
from reporting.api.renderers import CsvRenderer, Negotiation
from reporting.api.resources import KEPT_SECONDS
from reporting.api.serializers import LANGUAGE

READABLE = "API-Version, Content-Disposition, ETag, Last-Modified, Retry-After"
"""Headers that a page of somebody else may read."""
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
        """An answer that caches may keep, or that it has not changed. `known_on`: the last day that it knows of."""
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
        """What the browser of another page asks first, where that page sends a condition along."""
        headers = {
            "Allow": ALLOWED,
            "Access-Control-Allow-Methods": ALLOWED,
            "Access-Control-Allow-Headers": CONDITIONS,
        }
        return Response(status=HTTPStatus.NO_CONTENT, headers=headers)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Any page may read these answers, also the errors."""
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Access-Control-Allow-Origin"] = "*"
        found["Access-Control-Expose-Headers"] = READABLE
        return found


def describe_answers(answer: Any, *codes: int) -> dict[Any, Any]:
    """The answers of an address with JSON and CSV, as documented in the description of the API."""
    return {
        (200, "application/json"): answer,
        (200, "text/csv"): OpenApiTypes.STR,
        304: OpenApiResponse(description="Not changed since the version that the caller knows."),
        **describe_problems(400, *codes, 406, 412, 429),
    }

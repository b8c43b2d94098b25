"""What every answer of the API says about itself (NLgov REST API Design Rules)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

VERSION = "1.0.0"


class ApiHeadersMiddleware:
    """The version in every answer, nothing kept in caches, and a description that any page may read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to answers under /api/."""
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response["API-Version"] = VERSION
            response.setdefault("Cache-Control", "no-store")
            if request.path == reverse("api_openapi"):
                response["Access-Control-Allow-Origin"] = "*"
        return response

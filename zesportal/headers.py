"""Response headers: the Content-Security-Policy, and those of the API (NLgov REST API Design Rules)."""

from collections.abc import Callable, Iterable

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

VERSION = "1.0.0"
"""The version of the API, which the design rules want in every response."""


def build_content_security_policy(*, form_targets: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """For django-csp. A browser refuses to submit our forms to a host that is not among the targets."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "worker-src": [SELF],
            "manifest-src": [SELF],
            "frame-src": [SELF],
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF, *form_targets],
            "frame-ancestors": [SELF],
        }
    }


class ApiHeadersMiddleware:
    """Adds the version, forbids caching, and lets any page read the description of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response["API-Version"] = VERSION
            response.setdefault("Cache-Control", "no-store")
            if request.path == reverse("api_openapi"):
                response["Access-Control-Allow-Origin"] = "*"
        return response

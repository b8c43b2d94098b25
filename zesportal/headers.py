"""Headers of our answers: the Content-Security-Policy, and what every answer of the API says about itself.

NLgov REST API Design Rules.
"""

from collections.abc import Callable, Iterable

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

VERSION = "1.0.0"
"""Of the API, as its rules want it told in every answer."""


def build_content_security_policy(*, form_targets: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """As django-csp wants it. A browser refuses to send a form of ours on to a host that is not a target."""
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

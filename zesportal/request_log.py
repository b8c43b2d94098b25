"""The log line of each request: which page, never what was requested or for whom."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

UNKNOWN = "(an address that we do not have)"


def route_of(request: HttpRequest) -> str:
    """The URL pattern, such as `account/password/reset/key/<uidb36>-<key>/`: it opens nothing."""
    try:
        return (request.resolver_match or resolve(request.path_info)).route  # already known at the end of the request
    except Resolver404:
        return UNKNOWN


class RouteMiddleware(RequestMiddleware):
    """Logs routes, because a URL can contain a token that opens an account, a key or a plate."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The method and route."""
        return f"{request.method} {route_of(request)}"

"""The line that each request leaves in the log: which page, never what was asked of it or for whom."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

UNKNOWN = "(an address that we do not have)"


def route_of(request: HttpRequest) -> str:
    """The pattern of an address, such as `account/password/reset/key/<uidb36>-<key>/`: it opens nothing."""
    try:
        return (request.resolver_match or resolve(request.path_info)).route  # at its end it is known already
    except Resolver404:
        return UNKNOWN


class RouteMiddleware(RequestMiddleware):
    """An address can hold a token that opens an account, a key or a plate."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and route."""
        return f"{request.method} {route_of(request)}"

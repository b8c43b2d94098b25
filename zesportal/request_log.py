"""The line that each request leaves in the log: its path, never what was asked behind the question mark."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class PathMiddleware(RequestMiddleware):
    """A program may ask about a plate in an address (`besluiten/{reference}?plate=`); no log keeps it."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.path}"

"""The WSGI application. URLs and forms are UTF-8, as every browser sends them; anything else gets 400."""

import codecs
import os
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


OURS = ("utf-8", "ascii")
"""UTF-8, and a subset of it."""
SAID = b"This site reads UTF-8.\n"


def only_utf_8(application: "WSGIApplication") -> "WSGIApplication":
    """The application, behind a check of the charset."""

    def asked(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if is_ours(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        status = HTTPStatus.BAD_REQUEST
        start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
        return [SAID]

    return asked


def is_ours(content_type: str) -> bool:
    """Whether it declares UTF-8, nothing, or something unknown, which Django ignores."""
    try:
        _type, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name in OURS
    except LookupError:
        return True
    except ValueError:  # a NUL, or unterminated
        return False


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
os.environ.setdefault("DATABASE_POOL_SIZE", "4")
os.environ.setdefault("DATABASE_PATIENCE_SECONDS", "30")  # shorter than gunicorn's own
application = only_utf_8(get_wsgi_application())

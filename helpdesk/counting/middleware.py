"""Counts the page that was just made. Whatever goes wrong there, the page is served."""

from collections.abc import Callable

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language

from helpdesk.counting.counts import count_view
from helpdesk.counting.marks import compute_visitor_mark
from helpdesk.counting.people import agent_of, page_of

log = structlog.get_logger("loket.counting")


class CountingMiddleware:
    """One statement for a page of a person; nothing for anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page = page_of(request, response) if settings.COUNT_VISITS else ""
        if page:
            try:
                count_page(request, page)
            except (Error, PermissionDenied) as error:  # allauth refuses an address that it cannot read
                log.warning("visit_not_counted", error=type(error).__name__)
        return response


def count_page(request: HttpRequest, page: str) -> None:
    """Count it on today, in Amsterdam."""
    day = timezone.localdate()
    seen = compute_visitor_mark(day=day, address=get_adapter().get_client_ip(request), agent=agent_of(request))
    count_view(day=day, page=page, language=(get_language() or settings.LANGUAGE_CODE)[:2], mark=seen)

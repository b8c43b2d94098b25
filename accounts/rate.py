"""A limit on how often one place, or all visitors together, may ask something that costs us or somebody else."""

import time

from allauth.core.internal.ratelimit import get_ip, truncate_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from accounts.models import User

LOOKUPS_A_MINUTE = 30
LOOKUPS_OF_VISITORS = 600
"""Look-ups in the vehicle register: per address or account, and for all anonymous visitors together."""


MEGABYTE = 1024 * 1024
UPLOADED_AN_HOUR = 1000
"""Megabytes of one account: each file is looked through and scanned."""


def is_within_rate(request: HttpRequest, action: str, *, most: int, seconds: int = 60, step: int = 1) -> bool:
    """Whether this address, or its /64 network, asked at most `most` times in the window that its first request began.

    So for an account, wherever it asks from: addresses are cheap, and an account is made once. `step`: as how many this
    one counts.
    """
    of_account = not request.user.is_authenticated or count_request(
        f"{action}-user-{request.user.pk}", most=most, seconds=seconds, step=step
    )
    return count_request(f"{action}-{get_ip(request)}", most=most, seconds=seconds, step=step) and of_account


def within_lookups(request: HttpRequest) -> bool:
    """Whether the vehicle register may be asked once more: pages, API and assistant share one count."""
    if not is_within_rate(request, "look-up", most=LOOKUPS_A_MINUTE):
        return False
    return request.user.is_authenticated or count_request("look-up-of-visitors", most=LOOKUPS_OF_VISITORS)


def within_uploads(user: User, size: int) -> bool:
    """Whether an account may send a file of this size: a number of megabytes an hour, whatever it is for."""
    return count_request(f"upload-{user.pk}", most=UPLOADED_AN_HOUR, seconds=3600, step=max(1, size // MEGABYTE))


def count_request(what: str, *, most: int, seconds: int = 60, step: int = 1) -> bool:
    """Count one more, or `step`; whether the count is at most `most` in the window that the first one began.

    Asking again does not extend the window: its start is kept under a key of its own, because some caches renew a
    counter's lifetime at each increment.
    """
    key = f"rate-{salted_hmac('accounts.rate', what).hexdigest()}"
    began = cache.get_or_set(f"{key}-began", time.time(), seconds)
    counter = f"{key}-{began}"
    cache.add(counter, 0, seconds)
    try:
        return (cache.incr(counter, step) or 0) <= most
    except ValueError:  # it ended just now
        return True


class NetworkThrottle(AnonRateThrottle):
    """DRF's limit on anonymous requests; a whole IPv6 /64 network counts as one, which is what one visitor has."""

    def get_ident(self, request: Request) -> str:
        """Whom to count."""
        return truncate_ip(super().get_ident(request))

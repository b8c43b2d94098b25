"""Limits how often one address, or all visitors together, may request something that costs us or others."""

import time

from allauth.core.internal.ratelimit import get_ip, truncate_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle


def is_within_rate(request: HttpRequest, action: str, *, most: int, seconds: int = 60, step: int = 1) -> bool:
    """Whether this address, or its /64 network, made at most `most` requests in the window since its first one.

    A logged-in user is also counted, wherever they connect from: addresses are cheap, and an account is created only
    once. `step`: how many requests this one counts for.
    """
    of_account = not request.user.is_authenticated or count_request(
        f"{action}-user-{request.user.pk}", most=most, seconds=seconds, step=step
    )
    return count_request(f"{action}-{get_ip(request)}", most=most, seconds=seconds, step=step) and of_account


def count_request(what: str, *, most: int, seconds: int = 60, step: int = 1) -> bool:
    """Count `step` more; returns whether the count is at most `most` in the window since the first request.

    Another request does not extend the window: its start has a key of its own, because some caches renew a counter's
    lifetime at each increment.
    """
    key = f"rate-{salted_hmac('accounts.rate', what).hexdigest()}"
    began = cache.get_or_set(f"{key}-began", time.time(), seconds)
    counter = f"{key}-{began}"
    cache.add(counter, 0, seconds)
    try:
        return (cache.incr(counter, step) or 0) <= most
    except ValueError:  # it expired just now
        return True


class NetworkThrottle(AnonRateThrottle):
    """DRF's limit on anonymous requests; a whole IPv6 /64 network, which is what one visitor has, counts as one."""

    def get_ident(self, request: Request) -> str:
        return truncate_ip(super().get_ident(request))

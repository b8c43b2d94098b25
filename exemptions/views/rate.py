"""A limit on how often one address may ask something that costs a call to somebody else."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def within(request: HttpRequest, action: str, *, most: int, seconds: int = 60) -> bool:
    """Whether this address asked at most so often in the stretch of seconds that its first question began.

    Asking again does not make that stretch longer: its beginning is kept under a key of its own, because
    some caches give a counter a new life each time it counts. A lost cache refuses nobody.
    """
    address = salted_hmac("exemptions.rate", get_adapter().get_client_ip(request)).hexdigest()
    key = f"rate-{action}-{address}"
    began = cache.get_or_set(f"{key}-began", time.time(), seconds)
    counter = f"{key}-{began}"
    cache.add(counter, 0, seconds)
    try:
        return (cache.incr(counter) or 0) <= most
    except ValueError:  # it ended just now
        return True

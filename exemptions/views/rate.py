"""A limit on how often one address may ask something that costs a call to somebody else."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def within(request: HttpRequest, action: str, *, most: int, seconds: int = 60) -> bool:
    """Whether this address asked at most so often in the current stretch of seconds. A lost cache refuses nobody."""
    address = salted_hmac("exemptions.rate", get_adapter().get_client_ip(request)).hexdigest()
    key = f"rate-{action}-{address}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return (cache.incr(key) or 0) <= most
    except ValueError:  # it ended just now
        return True

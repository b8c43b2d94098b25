"""Tasks for the worker: what runs every day."""

from allauth.idp.oidc.models import Token
from celery import shared_task

from casework import clock
from enforcement.models import RegisterEntry
from zones.register import KEPT


@shared_task
def drop_expired() -> int:
    """Remove answers of the register that are too old to be used, and tokens that have ended; returns how many."""
    now = clock.now()
    entries, _by_model = RegisterEntry.objects.filter(as_of__lte=now - KEPT).delete()
    tokens, _by_model = Token.objects.filter(expires_at__lte=now).delete()
    return entries + tokens

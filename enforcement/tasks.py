"""Daily tasks."""

from allauth.idp.oidc.models import Token
from celery import shared_task

from casework import clock
from enforcement import journal, register_entries


@shared_task
def drop_expired() -> int:
    """Delete register answers that are too old to be used, and expired tokens; returns how many."""
    tokens, _by_model = Token.objects.filter(expires_at__lte=clock.now()).delete()
    return register_entries.drop_old_entries() + tokens


@shared_task
def drop_old_questions() -> int:
    """Delete the questions that were kept long enough; returns how many rows."""
    return journal.drop_old_questions(now=clock.now())

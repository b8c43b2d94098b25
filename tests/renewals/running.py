"""A run, as a worker does it, and what the applicant got of it."""

from exemptions.models import Decision
from renewals import tasks
from renewals.models import Renewal


def letters(decision: Decision) -> list[str]:
    """What the applicant got after the earlier decision."""
    since = decision.application.dossier.letters.filter(placed_at__gt=decision.taken_at).exclude(kind="rejected")
    return list(since.values_list("kind", flat=True))


def finished(run: Renewal) -> Renewal:
    """After the worker has been there."""
    tasks.run(run.pk)
    run.refresh_from_db()
    return run

"""The statuses of a run, and of each of its cases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CASE_TYPE = "renewal"
"""The name of this type of case in events."""


class RenewalStatus(TextChoices):
    """The status of a run: nobody takes a decision before two people have looked at the list."""

    LISTED = "listed", _("listed, to be reviewed")
    PROPOSED = "proposed", _("reviewed, waiting for approval")
    APPROVED = "approved", _("approved, not started")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


OPEN = (
    RenewalStatus.LISTED,
    RenewalStatus.PROPOSED,
    RenewalStatus.APPROVED,
    RenewalStatus.RUNNING,
    RenewalStatus.STOPPED,
)
ENDED = (RenewalStatus.DONE, RenewalStatus.CANCELLED)
NOT_STARTED = (RenewalStatus.LISTED, RenewalStatus.PROPOSED, RenewalStatus.APPROVED)
TAKEN_UP = (RenewalStatus.STOPPED, RenewalStatus.DONE)
"""Statuses after running, in which cases that need a person can be settled, and failed ones retried."""


class Action(TextChoices):
    """What a case on the list gets. None of these takes anything away from anybody."""

    GRANT = "grant", _("grant after all")
    TELL = "tell", _("tell the holder that the exemption is no longer needed")
    LOOK = "look", _("to be decided by hand")


class ItemState(TextChoices):
    """The state of a case on the list."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    NEEDS_HUMAN = "needs_human", _("to be decided by hand")
    EXCLUDED = "excluded", _("left out")
    FAILED = "failed", _("failed")

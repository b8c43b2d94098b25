"""Whether the editors' mailbox can be reached."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

ONLY = 1


class MailboxState(models.Model):
    """A single row: when mail was last collected, and since when that has failed; empty while it works."""

    collected_at = models.DateTimeField(_("last collected"), null=True, blank=True)
    failing_since = models.DateTimeField(_("fails since"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    error = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("state of the mailbox")
        verbose_name_plural = _("states of the mailbox")
        constraints = (models.CheckConstraint(condition=models.Q(pk=ONLY), name="mailboxstate_one_row"),)

    def __str__(self) -> str:
        return self.error or "OK"

    @property
    def since(self) -> datetime | None:
        """Since when no mail was collected; mail that came in later may be missing."""
        return self.failing_since and (self.collected_at or self.failing_since)

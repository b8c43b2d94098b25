"""Which runs wait for whom."""

from typing import TYPE_CHECKING

from django.db import models

from casework.models import CaseQuerySet
from renewals.steps.statuses import ItemState, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models.renewal import Renewal


class RenewalQuerySet(CaseQuerySet["Renewal"]):
    """The worklists' questions."""

    def at_desk_of(self, user: "User") -> "RenewalQuerySet":
        """What a user may see: all runs, or none."""
        return self.all() if user.has_perm("renewals.view_renewal") else self.none()

    def to_review(self) -> "RenewalQuerySet":
        """A list was made, and nobody has said that it is right."""
        return self.filter(status=RenewalStatus.LISTED)

    def to_approve(self, user: "User") -> "RenewalQuerySet":
        """A colleague reviewed it."""
        return self.filter(status=RenewalStatus.PROPOSED).exclude(proposed_by=user)

    def under_way(self) -> "RenewalQuerySet":
        """Approved, running, or stopped half way."""
        return self.filter(status__in=[RenewalStatus.APPROVED, RenewalStatus.RUNNING, RenewalStatus.STOPPED])

    def running(self) -> "RenewalQuerySet":
        """The worker is to go on with these."""
        return self.filter(status=RenewalStatus.RUNNING)

    def with_leftovers(self) -> "RenewalQuerySet":
        """A case needs a person, or failed."""
        left = models.Q(items__state__in=[ItemState.NEEDS_HUMAN, ItemState.FAILED])
        return self.filter(pk__in=self.model._default_manager.filter(left).values("pk"))

    def for_list(self) -> "RenewalQuerySet":
        """With everything that a row of a list and the page of a run read."""
        return self.select_related(
            "dossier", "thresholds", "kind", "access_rule", "made_by", "proposed_by", "approved_by"
        )

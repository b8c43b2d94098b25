"""Queries on runs: which wait for whom."""

from typing import TYPE_CHECKING

from django.db import models

from casework.models import CaseQuerySet
from renewals.steps.statuses import ItemState, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User
    from renewals.models.renewal import Renewal


class RenewalQuerySet(CaseQuerySet["Renewal"]):
    """The queries of the worklists."""

    def at_desk_of(self, user: "User") -> "RenewalQuerySet":
        """The runs that a user may see: all or none."""
        return self.all() if user.has_perm("renewals.view_renewal") else self.none()

    def to_review(self) -> "RenewalQuerySet":
        """Runs with a list that nobody has reviewed yet."""
        return self.filter(status=RenewalStatus.LISTED)

    def to_approve(self, user: "User") -> "RenewalQuerySet":
        """Runs whose list a colleague has reviewed."""
        return self.filter(status=RenewalStatus.PROPOSED).exclude(proposed_by=user)

    def under_way(self) -> "RenewalQuerySet":
        """Runs that are approved, running, or stopped halfway."""
        return self.filter(status__in=[RenewalStatus.APPROVED, RenewalStatus.RUNNING, RenewalStatus.STOPPED])

    def running(self) -> "RenewalQuerySet":
        """Runs for the worker to go on with."""
        return self.filter(status=RenewalStatus.RUNNING)

    def with_leftovers(self) -> "RenewalQuerySet":
        """Runs with cases that need a person, or failed."""
        left = models.Q(items__state__in=[ItemState.NEEDS_HUMAN, ItemState.FAILED])
        return self.filter(pk__in=self.model._default_manager.filter(left).values("pk"))

    def for_list(self) -> "RenewalQuerySet":
        """Joined to everything that a row of a list and the page of a run show."""
        return self.select_related(
            "dossier", "thresholds", "kind", "access_rule", "made_by", "proposed_by", "approved_by"
        )

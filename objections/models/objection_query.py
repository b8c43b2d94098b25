"""Queries on objections: who may see which, and what waits for whom."""

from datetime import date
from typing import TYPE_CHECKING

from casework.models import AwbCaseQuerySet
from exemptions.models import Application
from objections.steps.statuses import ObjectionStatus

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models.objection import Objection


class ObjectionQuerySet(AwbCaseQuerySet["Objection"]):
    """Who may see which, and what waits for whom."""

    def of_applicant(self, user: "User") -> "ObjectionQuerySet":
        """Objections about applications of the people and organisations for whom a user acts now."""
        return self.filter(decision__application__any_of=Application.objects.of_applicant(user).values("pk"))

    def at_desk_of(self, user: "User") -> "ObjectionQuerySet":
        """Filed objections about applications that a user may see at the desk."""
        if not user.has_perm("objections.view_objection"):
            return self.none()
        return self.filed().filter(decision__application__in=Application.objects.at_desk_of(user))

    def to_check(self) -> "ObjectionQuerySet":
        """Received objections whose admissibility nobody has judged yet."""
        return self.filter(status=ObjectionStatus.REGISTERED)

    def with_objector(self) -> "ObjectionQuerySet":
        """Objections that wait for the objector."""
        return self.filter(status__in=[ObjectionStatus.REPAIR, ObjectionStatus.HEARING_OFFERED])

    def with_desk(self, *, today: date) -> "ObjectionQuerySet":
        """Open objections that wait for the desk, not the objector. Does not depend on the day."""
        return self.open().exclude(pk__in=self.with_objector().values("pk"))

    def with_hearing(self) -> "ObjectionQuerySet":
        """Objections with a planned hearing."""
        return self.filter(status=ObjectionStatus.HEARING_PLANNED)

    def in_handling(self) -> "ObjectionQuerySet":
        """Admissible objections that the desk is handling."""
        return self.filter(status=ObjectionStatus.HANDLING)

    def for_list(self) -> "ObjectionQuerySet":
        """Joined to everything that a row of a list shows."""
        return self.select_related(
            "dossier",
            "assigned_to",
            "decision__application__dossier",
            "decision__application__kind",
            "decision__application__applicant",
            "decision__application__municipality",
        )

"""Every decision on an application, for the applicant's side: the one that stands, and earlier ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from casework.models import Letter
from exemptions.models import Application, Decision


@dataclass(frozen=True)
class TakenDecision:
    """A decision with what became of it."""

    decision: Decision
    letter: Letter | None

    @property
    def stands(self) -> bool:
        """Whether it was neither replaced nor revoked."""
        return self.decision.is_in_force

    @property
    def became(self) -> str:
        """That it was replaced or revoked, and when; empty for the one that stands."""
        later = self.decision.replaced_by
        if later:
            return _("replaced on %(day)s") % {"day": format_day(later.dated_on)}
        if self.decision.revoked_at:
            return _("revoked on %(day)s: we are handling your application again") % {
                "day": format_day(timezone.localdate(self.decision.revoked_at))
            }
        return ""


def list_decisions(application: Application, *, letters: Iterable[Letter]) -> list[TakenDecision]:
    """The decisions, latest first, each with the letter that announced it. One query."""
    by_reference = {letter.reference: letter for letter in letters if letter.reference}
    taken = application.decisions.on_applications().select_related("replaced_by").order_by("-taken_at", "-pk")
    return [TakenDecision(decision, by_reference.get(decision.reference)) for decision in taken]

"""What the applicant's side thinks of our handling of the case, asked once after the decision."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.clock import today
from casework.current_policy import CurrentPolicy
from casework.steps import step
from exemptions.models.satisfaction import Satisfaction
from exemptions.steps.permissions import may_act_for_applicant
from exemptions.steps.statuses import DECIDED

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


def is_asked(application: "Application") -> bool:
    """Whether to ask now: the decision was made known recently, and there is no answer yet."""
    days = CurrentPolicy.on(today()).number("satisfaction_days")
    told = application.decisions.on_applications().filter(made_known_on__isnull=False).last() if days else None
    if told is None or today() > told.announced_on + timedelta(days=days):
        return False
    return not Satisfaction.objects.filter(application=application).exists()


@step(
    source=DECIDED,
    target=None,
    permission=may_act_for_applicant,
    conditions=[is_asked],
    records=("score",),
    done=_("The applicant told how satisfied they are"),
    told=_("Told us how satisfied you are"),
)
def rate(application: "Application", *, by: "User | None", score: int, remark: str = "") -> None:
    """Rate how the application was handled, from 1 (very dissatisfied) to 5; nothing else changes."""
    Satisfaction.objects.create(application=application, score=score, remark=remark)

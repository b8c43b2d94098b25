"""Deciding too late: the notice of default and the penalty (Awb 4:17, 4:18)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import default_notices
from casework.steps import Button, StepRefused, step
from exemptions import letters
from exemptions.steps.permissions import may_answer, may_decide
from exemptions.steps.statuses import FILED, OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=OPEN,
    target=None,
    permission=may_answer,
    records=("received_on",),
    done=_("Notice of default on the application received"),
    told=_("Told us that we are late (notice of default)"),
    button=Button(
        _("Note a notice of default"),
        _("The applicant tells us that we are late: two weeks later each day costs money (Awb 4:17)."),
        sends_letter=True,
        rare=True,
    ),
)
def receive_default_notice(application: "Application", *, by: "User | None", received_on: date) -> None:
    """The applicant says that we are late: two weeks later each day costs money, unless we decide before."""
    if application.decide_by is None:
        raise StepRefused(gettext("There is no term to decide on this application."))
    notice = default_notices.receive(application, by=by, received_on=received_on, due=application.decide_by)
    kind = "default_notice_received" if notice.has_effect else "default_notice_too_early"
    letters.place(application, kind, more=default_notices.in_words(notice, language=application.language))


@step(
    source=FILED,
    target=None,
    permission=may_decide,
    conditions=[default_notices.is_to_set],
    records=("without",),
    done=_("Penalty set for deciding late on the application"),
    told=_("We decided about the penalty for being late"),
    button=Button(
        _("Set the penalty"),
        _("By decision, within two weeks after the last day that costs money (Awb 4:18)."),
        sends_letter=True,
        main=True,
    ),
)
def set_penalty(application: "Application", *, by: "User | None", without: str = "", explanation: str = "") -> None:
    """Set the penalty by decision: what the days make, or nothing on a ground of Awb 4:17(5)."""
    notice = default_notices.set_amount(application, by=by, without=without)
    more = {
        **default_notices.in_words(notice, language=application.language),
        "object_until": default_notices.object_until(),
    }
    letters.place(application, "penalty_set", explanation=explanation, more=more)

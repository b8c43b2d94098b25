"""Deciding too late: the notice of default and the penalty (Awb 4:17, 4:18)."""

from django.utils.translation import gettext_lazy as _

from casework import default_notices, shared_steps
from casework.steps import Button, step
from exemptions.steps.permissions import may_answer, may_decide
from exemptions.steps.statuses import DECIDED, FILED, OPEN

receive_default_notice = step(
    source=(*OPEN, *DECIDED),
    target=None,
    permission=may_answer,
    conditions=[lambda a: a.is_being_decided],
    records=("received_on",),
    done=_("Notice of default on the application received"),
    told=_("Told us that we are late (notice of default)"),
    button=Button(
        _("Note a notice of default"),
        _("The applicant tells us that we are late: two weeks later each day costs money (Awb 4:17)."),
        sends_letter=True,
        rare=True,
    ),
)(shared_steps.receive_default_notice)


set_penalty = step(
    source=FILED,
    target=None,
    permission=may_decide,
    conditions=[default_notices.is_to_set],
    records=("without", "amount_eur"),
    done=_("Penalty set for deciding late on the application"),
    told=_("We decided about the penalty for being late"),
    button=shared_steps.SET_PENALTY,
)(shared_steps.set_penalty)

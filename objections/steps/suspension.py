"""The term to decide on an objection stands still on a ground of Awb 4:15, as far as 7:14 says so."""

from django.utils.translation import gettext_lazy as _

from casework import suspensions
from casework.announcement import MADE_KNOWN
from casework.steps import step
from objections.steps.permissions import may_handle
from objections.steps.statuses import OPEN

inquire_abroad = step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("expected_on", MADE_KNOWN),
    done=_("Told that a foreign authority was asked"),
    told=_("We asked an authority abroad for information"),
    button=suspensions.INQUIRE,
)(suspensions.inquire_abroad)


suspend_decision_term = step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("suspended_by", "first_day", "expected_on"),
    done=_("Term to decide suspended"),
    told=_("The time that we have to decide stands still"),
    button=suspensions.SUSPEND,
)(suspensions.suspend_decision_term)


prolong_suspension = step(
    source=OPEN,
    target=None,
    permission=may_handle,
    conditions=[suspensions.is_suspended],
    records=("suspended_by", "expected_on"),
    done=_("Term to decide suspended longer"),
    told=_("The time that we have to decide stands still longer"),
    button=suspensions.PROLONG,
)(suspensions.prolong_suspension)


resume_decision_term = step(
    source=OPEN,
    target=None,
    permission=may_handle,
    conditions=[suspensions.is_suspended],
    records=("suspended_by", "runs_again_on"),
    done=_("Term to decide runs again"),
    told=_("The time that we have to decide runs again"),
    button=suspensions.RESUME,
)(suspensions.resume_decision_term)

"""The term to decide stands still on another ground than a request to complete (Awb 4:15)."""

from django.utils.translation import gettext_lazy as _

from casework import suspensions
from casework.announcement import MADE_KNOWN
from casework.steps import Button, step
from exemptions.steps.permissions import may_answer, may_handle
from exemptions.steps.statuses import OPEN

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


propose_delay = step(
    source=OPEN,
    target=None,
    permission=may_handle,
    records=("until",),
    done=_("Agreement with a later decision asked"),
    told=_("We asked you whether we may decide later"),
    button=Button(
        _("Ask to agree with a later decision"),
        _("If the applicant agrees in writing, the term stands still until that day (Awb 4:15, paragraph 2 under a)."),
        sends_letter=True,
        rare=True,
    ),
)(suspensions.propose_delay)


agree_to_delay = step(
    source=OPEN,
    target=None,
    permission=may_answer,
    conditions=[lambda a: suspensions.of_case(a).proposed().exists()],
    records=("agreed_on", "expected_on"),
    done=_("Agreed with a later decision"),
    told=_("Agreed that we decide later"),
    button=Button(
        _("Note the agreement"),
        _("The applicant agreed in writing, outside the portal: add the letter or email to the files."),
        sends_letter=True,
        rare=True,
    ),
)(suspensions.agree_to_delay)

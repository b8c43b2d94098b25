"""Suspending the term to decide on grounds other than a request to complete (Awb 4:15)."""

from django.utils.translation import gettext_lazy as _

from casework import suspensions
from casework.steps import Button, step
from exemptions.steps.permissions import may_answer, may_handle
from exemptions.steps.statuses import OPEN

inquire_abroad = suspensions.inquire_abroad(source=OPEN, permission=may_handle)
suspend_decision_term = suspensions.suspend_decision_term(source=OPEN, permission=may_handle)
prolong_suspension = suspensions.prolong_suspension(source=OPEN, permission=may_handle)
resume_decision_term = suspensions.resume_decision_term(source=OPEN, permission=may_handle)


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

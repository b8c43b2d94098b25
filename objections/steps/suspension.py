"""Suspending the term to decide on an objection on a ground of Awb 4:15, as far as 7:14 allows."""

from casework import suspensions
from objections.steps.permissions import may_handle
from objections.steps.statuses import OPEN

inquire_abroad = suspensions.inquire_abroad(source=OPEN, permission=may_handle)
suspend_decision_term = suspensions.suspend_decision_term(source=OPEN, permission=may_handle)
prolong_suspension = suspensions.prolong_suspension(source=OPEN, permission=may_handle)
resume_decision_term = suspensions.resume_decision_term(source=OPEN, permission=may_handle)

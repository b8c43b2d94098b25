"""Messages about an objection, in both directions; whoever took the contested decision leaves them to a colleague.

They remain possible during a court case, because an appeal has no page of its own in the portal.
"""

from casework import message_steps
from objections.steps.permissions import may_act_for_objector, may_be_assigned
from objections.steps.statuses import FILED

message_desk = message_steps.message_desk(source=FILED, permission=may_act_for_objector)
message_applicant = message_steps.message_applicant(source=FILED, permission=may_be_assigned)
settle_messages = message_steps.settle_messages(source=FILED, permission=may_be_assigned)

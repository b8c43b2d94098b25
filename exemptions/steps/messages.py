"""Messages about an application, in both directions."""

from casework import message_steps
from exemptions.steps.permissions import may_act_for_applicant, may_handle
from exemptions.steps.statuses import FILED

message_desk = message_steps.message_desk(source=FILED, permission=may_act_for_applicant)
message_applicant = message_steps.message_applicant(source=FILED, permission=may_handle)
settle_messages = message_steps.settle_messages(source=FILED, permission=may_handle)

"""Messages with complainants who have an account; never with the person complained about (Awb 9:7)."""

from casework import message_steps
from complaints.steps.permissions import may_complain, may_handle
from complaints.steps.statuses import FILED

message_desk = message_steps.message_desk(source=FILED, permission=may_complain)
message_applicant = message_steps.message_applicant(source=FILED, permission=may_handle)
settle_messages = message_steps.settle_messages(source=FILED, permission=may_handle)

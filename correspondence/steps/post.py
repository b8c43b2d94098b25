"""Letters on paper (Awb 2:7, 2:8), and mails that did not arrive (2:10)."""

from casework import shared_steps
from correspondence.steps.permissions import may_handle
from correspondence.steps.statuses import FILED

post_letters = shared_steps.post_letters(source=FILED, permission=may_handle)
mend_mail = shared_steps.mend_mail(source=FILED, permission=may_handle)

"""Letters on paper (Awb 2:7, 2:8), and mails that did not arrive (2:10)."""

from django.utils.translation import gettext_lazy as _

from casework import shared_steps
from casework.steps import step
from correspondence.steps.permissions import may_handle
from correspondence.steps.statuses import FILED

post_letters = step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda s: shared_steps.to_post(s).exists()],
    records=shared_steps.POSTED_RECORDS,
    done=_("Letters posted"),
    button=shared_steps.POST_LETTERS,
)(shared_steps.post_letters)


mend_mail = step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda s: shared_steps.to_mend(s).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=shared_steps.MEND_MAIL,
)(shared_steps.mend_mail)

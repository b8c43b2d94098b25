"""The statuses of a complaint."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

COMPLAINT = "complaint"
"""The name of this kind of case in events and deadlines."""


class ComplaintStatus(TextChoices):
    """The status in law."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", _("received")
    HANDLING = "handling", _("being handled")
    SETTLED = "settled", _("settled to satisfaction")
    DECLINED = "declined", _("not handled")
    CONCLUDED = "concluded", _("outcome told")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FORWARDED = "forwarded", _("forwarded")


OPEN = (ComplaintStatus.RECEIVED, ComplaintStatus.HANDLING)
IN_HAND = (ComplaintStatus.HANDLING,)
ENDED = (
    ComplaintStatus.SETTLED,
    ComplaintStatus.DECLINED,
    ComplaintStatus.CONCLUDED,
    ComplaintStatus.WITHDRAWN,
    ComplaintStatus.FORWARDED,
)
FILED = (*OPEN, *ENDED)

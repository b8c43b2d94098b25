"""What happened to an application, in words."""

from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import wording_of
from casework.models import DefaultNotice
from casework.shared_steps import Cure
from exemptions.models import Application, Channel, EvidenceItem, Ground, KindVersion
from exemptions.steps.revision import Cause

WORDING = wording_of(
    Application,
    sorts={
        "ground": Ground.objects.all,
        "item": EvidenceItem.objects.select_related("requirement").all,
        "kind": KindVersion.objects.all,
    },
    codes={
        "verdict": EvidenceItem.Verdict,
        "cause": Cause,
        "channel": Channel,
        "cure": Cure,
        "without": DefaultNotice.Without,
        "too_late": {
            "completion_request": _("too late: the request does not suspend the term"),
            "extension_notice": _("too late: the term is not extended"),
            "set_aside": _("too late: it is not set aside"),
        },
    },
    phrases={"received_on": _("received on %(day)s"), "posted_on": _("posted on %(day)s")},
    quotes={"doubts_reason": _("although something spoke against it: “%(words)s”")},
)
"""The words of the steps, and what their details point at."""

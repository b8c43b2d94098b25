"""The history of a complaint in words."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.desk.timeline import build_wording
from casework.models import OtherBody
from casework.shared_steps import Cure
from complaints.models import Complaint
from complaints.steps.ending import Declined, Outcome
from complaints.steps.hearing import Waived
from exemptions.models import Application

WORDING = build_wording(
    Complaint,
    sorts={"person": User.objects.all, "body": OtherBody.objects.all, "application": Application.objects.all},
    codes={
        "channel": Complaint.Channel,
        "ground": {**dict(Waived.choices), **dict(Declined.choices)},
        "outcome": Outcome,
        "cure": Cure,
        "too_late": {
            "complaint_adviser": _("too late: the term is not ten weeks"),
            "complaint_adjourned": _("too late: the complaint is not adjourned"),
            "complaint_outcome": _("after the last day"),
            "complaint_declined": _("after the four weeks"),
        },
    },
    phrases={
        "received_on": _("received on %(day)s"),
        "reply_until": _("answer until %(day)s"),
        "held_at": _("on %(day)s"),
        "heard_on": _("on %(day)s"),
        "advised_on": _("of %(day)s"),
    },
)
"""The wording of steps and their details."""

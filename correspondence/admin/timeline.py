"""What happened to a submission, in words."""

from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import build_wording
from casework.models import OtherBody
from casework.shared_steps import Cure
from correspondence.models import Submission
from exemptions.models import Application, Channel

WORDING = build_wording(
    Submission,
    sorts={"body": OtherBody.objects.all, "application": Application.objects.all},
    codes={"channel": Channel, "cure": Cure},
    phrases={"received_on": _("received on %(day)s")},
)
"""The wording of the steps and their details."""

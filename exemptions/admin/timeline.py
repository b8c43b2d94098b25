"""The timeline of an application, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import build_wording
from casework.models import DefaultNotice, OtherBody, TermSuspension
from casework.shared_steps import Cure
from casework.suspensions import INQUIRY
from exemptions.models import Application, Channel, EvidenceItem, Ground, KindVersion, RegisterFinding
from exemptions.models.decision import Change
from exemptions.steps.revision import Cause

SUSPENDED_DAYS: Mapping[str, str | Promise] = {
    "first_day": _("stands still from %(day)s"),
    "expected_on": _("expected to run again on %(day)s"),
    "runs_again_on": _("runs again from %(day)s"),
    "agreed_on": _("agreed on %(day)s"),
}
TOO_LATE_TO_SUSPEND = _("too late: the request does not suspend the term")


WORDING = build_wording(
    Application,
    sorts={
        "ground": Ground.objects.all,
        "item": EvidenceItem.objects.select_related("requirement").all,
        "kind": KindVersion.objects.all,
        "body": OtherBody.objects.all,
    },
    codes={
        "verdict": EvidenceItem.Verdict,
        "cause": Cause,
        "change": Change,
        "intention": Change,
        "what": Change,
        "channel": Channel,
        "came_by": Channel,
        "cure": Cure,
        "dealt_with": RegisterFinding.What,
        "without": DefaultNotice.Without,
        "second_pair_by_lot": {True: _("a colleague looks at it first"), False: _("one person may grant it")},
        "suspended_by": TermSuspension.Ground,
        "too_late": {
            INQUIRY: TOO_LATE_TO_SUSPEND,
            "completion_request": TOO_LATE_TO_SUSPEND,
            "extension_notice": _("too late: the term is not extended"),
            "set_aside": _("too late: it is not set aside"),
        },
    },
    phrases={
        **SUSPENDED_DAYS,
        "received_on": _("received on %(day)s"),
        "came_in_on": _("received on %(day)s"),
        "posted_on": _("posted on %(day)s"),
        "from_day": _("from %(day)s"),
        "answer_by": _("to be answered by %(day)s"),
        "lifted_from": _("the suspension since %(day)s is undone"),
    },
    quotes={
        "doubts_reason": _("although something spoke against it: “%(words)s”"),
        "percent": _("%(words)s in a hundred are drawn"),
        "former_name": _("was “%(words)s”"),
        "name": _("now “%(words)s”"),
    },
)
"""The words of the steps, and the objects that their details refer to."""

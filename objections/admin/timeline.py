"""What happened to an objection and to a case before a court, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import build_wording
from casework.models import DefaultNotice, OtherBody, TermSuspension
from casework.shared_steps import Cure
from casework.suspensions import INQUIRY
from exemptions.admin.timeline import SUSPENDED_DAYS, TOO_LATE_TO_SUSPEND
from exemptions.models import Ground
from objections.models import (
    Appeal,
    Hearing,
    Objection,
    ObjectionDecision,
    PreliminaryRelief,
    RepairRequest,
)
from objections.steps.court import Remedy
from objections.steps.ending import Withdrawn
from objections.steps.term import Consent

DAYS: Mapping[str, str | Promise] = {
    **SUSPENDED_DAYS,
    "received_on": _("received on %(day)s"),
    "posted_on": _("postmark of %(day)s"),
    "reply_until": _("answer until %(day)s"),
    "held_at": _("on %(day)s"),
    "asked_on": _("on %(day)s"),
    "decided_on": _("on %(day)s"),
    "filed_on": _("filed on %(day)s"),
    "papers_due": _("papers by %(day)s"),
    "judged_on": _("on %(day)s"),
    "advised_on": _("of %(day)s"),
    "judgment_sent_on": _("sent on %(day)s"),
    "sent_on": _("sent on %(day)s"),
    "opposed_on": _("on %(day)s"),
    "repaired_on": _("on %(day)s"),
    "told_on": _("on %(day)s"),
}


OF_OBJECTION = build_wording(
    Objection,
    sorts={"ground": Ground.objects.all, "body": OtherBody.objects.all},
    codes={
        "ground": Hearing.Skipped,
        "items": RepairRequest.Item,
        "excused": {True: _("late, and excused"), False: ""},
        "wants": {True: _("wants to be heard"), False: _("does not want to be heard")},
        "attended": {True: _("the objector was there"), False: _("the objector was not there")},
        "because": ObjectionDecision.Inadmissible,
        "consent": Consent,
        "conclusion": ObjectionDecision.Outcome,
        "how": Withdrawn,
        "outcome": PreliminaryRelief.Outcome,
        "without": DefaultNotice.Without,
        "cure": Cure,
        "suspended_by": TermSuspension.Ground,
        "too_late": {
            "objection_committee": _("too late: the term is not twelve weeks"),
            INQUIRY: TOO_LATE_TO_SUSPEND,
            "objection_repair": TOO_LATE_TO_SUSPEND,
            "objection_adjourned": _("too late: the decision is not adjourned"),
            "objection_delayed": _("too late: the decision is not delayed further"),
        },
    },
    phrases=DAYS,
)
OF_APPEAL = build_wording(
    Appeal,
    sorts={"ground": Ground.objects.all},
    codes={
        "remedy": Remedy,
        "premature": {True: _("premature"), False: ""},
        "about_penalty": {True: _("about the penalty too (Awb 4:19)"), False: ""},
        "unheard": {True: _("without a hearing"), False: ""},
        "uses": {True: _("we repair it"), False: _("we do not repair it")},
    },
    phrases=DAYS,
)
"""The wording of the steps and their details."""

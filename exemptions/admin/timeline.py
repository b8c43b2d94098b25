"""What happened to an application, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import wording_of
from casework.models import DefaultNotice
from exemptions.models import EvidenceItem, Ground, Kind, Status
from exemptions.steps.mail import Cure
from exemptions.steps.revision import Cause

SAID: Mapping[str, str | Promise] = {
    "file": _("Sent by the applicant"),
    "receive_conversion": _("Received as the follow-up of another application"),
    "take_up": _("Taken up"),
    "assign": _("Assigned"),
    "note": _("Note written"),
    "ask_completion": _("Completion asked"),
    "supply": _("Answer received"),
    "remind": _("Reminded"),
    "ask_again": _("Completion asked again"),
    "let_lapse": _("Request ended without an answer"),
    "go_on_unanswered": _("Continued without an answer"),
    "judge": _("Item judged"),
    "offer_hearing": _("View asked"),
    "give_view": _("View received"),
    "close_hearing": _("Continued without a view"),
    "dispute_facts": _("The applicant says that the vehicle data are wrong"),
    "correct_facts": _("Vehicle data corrected or confirmed"),
    "grant_at_once": _("Granted at once"),
    "grant": _("Granted"),
    "reject": _("Rejected"),
    "propose_grant": _("Grant proposed"),
    "propose_rejection": _("Rejection proposed"),
    "return_proposal": _("Proposal sent back"),
    "approve_grant": _("Granted as proposed"),
    "approve_rejection": _("Rejected as proposed"),
    "set_aside": _("Application set aside"),
    "extend": _("Term to decide extended"),
    "convert": _("Converted to another kind"),
    "withdraw": _("Withdrawn"),
    "revise": _("Granted after all, in place of the earlier decision"),
    "annul": _("Day exemption revoked"),
    "reopen": _("Taken up again: the decision is revoked"),
    "post_letters": _("Letters posted"),
    "mend_mail": _("Failed email seen to"),
    "receive_default_notice": _("Notice of default on the application received"),
    "set_penalty": _("Penalty set for deciding late on the application"),
}


WORDING = wording_of(
    said=SAID,
    statuses=Status,
    sorts={
        "ground": Ground.objects.all,
        "item": EvidenceItem.objects.select_related("requirement").all,
        "kind": Kind.objects.all,
    },
    codes={"verdict": EvidenceItem.Verdict, "cause": Cause, "cure": Cure, "without": DefaultNotice.Without},
    phrases={"received_on": _("received on %(day)s"), "posted_on": _("posted on %(day)s")},
    quotes={"doubts_reason": _("although something spoke against it: “%(words)s”")},
)
"""The words of the steps, and what their details point at."""

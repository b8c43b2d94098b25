"""What happened to an objection and to a case before a court, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.desk.timeline import wording_of
from casework.models import DefaultNotice
from exemptions.models import Ground
from exemptions.steps.mail import Cure
from objections.models import (
    AppealStatus,
    Hearing,
    ObjectionDecision,
    ObjectionStatus,
    PreliminaryRelief,
    RepairRequest,
)
from objections.steps.ending import Withdrawn
from objections.steps.term import Consent

OBJECTION: Mapping[str, str | Promise] = {
    "file": _("Objection sent"),
    "register": _("Objection registered"),
    "take_up": _("Objection taken up"),
    "ask_costs": _("Costs of the objection asked"),
    "assign": _("Objection assigned"),
    "note": _("Note written on the objection"),
    "admit": _("Objection admitted"),
    "ask_repair": _("Repair of the objection asked"),
    "repair": _("Objection repaired"),
    "remind_repair": _("Reminded to repair the objection"),
    "let_repair_lapse": _("Request for repair ended without an answer"),
    "offer_hearing": _("Hearing offered"),
    "answer_hearing": _("Answer about the hearing received"),
    "plan_hearing": _("Hearing planned"),
    "hold_hearing": _("Hearing held"),
    "waive_hearing": _("No hearing"),
    "add_papers": _("Files added to the objection"),
    "refer_to_committee": _("A committee advises on the objection"),
    "adjourn": _("Decision on the objection adjourned by six weeks"),
    "delay_further": _("Decision on the objection delayed further"),
    "receive_default_notice": _("Notice of default on the objection received"),
    "set_penalty": _("Penalty set for deciding late on the objection"),
    "uphold": _("Objection upheld"),
    "uphold_in_part": _("Objection upheld in part"),
    "uphold_and_reopen": _("Objection upheld: the application is taken up again"),
    "declare_unfounded": _("Objection declared unfounded"),
    "declare_inadmissible": _("Objection declared inadmissible"),
    "decide_again": _("The court requires a new decision on the objection"),
    "keep_to_order": _("The court set a last day to decide on the objection"),
    "withdraw": _("Objection withdrawn"),
    "refuse_direct_appeal": _("Direct appeal refused"),
    "agree_direct_appeal": _("Objection forwarded to the court"),
    "post_letters": _("Letters posted"),
    "mend_mail": _("Failed email seen to"),
    "ask_relief": _("Preliminary relief requested"),
    "judge_relief": _("Preliminary relief decided"),
}
APPEAL: Mapping[str, str | Promise] = {
    "lodge": _("Appeal lodged"),
    "take_number": _("Case number of the court noted"),
    "send_papers": _("Papers sent to the court"),
    "receive_paper": _("Paper received from the court"),
    "withdraw": _("Appeal withdrawn"),
    "settle": _("Appeal settled"),
    "find_inadmissible": _("Appeal found inadmissible"),
    "find_unfounded": _("Appeal found unfounded"),
    "win_with_grant": _("Appeal upheld: the exemption is granted"),
    "win_with_order": _("Appeal upheld: a new decision is due"),
    "win_without_change": _("Appeal upheld: the effects stay"),
    "note": _("Note written on the appeal"),
}
DAYS: Mapping[str, str | Promise] = {
    "received_on": _("received on %(day)s"),
    "posted_on": _("postmark of %(day)s"),
    "reply_until": _("answer until %(day)s"),
    "held_at": _("on %(day)s"),
    "asked_on": _("on %(day)s"),
    "decided_on": _("on %(day)s"),
    "filed_on": _("filed on %(day)s"),
    "papers_due": _("papers by %(day)s"),
    "judged_on": _("on %(day)s"),
}


OF_OBJECTION = wording_of(
    said=OBJECTION,
    statuses=ObjectionStatus,
    sorts={"ground": Ground.objects.all},
    codes={
        "ground": Hearing.Skipped,
        "items": RepairRequest.Item,
        "excused": {True: _("late, and excused"), False: ""},
        "wants": {True: _("wants to be heard"), False: _("does not want to be heard")},
        "attended": {True: _("the objector was there"), False: _("the objector was not there")},
        "because": ObjectionDecision.Inadmissible,
        "consent": Consent,
        "how": Withdrawn,
        "outcome": PreliminaryRelief.Outcome,
        "without": DefaultNotice.Without,
        "cure": Cure,
    },
    phrases=DAYS,
)
OF_APPEAL = wording_of(said=APPEAL, statuses=AppealStatus, sorts={"ground": Ground.objects.all}, phrases=DAYS)
"""The words of the steps, and what their details mean."""

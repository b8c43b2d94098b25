"""What happened in an objection and before the court, for the objector's side: without what the desk does inside."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Event
from exemptions.portal import timeline
from objections.models import Appeal, Objection

if TYPE_CHECKING:
    from accounts.models import User

SAID: Mapping[str, str | Promise] = {
    "file": _("Objection sent"),
    "register": _("Objection came in by post or otherwise"),
    "admit": _("We are handling the objection"),
    "ask_costs": _("Asked us to pay the costs"),
    "ask_repair": _("We asked you to add what was missing"),
    "repair": _("Added what was missing"),
    "remind_repair": _("We sent a reminder"),
    "let_repair_lapse": _("The last day to add what was missing passed without an answer"),
    "offer_hearing": _("We asked whether you want to tell your side"),
    "answer_hearing": _("Answered about the hearing"),
    "plan_hearing": _("We invited you to a hearing"),
    "hold_hearing": _("Hearing held"),
    "waive_hearing": _("There will be no hearing"),
    "add_papers": _("Documents added"),
    "refer_to_committee": _("A committee advises us"),
    "adjourn": _("We need more time to decide"),
    "delay_further": _("We need more time to decide, as agreed"),
    "receive_default_notice": _("Told us that we are late (notice of default)"),
    "set_penalty": _("We decided about the penalty for being late"),
    "uphold": _("Objection upheld"),
    "uphold_in_part": _("Objection upheld in part"),
    "uphold_and_reopen": _("Objection upheld: we handle the application again"),
    "declare_unfounded": _("Objection unfounded"),
    "declare_inadmissible": _("Objection inadmissible"),
    "decide_again": _("The court annulled our decision: we decide again"),
    "keep_to_order": _("The court gave us a last day to decide"),
    "refuse_direct_appeal": _("We decide on the objection ourselves first"),
    "agree_direct_appeal": _("Sent on to the court"),
    "withdraw": _("Objection withdrawn"),
    "post_letters": _("We posted letters to you"),
    "ask_relief": _("The court was asked for preliminary relief"),
    "judge_relief": _("The judge decided about preliminary relief"),
}
AT_COURT: Mapping[str, str | Promise] = {
    "lodge": _("The court told us of an appeal"),
    "withdraw": _("Appeal withdrawn"),
    "settle": _("Appeal ended: both sides agreed"),
    "find_inadmissible": _("The court declared the appeal inadmissible"),
    "find_unfounded": _("The court declared the appeal unfounded"),
    "win_with_grant": _("The court upheld the appeal"),
    "win_with_order": _("The court upheld the appeal: we must decide again"),
    "win_without_change": _("The court upheld the appeal, and our decision holds"),
}
"""Only these: who it is assigned to, notes and our papers for the court are the desk's own."""


def lines(objection: Objection, *, reader: "User") -> list[timeline.Line]:
    """Everything that the objector's side may know, of the objection and of its appeals, the latest first."""
    said = {f"{Appeal.CASE_TYPE}.{step}": words for step, words in AT_COURT.items()}
    said |= {f"{Objection.CASE_TYPE}.{step}": words for step, words in SAID.items()}
    appeals = Appeal.objects.filter(objection=objection).values("pk")
    of_objection = Q(case_type=Objection.CASE_TYPE, case_id=objection.pk, step__in=SAID)
    at_court = Q(case_type=Appeal.CASE_TYPE, case_id__in=appeals, step__in=AT_COURT)
    events = Event.objects.filter(of_objection | at_court)
    return timeline.told(events, said, reader=reader, key=lambda event: f"{event.case_type}.{event.step}")


def latest(objection: Objection, *, reader: "User") -> timeline.Line | None:
    """The last thing that happened, to tell somebody whose page had become old."""
    return next(iter(lines(objection, reader=reader)), None)

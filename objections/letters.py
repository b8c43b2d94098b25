"""The letters about an objection, with words made from its rows. A step places them; PDF and mail follow later."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework import clock, deadline_words, deadlines, penalties
from casework.models import EquatedDay, Letter
from casework.suspensions import INQUIRY
from casework.texts import Markup, compose_text, escape_markup, leave_open
from exemptions import access_today
from exemptions.letters import (
    announce_letter,
    build_case_context,
    build_desk_context,
    describe_shortfall,
    quote_law,
    verify_address,
)
from exemptions.models.decision import Outcome
from exemptions.steps.conversion import find_successor
from exemptions.steps.statuses import Status
from objections import reasons
from objections.placeholders import KINDS

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models import Decision
    from objections.models import Appeal, Committee, Hearing, Objection, ObjectionDecision, RepairRequest

MAY_DECIDE = "objections.decide_objection"
WITH_OPEN_DAYS = frozenset(
    {
        "penalty_set",
        "objection_committee",
        INQUIRY,
        "objection_adjourned",
        "objection_delayed",
        "judgment_granted_object",
        *(kind for kind, names in KINDS.items() if "appeal_until" in names),
    }
)
"""Letters with days that depend on the day on which they are made known."""


class Subject(TypedDict, total=False):
    """What a letter is about besides the objection; `more`: further placeholders."""

    request: "RepairRequest | None"
    hearing: "Hearing | None"
    decision: "ObjectionDecision | None"
    more: Mapping[str, object] | None


def place_letter(
    objection: "Objection",
    kind: str,
    *,
    by_post: bool | None = None,
    reference: str = "",
    by: "User | None" = None,
    **subject: Unpack[Subject],
) -> Letter:
    """Place a letter in the portal and put the mail about it in the outbox; the words are frozen now.

    `by_post`: whether it waits to be posted; looked up if None. A letter on which a term begins or ends is sent by
    `objections.steps.announcement` instead. `reference`: that of the decision that follows from a judgment. `by`: who
    decides, if there is no `decision` on the objection.
    """
    application, decision = objection.application, subject.get("decision")
    with override(application.language):
        context = build_context(objection, kind, by=by, **subject)
    by_post = application.goes_by_post if by_post is None else by_post
    shown = leave_open(context) if by_post and kind in WITH_OPEN_DAYS else context
    letter = objection.dossier.place_letter(
        objection,
        compose_text(kind, language=application.language, context=shown),
        address=application.applicant.address if application.applicant else "",
        reference=decision.reference if decision else reference,
        by_post=by_post,
    )
    announce_letter(application, letter, context=context)
    return letter


def build_context(
    objection: "Objection", kind: str, *, by: "User | None", **subject: Unpack[Subject]
) -> dict[str, object]:
    """The placeholders of a letter, in the active language."""
    application, decision = objection.application, subject.get("decision")
    return {
        **build_case_context(application),
        **build_desk_context(application, by=decision.taken_by if decision else by, permission=MAY_DECIDE),
        **build_objection_context(objection),
        **build_repair_context(subject.get("request")),
        **build_hearing_context(subject.get("hearing")),
        **build_outcome_context(decision),
        "access": access_today.find_access_today(application).sentence if kind == "objection_reopened" else "",
        **(subject.get("more") or {}),
    }


def build_objection_context(objection: "Objection") -> dict[str, object]:
    """The placeholders of every letter about an objection."""
    return {
        "portal_url": settings.SITE_URL + reverse("objection", args=[objection.key]),
        "decision_reference": objection.decision.reference,
        "decision_date": objection.decision.dated_on,
        "objection_received_on": objection.received_on or "",
        "object_until": objection.object_until,
        "in_time": in_time_in_words(objection),
        "decide_by": objection.decide_by or "",
        "explanation_of_deadline": deadline_words.describe_decision_deadline(objection),
        "explanation": "",
    }


def in_time_in_words(objection: "Objection") -> str:
    """Whether the objection came in time and, if not, what follows."""
    if objection.is_in_time:
        return _("Your objection came in time.")
    if objection.excused:
        return _("Your objection came after the last day, but you had a good reason. We will handle it.")
    return _("Your objection came after the last day. First we will see whether you had a good reason for that.")


def build_repair_context(request: "RepairRequest | None") -> dict[str, object]:
    """What is missing, and until when it can be added."""
    if request is None:
        return {}
    lines = [f"- {escape_markup(item)}" for item in request.asked]
    return {"items": Markup("\n".join(lines)), "ends_by": request.ends_on, "explanation": request.explanation}


def build_hearing_context(hearing: "Hearing | None") -> dict[str, object]:
    """Time and place of the hearing, and the last day for papers; or the last day to answer the offer."""
    if hearing is None:
        return {}
    return {
        "reply_until": hearing.reply_until or "",
        "heard_by": heard_by_in_words(hearing.committee),
        "hearing_at": deadline_words.format_moment(hearing.held_at) if hearing.held_at else "",
        "hearing_place": hearing.place,
        "papers_until": hearing.papers_until or "",
        "file_open_from": hearing.file_open_from or "",
    }


def build_outcome_context(decision: "ObjectionDecision | None") -> dict[str, object]:
    """The decision on the objection, what replaces the old decision, and how to appeal."""
    if decision is None:
        return {}
    new = decision.new_decision
    ground, language = new.ground if new else None, decision.objection.language
    return {
        "ground_text": ground.text("text", language) if ground else "",
        "article": quote_law(decision.objection.application, new),
        "reference": decision.reference,
        "reasons": join_reasons(
            describe_shortfall(new),
            decision.explanation,
            advice_in_words(decision),
            conversion_in_words(decision),
            penalty_in_words(decision),
        ),
        "hearing": hearing_in_words(decision.objection),
        "inadmissible_because": str(reasons.INADMISSIBLE.get(decision.inadmissible_because, "")),
        "appeal_until": decision.appeal_until,
        "costs": costs_in_words(decision),
        "starts_on": (new and new.starts_on) or "",
        "ends_on": (new and new.ends_on) or "",
        "new_reference": new.reference if new else "",
        "verify_url": verify_address(new),
        "other_ways": describe_other_ways(decision.objection),
        **build_new_penalty_context(new),
    }


def build_new_penalty_context(new: "Decision | None") -> dict[str, object]:
    """The amount that replaces another, and when it is paid (Awb 4:87)."""
    amount = (new.penalty_eur if new else None) or 0
    return {"amount": penalties.format_amount(amount), "penalty_paying": penalties.describe_paying(amount)}


def describe_other_ways(objection: "Objection") -> str:
    """Other options without an exemption; empty if the objection was about a penalty."""
    was_converted = objection.decision.outcome == Outcome.CONVERTED
    if was_converted and (successor := find_successor(objection.application)):
        return _("You can see what happens to your application for the other exemption under number %(number)s.") % {
            "number": successor.dossier
        }
    if not objection.decision.is_on_application:
        return ""
    return _("Perhaps another exemption fits, or a day exemption. The portal shows what is possible for your vehicle.")


def conversion_in_words(decision: "ObjectionDecision") -> str:
    """What becomes of the application that came from a revoked conversion; empty if there is none, or it has ended."""
    contested, new = decision.objection.decision, decision.new_decision
    successor = find_successor(contested.application) if contested.outcome == Outcome.CONVERTED else None
    if new is None or successor is None:
        return ""
    about = {"number": successor.dossier}
    if successor.status == Status.GRANTED:
        return _("You keep the exemption that you got for application %(number)s.") % about
    if successor.status != Status.CONVERTED:
        return ""
    ended = _("We no longer treat your application as one for another exemption: application %(number)s ends.") % about
    if not successor.exemptions.exists():
        return ended
    return f"{ended} {_('The exemption that you got for it ends too. This one takes its place.')}"


def penalty_in_words(decision: "ObjectionDecision") -> str:
    """The decision about a penalty that was contested as well (Awb 4:19); empty if there was none."""
    old, new = decision.objection.penalty, decision.new_penalty
    if old is None or not decision.penalty_because:
        return ""
    amounts = {"amount": penalties.format_amount(((new or old).penalty_eur) or 0)}
    changed = _(
        "You also disagreed with the penalty for deciding late. We revoke that decision. We now set it at %(amount)s:"
    )
    kept = _("You also disagreed with the penalty for deciding late. It remains %(amount)s:")
    said = f"{(changed if new else kept) % amounts} {decision.penalty_because}"
    return f"{said}\n\n{penalties.describe_paying(new.penalty_eur or 0)}".strip() if new else said


def join_reasons(*reasons: str) -> str:
    """The reasons one below the other, without empty ones."""
    return "\n\n".join(filter(None, reasons))


def build_committee_context(committee: "Committee") -> dict[str, object]:
    """The chair and members of a committee."""
    return {"chair": committee.chair, "members": format_names(committee.members)}


def format_names(names: Sequence[str]) -> str:
    """Names in one line, as people write them."""
    *first, last = names or [""]
    return _("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def heard_by_in_words(committee: "Committee | None") -> str:
    """Which committee hears the objector (Awb 7:13(3)); empty if it is the desk."""
    if committee is None:
        return ""
    if not committee.chair:
        return _("The advisory committee will hear you.")
    about = {"chair": committee.chair, "members": format_names(committee.members)}
    return _("The advisory committee will hear you: %(chair)s (chair), %(members)s.") % about


def advice_in_words(decision: "ObjectionDecision") -> str:
    """The committee's advice, and why we deviate from it (Awb 7:13(7)); empty if there was no advice."""
    committee = decision.objection.current_committee
    if committee is None or committee.advised_on is None:
        return ""
    advised = str(reasons.ADVISED[committee.conclusion]) % {"day": deadline_words.format_day(committee.advised_on)}
    why = decision.deviation_because
    followed = _("We do not follow that advice. The reason is: %(why)s") if why else _("We follow that advice.")
    return " ".join([advised, followed % {"why": why}, _("The advice comes with this decision.")])


def hearing_in_words(objection: "Objection") -> str:
    """How the objector was heard, or why not: the decision must say it (Awb 7:12(1))."""
    hearing = objection.current_hearing
    if hearing is None:
        return ""
    if hearing.skipped:
        return f"{reasons.NOT_HEARD[hearing.skipped]} {hearing.skipped_because}".strip()
    day = deadline_words.format_day(hearing.day) if hearing.day else ""
    if hearing.attended and hearing.committee_id:
        return _("You told the advisory committee your side at the hearing on %(day)s. The report is in your file.") % {
            "day": day
        }
    if not hearing.attended:
        return _("You were invited to a hearing on %(day)s and did not come.") % {"day": day}
    return _("You told us your side at the hearing on %(day)s. The report is in your file.") % {"day": day}


def costs_in_words(decision: "ObjectionDecision") -> str:
    """The decision about the costs that were requested (Awb 7:15); empty if none were."""
    if not decision.objection.costs_asked:
        return ""
    if decision.costs_eur:
        amount = f"€\N{NO-BREAK SPACE}{number_format(decision.costs_eur, decimal_pos=2)}"
        paid = _("You asked us to pay the costs of your objection. We will pay %(amount)s.") % {"amount": amount}
        return f"{paid} {decision.costs_because}".strip()
    refused = _("You asked us to pay the costs of your objection. We will not pay them.")
    return f"{refused} {decision.costs_because}".strip()


def build_judgment_context(appeal: "Appeal", new: "Decision") -> dict[str, object]:
    """The judgment, the exemption that follows from it, and the remedy against our decision."""
    application, calendar = appeal.application, EquatedDay.calendar()
    with override(application.language):
        article = quote_law(application, new)
    return {
        "article": article,
        "object_until": deadlines.objection_due(clock.today(), calendar=calendar),
        "appeal_until": deadlines.appeal_due(clock.today(), calendar=calendar),
        "court": appeal.court,
        "judged_on": appeal.judged_on or "",
        "judgment": appeal.judgment,
        "starts_on": new.starts_on or "",
        "ends_on": new.ends_on or "",
        "new_reference": new.reference,
        "verify_url": verify_address(new),
    }


def build_own_grant_context(appeal: "Appeal", new: "Decision") -> dict[str, object]:
    """The same for our own grant after the judgment, with the reasons if that is less than was asked."""
    reasons = join_reasons(appeal.judgment, describe_shortfall(new), new.explanation)
    return {**build_judgment_context(appeal, new), "judgment": reasons}

"""What happens next in an objection, and by when, in words for the objector's side: one function per status."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from casework.deadline_words import format_day, format_moment
from casework.models import Deadline
from casework.penalties import format_amount
from objections.models import ObjectionStatus as Status
from objections.portal.case_facts import CaseFacts

# --- Open -----------------------------------------------------------------------------------------------


def describe_draft(case: CaseFacts) -> list[str]:
    """A draft, which can still be sent."""
    until = case.until
    if until < case.today:
        return [
            _("The last day to object was %(day)s. You can still send it, and tell us why you are late.")
            % {"day": format_day(until)}
        ]
    return [_("We do not have it yet. Send it by %(day)s.") % {"day": format_day(until)}]


def describe_registered(case: CaseFacts) -> list[str]:
    """An objection whose admissibility is being judged."""
    objection = case.objection
    late = [_("Your objection came after the last day. First we will see whether you had a good reason for that.")]
    pro_forma = [_("You have not sent your reasons yet. We will send you a letter that says until when you can do so.")]
    return [
        _("We have your objection. We will check whether it is complete and came in time."),
        *(late if case.needs_excuse else ()),
        *(() if objection.grounds.strip() else pro_forma),
        *describe_direct_appeal(case),
        *describe_decision_term(case),
    ]


def describe_repair(case: CaseFacts) -> list[str]:
    """An objection that the objector must repair."""
    request = case.request
    if request is None:
        return describe_decision_term(case)
    if request.ends_on < case.today:
        return [
            _("The last day to add what is missing was %(day)s.") % {"day": format_day(request.ends_on)},
            _("You can still do so, as long as we have not decided."),
            _("Without it we may not be able to consider your objection."),
        ]
    return [
        _("Something is missing. Send it by %(day)s.") % {"day": format_day(request.ends_on)},
        _("If you do not, we may not be able to consider your objection."),
    ]


def describe_handled(case: CaseFacts) -> list[str]:
    """An objection being handled: who looks at it, whether there will be a hearing, and the term to decide."""
    return [
        _("An officer who did not take the decision looks at your objection."),
        *describe_committee(case),
        *describe_hearing(case),
        *describe_direct_appeal(case),
        *describe_decision_term(case),
    ]


def describe_committee(case: CaseFacts) -> list[str]:
    """That a committee hears and advises (Awb 7:13)."""
    advises = _(
        "If there is a hearing, an advisory committee will hear you. The committee advises us about your objection."
    )
    return [advises] if case.objection.committee else []


def describe_hearing(case: CaseFacts) -> list[str]:
    """The hearing: the objector's answer, that there will be none, or that its report is ready; nothing before that."""
    hearing = case.hearing
    if hearing is None or case.annulled:
        return []
    if hearing.report:
        return [
            _("The hearing was on %(day)s. The report is on this page.")
            % {"day": format_day(hearing.day or case.today)}
        ]
    if hearing.skipped:
        return [_("There will be no hearing.")]
    if hearing.wanted:
        return [_("You want to tell your side. We will invite you to a hearing.")]
    return [_("You told us that you do not want a hearing.")] if hearing.wanted is False else []


def describe_hearing_offered(case: CaseFacts) -> list[str]:
    """That the objector may still say whether they want a hearing, and until when."""
    until = case.hearing.reply_until if case.hearing else None
    if until and until < case.today:
        last = _("The last day to say whether you want a hearing was %(day)s.") % {"day": format_day(until)}
        return [last, _("You can still answer, as long as we have not continued."), *describe_decision_term(case)]
    asked = _("You may tell us your side at a hearing. Let us know by %(day)s whether you want that.")
    return [asked % {"day": format_day(until or case.today)}, *describe_decision_term(case)]


def describe_hearing_planned(case: CaseFacts) -> list[str]:
    """The time and place of the hearing."""
    hearing = case.hearing
    if hearing is None or hearing.held_at is None:
        return describe_decision_term(case)
    about = {"moment": format_moment(hearing.held_at), "place": hearing.place}
    return [_("Your hearing is on %(moment)s. Place: %(place)s.") % about, *describe_decision_term(case)]


def describe_direct_appeal(case: CaseFacts) -> list[str]:
    """What became of a request for direct appeal (Awb 7:1a); nothing if there was none."""
    if not case.objection.direct_appeal_asked:
        return []
    refused = case.objection.direct_appeal_refused_on
    if refused:
        return [
            _("You asked to go directly to the court. On %(day)s we told you that we will first decide ourselves.")
            % {"day": format_day(refused)}
        ]
    return [_("You asked to go directly to the court. We will tell you whether we agree.")]


def describe_decision_term(case: CaseFacts) -> list[str]:
    """The last day to decide, with an apology once it has passed; nothing while none is set."""
    last = case.objection.decide_by
    if last is None:
        return []
    if last < case.today:
        return [_("We should have decided by %(day)s. We are late, and we apologise.") % {"day": format_day(last)}]
    return [_("We have to decide by %(day)s.") % {"day": format_day(last)}]


# --- Ended ------------------------------------------------------------------------------------------------


def describe_upheld(case: CaseFacts) -> list[str]:
    """That the objector was right, wholly or in part."""
    new = case.decision.new_decision if case.decision else None
    if new is None:
        return [_("We are handling your application again. Its page shows until when we decide.")]
    if new.penalty_eur is not None:
        amount = {"amount": format_amount(new.penalty_eur)}
        return [_("You were right: the penalty is now %(amount)s. The letter explains more.") % amount]
    if new.starts_on is None:
        return [
            _(
                "You were right, and we decided on your application again: you do not get an exemption."
                " The letter explains why."
            )
        ]
    term = {"first": format_day(new.starts_on or case.today), "last": format_day(new.ends_on or case.today)}
    return [_("You get the exemption, from %(first)s to %(last)s. The letter explains more.") % term]


def describe_unfounded(_case: CaseFacts) -> list[str]:
    """The decision stays."""
    return [_("We have reviewed our decision, and it stands. The letter explains why.")]


def describe_inadmissible(case: CaseFacts) -> list[str]:
    """That the objection was inadmissible, and why."""
    why = case.decision.get_inadmissible_because_display() if case.decision else ""
    return [_("We could not consider your objection. The reason: %(why)s. Our decision stands.") % {"why": why}]


def describe_annulled(case: CaseFacts) -> list[str]:
    """That a judgment replaced our decision; and, if we decided again, until when one can appeal against that."""
    annulled = _(
        "A court annulled our decision on your objection. The page of your application shows what applies now."
    )
    until = case.objection.open_due(Deadline.Kind.APPEAL)
    if until is None:
        return [annulled]
    appeal = _("We decided again. You can appeal against that to the district court (rechtbank) until %(day)s.")
    return [annulled, appeal % {"day": format_day(until)}]


def describe_withdrawn(_case: CaseFacts) -> list[str]:
    """That a withdrawal ends the objection and leaves the decision standing."""
    return [_("You withdrew this objection. Nothing more will happen with it. Our decision stands.")]


def describe_forwarded(_case: CaseFacts) -> list[str]:
    """That the objection was forwarded to the court or to the body that decides on it."""
    return [
        _(
            "We have forwarded your objection to the court or the body that decides on it. The "
            "letter tells you which one."
        )
    ]


NEXT: Mapping[Status, Callable[[CaseFacts], list[str]]] = {
    Status.DRAFT: describe_draft,
    Status.REGISTERED: describe_registered,
    Status.REPAIR: describe_repair,
    Status.HANDLING: describe_handled,
    Status.HEARING_OFFERED: describe_hearing_offered,
    Status.HEARING_PLANNED: describe_hearing_planned,
    Status.UPHELD: describe_upheld,
    Status.UPHELD_IN_PART: describe_upheld,
    Status.UNFOUNDED: describe_unfounded,
    Status.INADMISSIBLE: describe_inadmissible,
    Status.WITHDRAWN: describe_withdrawn,
    Status.FORWARDED: describe_forwarded,
}

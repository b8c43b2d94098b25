"""Hearing the objector (Awb 7:2 to 7:7): offered, answered, planned, called off, held, or skipped (art. 7:3)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework import deadlines
from casework.clock import now, today
from casework.deadline_words import format_day
from casework.models import Deadline, Document
from casework.steps import Button, StepRefused, step
from exemptions.steps.clock import refuse_far
from exemptions.steps.completion import least_answer_days, refuse_bad_term
from objections import letters
from objections.models.hearing import Hearing
from objections.steps import clock
from objections.steps.permissions import may_answer, may_handle
from objections.steps.statuses import DECIDABLE, OPEN
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Committee, Objection


@step(
    source=Status.HANDLING,
    target=Status.HEARING_OFFERED,
    permission=may_handle,
    records=("reply_until",),
    done=_("Hearing offered"),
    told=_("We asked whether you want to tell your side"),
    button=Button(
        _("Offer a hearing"), _("Before a decision the objector can tell their side (Awb 7:2)."), sends_letter=True
    ),
)
def offer_hearing(objection: "Objection", *, by: "User | None", reply_until: date) -> None:
    """Ask whether the objector wants to be heard, until an end date (Awb 7:2, 7:3(d))."""
    refuse_bad_term(reply_until, least_days=least_answer_days(), field="reply_until")
    hearing = Hearing(objection=objection, offered_on=today(), reply_until=reply_until)
    objection.keep_hearing(hearing)
    clock.open_term(objection, Deadline.Kind.HEARING_REPLY, ends_on=reply_until)
    letters.place_letter(objection, "objection_hearing_offer", hearing=hearing)


@step(
    source=(Status.HEARING_OFFERED, Status.HEARING_PLANNED),
    target=Status.HANDLING,
    permission=may_answer,
    records=("wants",),
    done=_("Answer about the hearing received"),
    told=_("Answered about the hearing"),
    button=Button(_("Note the answer about the hearing"), _("What the objector said by post or by phone.")),
)
def answer_hearing(objection: "Objection", *, by: "User | None", wants: bool, reply: str = "") -> None:
    """Record whether the objector wants to be heard, also to decline a hearing that was planned."""
    hearing = objection.hearing_under_way()
    if objection.status == Status.HEARING_PLANNED:
        refuse_bad_renunciation(hearing, wants=wants)
        with override(objection.application.language):
            call_off(objection, because=gettext("You told us that you do not want to be heard."))
    hearing.wanted, hearing.reply, hearing.replied_at = wants, reply, now()
    objection.keep_hearing(hearing)
    objection.dossier.close_deadline(objection, Deadline.Kind.HEARING_REPLY)


@step(
    source=(*DECIDABLE, Status.HEARING_PLANNED),
    target=Status.HEARING_PLANNED,
    permission=may_handle,
    records=("held_at",),
    done=_("Hearing planned"),
    told=_("We invited you to a hearing"),
    button=Button(
        _("Plan the hearing"),
        _("The objector is invited; papers until the eleventh day before, the file open a week before (Awb 7:4)."),
        sends_letter=True,
    ),
)
def plan_hearing(
    objection: "Objection",
    *,
    by: "User | None",
    held_at: datetime,
    place: str,
    heard_by: "User | None" = None,
    members: Iterable["User"] = (),
) -> None:
    """Plan the hearing or move it; papers can be added until the eleventh day before it (Awb 7:4).

    Where a committee advises, that hears (7:13(3)), and nobody of us is named.
    """
    committee, with_them = objection.current_committee, [one for one in dict.fromkeys(members) if one != heard_by]
    refuse_bad_day(held_at)
    refuse_bad_hearers(objection, committee, heard_by=heard_by, members=with_them)
    hearing = objection.current_hearing
    if hearing is None or hearing.is_done:
        hearing = Hearing(objection=objection)
    hearing.held_at, hearing.place, hearing.heard_by = held_at, place, heard_by
    hearing.committee = committee
    hearing.papers_until = deadlines.papers_until(timezone.localdate(held_at))
    objection.keep_hearing(hearing)
    hearing.members.set(with_them)
    objection.dossier.close_deadline(objection, Deadline.Kind.HEARING_REPLY)
    clock.open_hearing_terms(objection, hearing)
    letters.place_letter(objection, "objection_hearing_invitation", hearing=hearing)


@step(
    source=Status.HEARING_PLANNED,
    target=Status.HANDLING,
    permission=may_handle,
    done=_("Hearing called off"),
    told=_("We called off the hearing"),
    button=Button(
        _("Call off the hearing"),
        _("The objector hears why. Is it near, and do letters go by post? Call them too."),
        sends_letter=True,
    ),
)
def cancel_hearing(objection: "Objection", *, by: "User | None", because: str) -> None:
    """Cancel the planned hearing; another one is then planned, or waived on a ground of Awb 7:3."""
    if not because.strip():
        raise StepRefused(gettext("Write why the hearing does not take place."), field="because")
    call_off(objection, because=because)


@step(
    source=Status.HEARING_PLANNED,
    target=Status.HANDLING,
    permission=may_handle,
    records=("attended",),
    done=_("Hearing held"),
    told=_("Hearing held"),
    button=Button(_("Write the report"), _("The hearing has been held: its report joins the file (Awb 7:7).")),
)
def hold_hearing(
    objection: "Objection", *, by: "User | None", attended: bool, report: str, documents: Iterable[Document] = ()
) -> None:
    """Record the hearing, and add its report to the file (Awb 7:7)."""
    hearing = objection.hearing_under_way()
    if hearing.held_at is None or hearing.held_at > now():
        raise StepRefused(gettext("The hearing is still to come. Plan it again if it took place earlier."))
    if not report.strip():
        raise StepRefused(gettext("Write the report: who was there, and what was said (Awb 7:7)."), field="report")
    hearing.attended, hearing.report = attended, report
    objection.keep_hearing(hearing)
    objection.documents.add(*documents)
    clock.close_hearing_terms(objection)


@step(
    source=DECIDABLE,
    target=Status.HANDLING,
    permission=may_handle,
    records=("ground",),
    done=_("No hearing"),
    told=_("There will be no hearing"),
    button=Button(_("No hearing"), _("Only on a ground of the law (Awb 7:3); the decision repeats it.")),
)
def waive_hearing(objection: "Objection", *, by: "User | None", ground: str, because: str = "") -> None:
    """Waive the hearing on a ground of Awb 7:3, which the decision repeats (7:12(1))."""
    skip_hearing(objection, ground=ground, because=because)


@step(
    source=OPEN,
    target=None,
    permission=may_answer,
    done=_("Files added to the objection"),
    told=_("Documents added"),
    button=Button(_("Add files"), _("They join the file of the objection.")),
)
def add_papers(objection: "Objection", *, by: "User | None", documents: Iterable[Document]) -> None:
    """Add papers to the file, until the eleventh day before a planned hearing (Awb 7:4(1))."""
    files = list(documents)
    if not files:
        raise StepRefused(gettext("Choose a file first."), field="documents")
    if by is not None and objection.is_of(by):
        refuse_late_papers(objection)
    objection.documents.add(*files)


def refuse_late_papers(objection: "Objection") -> None:
    """Raise StepRefused for the objector's own papers after the day in the invitation; the desk may still add them."""
    if not may_still_add_papers(objection.status, objection.current_hearing):
        raise StepRefused(
            gettext("The last day for papers before the hearing has passed. Bring them to the hearing, or call us.")
        )


def may_still_add_papers(status: str, hearing: Hearing | None) -> bool:
    """Whether no hearing is planned, or the last day for papers is still to come (Awb 7:4(1))."""
    planned = hearing if status == Status.HEARING_PLANNED else None
    return not (planned and planned.papers_until and planned.papers_until < today())


def call_off(objection: "Objection", *, because: str) -> None:
    """Tell the objector that the planned hearing does not take place, and remove the plan."""
    hearing = objection.hearing_under_way()
    letters.place_letter(objection, "objection_hearing_cancelled", hearing=hearing, more={"explanation": because})
    hearing.held_at = hearing.papers_until = hearing.heard_by = hearing.committee = None
    hearing.place = ""
    objection.keep_hearing(hearing)
    hearing.members.clear()
    clock.close_hearing_terms(objection)


def refuse_bad_renunciation(hearing: Hearing, *, wants: bool) -> None:
    """Raise StepRefused unless the objector declines a planned hearing before its hour (Awb 7:3(c))."""
    if wants:
        raise StepRefused(gettext("The hearing is planned already: only a 'no' changes anything."), field="wants")
    if hearing.held_at is not None and hearing.held_at <= now():
        raise StepRefused(gettext("The hour of the hearing has passed."))


def skip_hearing(objection: "Objection", *, ground: str, because: str = "") -> None:
    """Record why the objector was not heard."""
    hearing = objection.current_hearing
    refuse_bad_skip(hearing, ground=ground)
    if hearing is None or hearing.is_done:
        hearing = Hearing(objection=objection)
    hearing.skipped, hearing.skipped_because = ground, because
    objection.keep_hearing(hearing)
    clock.close_hearing_terms(objection)


def refuse_bad_skip(hearing: Hearing | None, *, ground: str) -> None:
    """Raise StepRefused for 'waived' that the objector never said, or 'no answer' before the term has passed."""
    wants = hearing.wanted if hearing else None
    reply_until = hearing.reply_until if hearing else None
    if ground == Hearing.Skipped.WAIVED and wants is not False:
        raise StepRefused(
            gettext("The objector has not said that they do not want a hearing: note their answer first."),
            field="ground",
        )
    if ground == Hearing.Skipped.NO_REPLY and (wants is not None or not reply_until or reply_until >= today()):
        raise StepRefused(
            gettext("Only when the term to answer has passed without an answer (Awb 7:3, d)."), field="ground"
        )
    if ground not in Hearing.Skipped.values:
        raise StepRefused(gettext("Choose a ground on which there is no hearing (Awb 7:3)."), field="ground")


def find_first_hearing_day() -> date:
    """The first day for a hearing whose invitation is placed today."""
    return deadlines.earliest_hearing(today(), paper_days=least_answer_days())


def refuse_bad_day(held_at: datetime) -> None:
    """Raise StepRefused for a hearing too soon to leave time for papers (Awb 7:4)."""
    first = find_first_hearing_day()
    if timezone.localdate(held_at) < first:
        raise StepRefused(
            gettext(
                "Plan it on %(day)s or later: the objector needs %(days)s days for papers, which come in until"
                " the eleventh day before (Awb 7:4)."
            )
            % {"day": format_day(first), "days": least_answer_days()},
            field="day",
        )
    refuse_far(timezone.localdate(held_at), years=1, field="day")


def refuse_bad_hearers(
    objection: "Objection", committee: "Committee | None", *, heard_by: "User | None", members: list["User"]
) -> None:
    """Raise StepRefused unless a committee hears (Awb 7:13(3)), or an outsider or a majority of outsiders (7:5)."""
    if committee is not None:
        if heard_by is not None or members:
            raise StepRefused(gettext("The committee hears the objector, and nobody of us (Awb 7:13)."))
        return
    if heard_by is None:
        raise StepRefused(gettext("Choose who hears the objector."), field="heard_by")
    if objection.was_involved(heard_by):
        raise StepRefused(
            gettext("%(name)s took or prepared the decision: someone else must hear the objector (Awb 7:5).")
            % {"name": heard_by},
            field="heard_by",
        )
    involved = sum(objection.was_involved(member) for member in members)
    if involved * 2 >= len(members) + 1:
        raise StepRefused(
            gettext("Most of those who hear the objector must not have been involved (Awb 7:5)."), field="members"
        )

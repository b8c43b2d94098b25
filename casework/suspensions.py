"""Suspends the term to decide on other grounds than a request to complete (Awb 4:15, 7:14). Called by steps only.

- 1(b): from the day after the applicant was told that a foreign authority was asked, until it has answered or waiting
  longer is unreasonable. So it begins when a letter is made known.
- 2(a): as long as the applicant agreed in writing; in objection that is the further delay of 7:10(4).
- 2(b), 2(c): as long as the delay is due to the applicant, or force majeure keeps us from deciding. These begin and
  end with the facts. Force majeure requires a letter at once, with the day on which to expect a decision (3).
- When 1(b), 2(b) or 2(c) ends, the applicant is told the new last day (4).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework import clock, running_terms
from casework.announcement import MADE_KNOWN, Sent
from casework.calendar import ONE_DAY
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.deadlines import Suspension
from casework.models import Deadline, DefaultNotice, InformationRequest, TermSuspension
from casework.steps import Button, StepRefused, shared_step

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import AwbCase

Ground = TermSuspension.Ground
INQUIRY = "foreign_inquiry"
"""The letter that begins a suspension under 4:15(1)(b)."""


class ByFact(TextChoices):
    """The grounds that begin and end with a fact."""

    APPLICANT = Ground.APPLICANT.value, Ground.APPLICANT.label
    FORCE_MAJEURE = Ground.FORCE_MAJEURE.value, Ground.FORCE_MAJEURE.label


def of_case(case: "AwbCase") -> Any:
    """The suspensions of a case, including ended ones and proposals."""
    return TermSuspension.objects.of(case.CASE_TYPE, case.pk)


def is_suspended(case: "AwbCase") -> bool:
    """Whether a suspension was announced or noted that we have not ended."""
    return bool(of_case(case).open().exists())


# --- The steps; the last two are of an application only ---------------------------------------------------


@shared_step(
    records=("expected_on", MADE_KNOWN),
    done=_("Told that a foreign authority was asked"),
    told=_("We asked an authority abroad for information"),
    button=Button(
        _("Tell that a foreign authority was asked"),
        _(
            "The term stands still from the day after the letter until the answer is here (Awb 4:15, paragraph 1 "
            "under b)."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def inquire_abroad(case: "AwbCase", *, by: "User | None", expected_on: date, reason: str) -> Sent:
    """Ask a foreign authority: the term is suspended from the day after this is made known."""
    refuse_open(case, Ground.FOREIGN)
    refuse_bad_end(expected_on)
    suspension = new_suspension(case, Ground.FOREIGN, by=by, expected_on=expected_on, reason=reason)
    return case.send_letter(INQUIRY, suspension=suspension, more=build_suspension_context(suspension, case))


@shared_step(
    records=("suspended_by", "first_day", "expected_on"),
    done=_("Term to decide suspended"),
    told=_("The time that we have to decide stands still"),
    button=Button(
        _("Suspend the term"),
        _("The delay is due to the other side, or force majeure keeps us from deciding (Awb 4:15, paragraph 2)."),
        sends_letter=True,
        rare=True,
    ),
)
def suspend_decision_term(
    case: "AwbCase", *, by: "User | None", suspended_by: str, first_day: date, expected_on: date, reason: str
) -> None:
    """Suspend the term because of the applicant's delay or force majeure, and make it known at once (4:15(2), (3))."""
    if suspended_by not in ByFact.values:
        raise StepRefused(gettext("Choose why the term stands still."), field="suspended_by")
    refuse_open(case, Ground(suspended_by))
    refuse_bad_beginning(case, first_day)
    refuse_bad_end(expected_on)
    suspension = new_suspension(
        case, Ground(suspended_by), by=by, first_day=first_day, expected_on=expected_on, reason=reason
    )
    case.open_decision_term()
    case.place_letter("term_suspended", more=build_suspension_context(suspension, case))


@shared_step(
    conditions=[is_suspended],
    records=("suspended_by", "expected_on"),
    done=_("Term to decide suspended longer"),
    told=_("The time that we have to decide stands still longer"),
    button=Button(
        _("Suspend the term longer"),
        _("The reason why the term stands still lasts longer than we wrote."),
        sends_letter=True,
        rare=True,
    ),
)
def prolong_suspension(
    case: "AwbCase", *, by: "User | None", suspension: TermSuspension, expected_on: date, reason: str
) -> Mapping[str, object]:
    """Record that a suspension lasts longer than expected; the letter says until when."""
    refuse_bad_end(expected_on)
    refuse_in_default(case, field="expected_on")
    if suspension.first_day is None:
        raise StepRefused(gettext("The letter about it is still to be posted: until then nothing stands still."))
    if expected_on <= suspension.expected_on:
        raise StepRefused(gettext("The new day is not later than the present one."), field="expected_on")
    suspension.expected_on, suspension.reason = expected_on, reason
    suspension.save(update_fields=["expected_on", "reason"])
    case.open_decision_term()
    case.place_letter("term_suspended", more=build_suspension_context(suspension, case))
    return {"suspended_by": suspension.ground}


@shared_step(
    conditions=[is_suspended],
    records=("suspended_by", "runs_again_on"),
    done=_("Term to decide runs again"),
    told=_("The time that we have to decide runs again"),
    button=Button(
        _("Let the term run again"),
        _("What the term stood still for is over: the letter tells the new last day (Awb 4:15, paragraph 4)."),
        sends_letter=True,
    ),
)
def resume_decision_term(
    case: "AwbCase", *, by: "User | None", suspension: TermSuspension, runs_again_on: date
) -> Mapping[str, object]:
    """Resume the term since the cause of its suspension ended, and tell the new last day (4:15(4))."""
    if runs_again_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="runs_again_on")
    refuse_early_end(suspension, on=runs_again_on)
    if runs_again_on > suspension.expected_on:
        refuse_in_default(case, field="runs_again_on")
    suspension.end(on=runs_again_on)
    case.open_decision_term()
    case.place_letter("term_resumed", more=build_suspension_context(suspension, case))
    return {"suspended_by": suspension.ground}


def propose_delay(case: "AwbCase", *, by: "User | None", until: date, reason: str) -> None:
    """Ask the applicant to agree to a later decision (4:15(2)(a)); until they do, the term runs on."""
    refuse_bad_end(until, field="until")
    for earlier in of_case(case).proposed():
        earlier.end(on=clock.today())
    suspension = new_suspension(case, Ground.AGREED, by=by, expected_on=until + ONE_DAY, reason=reason)
    case.place_letter("delay_proposed", more=build_suspension_context(suspension, case))


def agree_to_delay(case: "AwbCase", *, by: "User | None", agreed_on: date) -> Mapping[str, object]:
    """Record written consent: the term is suspended from the next day until the last day agreed."""
    suspension = of_case(case).proposed().get()
    if agreed_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="agreed_on")
    if agreed_on < timezone.localdate(suspension.noted_at):
        raise StepRefused(gettext("That is before we asked it."), field="agreed_on")
    refuse_in_default(case, field="agreed_on")
    if case.decide_by is None or agreed_on >= case.decide_by:
        raise StepRefused(gettext("The term to decide ends: it can no longer be suspended."), field="agreed_on")
    suspension.begin(first_day=agreed_on + ONE_DAY)
    case.open_decision_term()
    case.place_letter("term_suspended", more=build_suspension_context(suspension, case))
    return {"expected_on": suspension.expected_on}


# --- What they bring about --------------------------------------------------------------------------------


def begin_inquiry(case: "AwbCase", suspension: TermSuspension, *, on: date) -> bool:
    """Begin the suspension on the day after it was announced (4:15(1)(b)); returns whether the term still ran then."""
    still_runs = case.decide_by is not None and on < case.decide_by and on + ONE_DAY < suspension.runs_again_on
    suspension.begin(first_day=on + ONE_DAY)
    if case.is_being_decided:
        case.open_decision_term()
    return still_runs


def carry_over(case: "AwbCase", successor: "AwbCase") -> None:
    """Move the suspensions to the case that takes the place of this one."""
    of_case(case).update(dossier=successor.dossier, case_id=successor.pk)


def new_suspension(
    case: "AwbCase", ground: Ground, *, by: "User | None", expected_on: date, reason: str, first_day: date | None = None
) -> TermSuspension:
    """Record a suspension."""
    return TermSuspension.objects.create(
        dossier=case.dossier,
        case_type=case.CASE_TYPE,
        case_id=case.pk,
        ground=ground,
        first_day=first_day,
        expected_on=expected_on,
        reason=reason,
        noted_by=by,
    )


# --- The sum ----------------------------------------------------------------------------------------------


class Total(Protocol):
    """The suspensions in the sum of a term to decide."""

    @property
    def suspensions(self) -> tuple[Suspension, ...]:
        """The suspensions that add days."""

    @property
    def suspended_days(self) -> int:
        """The suspended days, each counted once."""

    @property
    def days_by_ground(self) -> Mapping[str, int]:
        """The suspended days by ground."""


def list_in_order(case: "AwbCase", requests: Iterable[InformationRequest]) -> list[Suspension]:
    """Every suspension of the term, by these requests that were sent and on other grounds, oldest first."""
    lapse_counts = CurrentPolicy.on(clock.today()).switch("unused_lapse_counts_last_day")
    asked = [request.suspension(unused_lapse_counts_last_day=lapse_counts) for request in requests]
    others = [suspension.as_days() for suspension in of_case(case).counted()]
    return sorted([*asked, *others], key=lambda one: one.invited)


def as_basis(total: Total) -> dict[str, Any]:
    """The suspended days as the `basis` of a deadline has them."""
    parts = total.suspensions
    return {
        "suspended_days": total.suspended_days,
        "suspended_by": dict(total.days_by_ground),
        "suspensions": [[part.invited.isoformat(), part.ended.isoformat(), part.ground] for part in parts],
    }


def describe_case_suspensions(case: "AwbCase", *, today: date) -> list[str]:
    """Sentences about the suspensions today of the running term; empty if none runs."""
    term = case.find_term(case.DECIDES)
    return describe_suspensions(term.basis, today=today) if term else []


def describe_suspensions(basis: Mapping[str, Any], *, today: date) -> list[str]:
    """Sentences for the person who waits: why the term is suspended today, and until when. Requests are left out."""
    return [
        f"{why_in_words(ground)} {until_in_words(ended)}"
        for invited, ended, *grounds in basis.get("suspensions", [])
        for ground in grounds  # older rows, which were all requests, have no ground
        if ground in Ground.values and date.fromisoformat(invited) < today < date.fromisoformat(ended)
    ]


def until_in_words(ended: str) -> str:
    """Until when the term is suspended, as far as is known."""
    last = format_day(date.fromisoformat(ended) - timedelta(days=1))
    return gettext("So the time that we have to decide stands still, we expect until %(day)s.") % {"day": last}


# --- In words ---------------------------------------------------------------------------------------------


def build_suspension_context(suspension: TermSuspension, case: "AwbCase") -> dict[str, object]:
    """The placeholders of its letters: why, on which article, from when, and until when."""
    with override(case.language):
        return {
            "why": why_in_words(suspension.ground),
            "article": article_in_words(suspension.ground, in_objection=case.DECIDES != Deadline.Kind.DECIDE),
            "first_day": suspension.first_day or "",
            "agreed_until": suspension.agreed_until,
            "runs_again_on": suspension.runs_again_on,
            "explanation": suspension.reason,
        }


def why_in_words(ground: str) -> str:
    """The reason as a sentence to the applicant."""
    match Ground(ground):
        case Ground.FOREIGN:
            return gettext("We asked an authority abroad for information that we need to decide.")
        case Ground.AGREED:
            return gettext("You agreed that we decide later.")
        case Ground.APPLICANT:
            return gettext("The delay is on your side.")
        case Ground.FORCE_MAJEURE:
            return gettext("We cannot decide now, because of something beyond our control (force majeure).")


def article_in_words(ground: str, *, in_objection: bool) -> str:
    """The article on which a suspension rests, in words."""
    match Ground(ground):
        case Ground.FOREIGN:
            article = gettext("article 4:15, paragraph 1 under b, Awb")
        case Ground.AGREED:
            article = gettext("article 4:15, paragraph 2 under a, Awb")
        case Ground.APPLICANT:
            article = gettext("article 4:15, paragraph 2 under b, Awb")
        case Ground.FORCE_MAJEURE:
            article = gettext("article 4:15, paragraph 2 under c, Awb")
    return gettext("article 7:14 and %(article)s") % {"article": article} if in_objection else article


# --- What the law refuses ---------------------------------------------------------------------------------


def refuse_early_end(suspension: TermSuspension, *, on: date) -> None:
    """Raise StepRefused if it lasted less than a day; a foreign authority may answer on the day of our letter."""
    if suspension.first_day is None:  # its letter is still to be posted
        return
    told = suspension.first_day - ONE_DAY
    if on < (told if suspension.ground == Ground.FOREIGN else suspension.first_day + ONE_DAY):
        raise StepRefused(gettext("The term did not stand still yet on that day."), field="runs_again_on")


def refuse_open(case: "AwbCase", ground: Ground) -> None:
    """Raise StepRefused if a suspension on this ground is open, or none can begin any more."""
    if of_case(case).open().filter(ground=ground).exists():
        raise StepRefused(gettext("The term stands still for this already: suspend it longer, or let it run first."))
    refuse_in_default(case)
    if ground == Ground.FOREIGN and (case.decide_by is None or clock.today() >= case.decide_by):
        raise StepRefused(gettext("The term to decide ends: it can no longer be suspended."))


def refuse_bad_beginning(case: "AwbCase", first_day: date) -> None:
    """Raise StepRefused for a first day outside the term, or in the future."""
    if first_day > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="first_day")
    if first_day <= case.in_hand_since:
        about = {"day": format_day(case.in_hand_since)}
        raise StepRefused(
            gettext("The term began the day after %(day)s: choose a later day.") % about, field="first_day"
        )
    if case.decide_by is None or first_day > case.decide_by:
        raise StepRefused(gettext("The term to decide had ended before that day."), field="first_day")


def refuse_bad_end(expected_on: date, *, field: str = "expected_on") -> None:
    """Raise StepRefused for a day that is not in the future, or too far away to be meant."""
    if expected_on <= clock.today():
        raise StepRefused(gettext("Choose a day that is still to come."), field=field)
    if expected_on > clock.today() + timedelta(days=366):
        about = {"day": format_day(expected_on)}
        raise StepRefused(gettext("%(day)s is too far away. Is the year right?") % about, field=field)


def refuse_in_default(case: "AwbCase", *, field: str = "") -> None:
    """Raise StepRefused once a notice of default has effect: from then on we can no longer suspend the term."""
    notices = DefaultNotice.objects.filter(case_type=case.CASE_TYPE, case_id=case.pk)
    if running_terms.may_be_costly(case) and notices.running().exists():
        raise StepRefused(
            gettext("A notice of default has effect already: the term can no longer be suspended."), field=field
        )

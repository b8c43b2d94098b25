"""What speaks against a decision that is about to be taken, and how long an exemption may last: facts in words.

A decision with doubts is possible, because the law leaves room and a phone call can explain much, but never by mistake:
whoever takes, proposes or approves it says why, and the decision records that reason. Pure; `known_of` reads the case.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day as in_words
from exemptions import terms, thresholds
from exemptions.models.evidence import EvidenceItem
from exemptions.models.kind import Ground
from exemptions.models.threshold import ThresholdVersion

if TYPE_CHECKING:
    from exemptions.models.application import Application
    from exemptions.models.facts import FactsRecord
    from exemptions.models.kind import KindVersion


DELIVERY, PERMIT = "expected_on", "permit_until"
"""The questions whose answers say until when an exemption is needed."""


@dataclass(frozen=True)
class Limit:
    """A last day and how it is computed, in words."""

    day: date
    why: str


@dataclass(frozen=True)
class LastDay:
    """What limits the last day.

    `bounds`: of the kind and the vehicle, beyond which nothing can be granted; `wishes`: of what the applicant asked
    and answered, beyond which a reason is needed.
    """

    bounds: tuple[Limit, ...] = ()
    wishes: tuple[Limit, ...] = ()

    @property
    def latest(self) -> date | None:
        """The last day that can be granted; None without a limit."""
        return min((limit.day for limit in self.bounds), default=None)

    def usual(self, *, starts_on: date) -> date | None:
        """The suggested last day: the earliest of all limits; None if there are none, or if it is before the start."""
        first = min((limit.day for limit in (*self.bounds, *self.wishes)), default=None)
        return first if first and first >= starts_on else None

    def explained(self) -> list[str]:
        """How every limit is computed, the earliest first."""
        return [limit.why for limit in sorted((*self.bounds, *self.wishes), key=lambda limit: limit.day)]


def bounds_of(kind: "KindVersion", *, facts: "FactsRecord | None", starts_on: date) -> tuple[Limit, ...]:
    """What the kind and the vehicle allow; see `terms.ends_of`."""
    ends = terms.ends_of(kind, facts=facts, starts_on=starts_on)
    return tuple(Limit(end, explain_end(kind, name, end)) for name, end in ends.items())


def explain_end(kind: "KindVersion", name: str, end: date) -> str:
    """How an end set by the kind is computed."""
    until = in_words(end)
    match name:
        case "duration":
            months = kind.duration_months or 0
            counted = ngettext("%(months)s month", "%(months)s months", months) % {"months": months}
            return _("The kind lasts %(months)s: until %(day)s at the latest.") % {"months": counted, "day": until}
        case "age":
            about = {"years": kind.below_age_years, "day": until}
            return _("The vehicle must be younger than %(years)s years: until %(day)s at the latest.") % about
    return _("The kind ends: until %(day)s at the latest.") % {"day": until}


def wishes_of(answered: Mapping[str, date], *, wanted_until: date | None, margin_days: int) -> tuple[Limit, ...]:
    """What the applicant asks for, and until when their answers justify it. `margin_days`: a policy setting."""
    return tuple(_list_wishes(answered, wanted_until=wanted_until, margin_days=margin_days))


def _list_wishes(answered: Mapping[str, date], *, wanted_until: date | None, margin_days: int) -> Iterable[Limit]:
    if delivery := answered.get(DELIVERY):
        end = delivery + timedelta(days=margin_days)
        about = {"delivery": in_words(delivery), "days": margin_days, "day": in_words(end)}
        yield Limit(end, _("Delivery expected on %(delivery)s + %(days)s days = %(day)s.") % about)
    if permit := answered.get(PERMIT):
        yield Limit(permit, _("The permit runs until %(day)s.") % {"day": in_words(permit)})
    if wanted_until:
        yield Limit(wanted_until, _("The applicant asks for it until %(day)s.") % {"day": in_words(wanted_until)})


ORDER = "ordered_on"
DONE_BEFORE: Mapping[str, str | Promise] = {
    ORDER: gettext_lazy("The applicant gave %(day)s as the day of the order, after the application came in."),
    "requested_on": gettext_lazy(
        "The applicant gave %(day)s as the day on which a connection was asked, after the application came in."
    ),
    "since": gettext_lazy(
        "The applicant gave %(day)s as the first day of work in the zone, after the application came in."
    ),
}
"""The questions about what must have been done before the application came in, and what a later day means."""
Verdict = EvidenceItem.Verdict


@dataclass(frozen=True)
class Proof:
    """One item of the checklist. `needed`: nothing is granted without it; `given`: something was handed in."""

    name: str
    verdict: str = ""
    because: str = ""
    needed: bool = True
    given: bool = True

    @property
    def is_open(self) -> bool:
        """Whether nobody has judged it although there is something to judge, or something is missing."""
        return not self.verdict and (self.needed or self.given)


@dataclass(frozen=True)
class CaseFacts:
    """The facts of the case. `answered`: the dates among the answers, by question.

    `available`: whether by the thresholds an emission-free vehicle is for sale, None if unknown or irrelevant;
    `by_thresholds`: whether it is relevant.
    """

    today: date
    received_on: date
    proof: tuple[Proof, ...] = ()
    answered: Mapping[str, date] = field(default_factory=dict)
    wishes: tuple[Limit, ...] = ()
    available: bool | None = None
    by_thresholds: bool = False


def against_grant(known: CaseFacts, *, starts_on: date | None = None, ends_on: date | None = None) -> list[str]:
    """What speaks against granting, given the days that are filled in."""
    return [
        *_doubt_proof(known),
        *_doubt_answers(known, starts_on or known.today),
        *_too_long(known, ends_on),
        *_for_sale(known),
    ]


def against_rejection(known: CaseFacts, *, ground: Ground | None) -> list[str]:
    """What speaks against rejecting on this ground.

    Evidence that was found insufficient, or that never came, is a good reason to reject. What speaks against it is
    evidence that came in and that nobody looked at, and a ground of missing evidence although all of it was accepted. A
    ground that rests on the register alone requires nothing of the evidence.
    """
    if ground is None or ground.proof == Ground.Proof.NONE:
        return []
    return [*_doubt_unread_proof(known), *_all_accepted(known, ground), *_not_for_sale(known, ground)]


def _doubt_proof(known: CaseFacts) -> Iterator[str]:
    for proof in known.proof:
        if proof.verdict == Verdict.INSUFFICIENT:
            yield _("“%(item)s” was judged not sufficient: %(because)s") % {
                "item": proof.name,
                "because": proof.because,
            }
        elif proof.is_open and proof.given:
            yield _not_judged(proof)
        elif proof.is_open:
            yield _("“%(item)s” was not handed in, and nobody has judged that.") % {"item": proof.name}


def _doubt_unread_proof(known: CaseFacts) -> Iterator[str]:
    yield from (_not_judged(proof) for proof in known.proof if proof.is_open and proof.given)


def _not_judged(proof: Proof) -> str:
    return _("Nobody has judged “%(item)s”.") % {"item": proof.name}


def _all_accepted(known: CaseFacts, ground: Ground) -> Iterator[str]:
    needed = [proof for proof in known.proof if proof.needed]
    if ground.proof == Ground.Proof.SHORT and needed and all(proof.verdict == Verdict.ACCEPTED for proof in needed):
        yield _("The ground says that the proof falls short, yet every required item was accepted.")


def _doubt_answers(known: CaseFacts, starts_on: date) -> Iterator[str]:
    order, delivery, permit = (known.answered.get(code) for code in (ORDER, DELIVERY, PERMIT))
    if delivery and delivery < known.today:
        yield _("The applicant expected delivery on %(day)s: that day has passed.") % {"day": in_words(delivery)}
    elif delivery and delivery < starts_on:
        yield _("The applicant expects delivery on %(day)s: before the first day.") % {"day": in_words(delivery)}
    if order and delivery and delivery < order:
        about = {"delivery": in_words(delivery), "order": in_words(order)}
        yield _("The applicant gave a delivery on %(delivery)s, before the order on %(order)s.") % about
    if permit and permit < starts_on:
        yield _("The permit ran until %(day)s: before the first day.") % {"day": in_words(permit)}
    yield from (
        str(said) % {"day": in_words(known.answered[code])}
        for code, said in DONE_BEFORE.items()
        if code in known.answered and known.answered[code] > known.received_on
    )


def _too_long(known: CaseFacts, ends_on: date | None) -> Iterator[str]:
    if ends_on is None:
        return
    for wish in known.wishes:
        if ends_on > wish.day:
            yield _("The last day, %(day)s, goes beyond this: %(limit)s") % {
                "day": in_words(ends_on),
                "limit": wish.why,
            }


def _for_sale(known: CaseFacts) -> Iterator[str]:
    if known.available:
        yield _("By the thresholds an emission-free vehicle that can do the same is for sale.")


def _not_for_sale(known: CaseFacts, ground: Ground) -> Iterator[str]:
    if not ground.rests_on_thresholds or not known.by_thresholds or known.available:
        return
    if known.available is False:
        yield _("The ground rests on the thresholds, yet the vehicle is beyond one of them.")
    else:
        yield _("The ground rests on the thresholds, yet a value that could decide it is unknown.")


# --- Reading the case ---------------------------------------------------------------------------------------


def known_of(application: "Application") -> CaseFacts:
    """The facts of the case today, in words of the reader's language."""
    today = clock.today()
    return CaseFacts(
        today=today,
        received_on=application.received_on,
        proof=tuple(proof_of(application)),
        answered=find_answered_days(application),
        wishes=find_wished_limits(application),
        available=is_available(application, today=today),
        by_thresholds=application.chosen_kind.by_thresholds,
    )


def proof_of(application: "Application") -> Iterator[Proof]:
    """The checklist; an item with a file that came in after it was judged counts as not judged."""
    about = {"extends": bool(application.renews_id), "is_foreign": application.is_foreign}
    for item in application.checklist:
        verdict = "" if item.has_newer_file else item.verdict
        yield Proof(str(item), verdict, item.because, item.is_needed(**about), bool(item.documents.all()))


def find_answered_days(application: "Application") -> dict[str, date]:
    """The dates among the answers, by question; other answers are left out."""
    days = {code: day_of(answer) for code, answer in application.answers.items()}
    return {code: day for code, day in days.items() if day}


def day_of(answer: object) -> date | None:
    """A date from the text in the form; None for anything else."""
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def find_wished_limits(application: "Application") -> tuple[Limit, ...]:
    """Until when the applicant asks for it, and their answers justify it."""
    margin = CurrentPolicy.on(clock.today()).number("delivery_margin_days")
    return wishes_of(find_answered_days(application), wanted_until=application.wanted_until, margin_days=margin)


def last_day_of(application: "Application", *, starts_on: date) -> LastDay:
    """What limits the last day of this application's exemption."""
    limits = bounds_of(application.chosen_kind, facts=application.current_facts, starts_on=starts_on)
    return LastDay(limits, find_wished_limits(application))


def is_available(application: "Application", *, today: date) -> bool | None:
    """What today's thresholds say about the vehicle; None for a kind without thresholds."""
    version = ThresholdVersion.objects.in_force(on=today) if application.chosen_kind.by_thresholds else None
    if version is None:
        return None
    return thresholds.judge_application(application, version=version, facts=application.current_facts).available


@dataclass(frozen=True)
class Shortfall:
    """How much less a grant gives than was asked: that part is a rejection, and needs its own reasons (Awb 3:46, 4:7).

    The requested first day if it is granted from a later one, and the requested last day if it is granted until an
    earlier one; None otherwise.
    """

    asked_from: date | None = None
    asked_until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.asked_from or self.asked_until)


def find_shortfall(application: "Application", *, starts_on: date, ends_on: date) -> Shortfall:
    """How much less is granted than was asked.

    Applicants who named no last day ask for it as long as possible: as long as the kind, the vehicle and the answers
    allow. Days that passed while we decided can no longer be granted.
    """
    first = max(application.wanted_from or clock.today(), clock.today())
    last = application.wanted_until or last_day_of(application, starts_on=starts_on).usual(starts_on=starts_on)
    return Shortfall(
        asked_from=first if starts_on > first else None, asked_until=last if last and ends_on < last else None
    )

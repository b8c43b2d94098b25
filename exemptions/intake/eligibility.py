"""Which kinds of exemption fit a vehicle and an applicant on a day, and where one does not: why. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.models.kind import KindVersion
from zones.access import AccessDecision, RuleBook, VehicleFacts, decide
from zones.vehicles import years_later

if TYPE_CHECKING:
    from exemptions.models.application import Application


ONE_DAY = timedelta(days=1)
CLASSES = ("van", "truck")
"""The vehicles that an exemption can be about."""


@dataclass(frozen=True)
class Situation:
    """Who asks, for what. `who` is a form of applicant, `vehicle_class` van or truck; empty if it is not known."""

    facts: VehicleFacts = field(default_factory=VehicleFacts)
    vehicle_class: str = ""
    who: str = ""
    has_plate: bool = True
    facts_doubtful: bool = False
    """The applicant typed the facts or says that the register is wrong: they exclude nothing yet."""


@dataclass(frozen=True)
class Fit:
    """A kind, and the reasons why it cannot be asked: none where it fits.

    `from_day`: the first day for which it makes sense, where that is later than the day that was asked.
    """

    kind: KindVersion
    reasons: tuple[str, ...] = ()
    from_day: date | None = None

    @property
    def fits(self) -> bool:
        """Whether it can be asked."""
        return not self.reasons

    @property
    def fits_now(self) -> bool:
        """Whether it can be asked for the day itself."""
        return self.fits and self.from_day is None


def read_situation(draft: "Application") -> Situation:
    """A draft as the rules see it."""
    record = draft.current_facts
    return Situation(
        facts=record.vehicle if record else VehicleFacts(),
        vehicle_class=draft.vehicle_class,
        who=draft.applicant.form if draft.applicant else "",
        has_plate=bool(draft.plate) or record is None,  # nobody was asked yet
        facts_doubtful=bool(draft.facts_disputed) or not draft.facts_verified,
    )


def situation_of(facts: VehicleFacts, *, who: str = "", doubtful: bool = False) -> Situation:
    """A vehicle with a number plate as the rules see it; its class where it is one that can have an exemption."""
    vehicle_class = facts.category if facts.category in CLASSES else ""
    return Situation(facts=facts, vehicle_class=vehicle_class or "", who=who, facts_doubtful=doubtful)


def offer_kinds(kinds: Iterable[KindVersion], situation: Situation, *, on: date, book: RuleBook) -> list[Fit]:
    """The kinds as every page offers them for a vehicle: judged, and held against what it needs.

    A vehicle that may always enter needs none; a day exemption is for a day on which the vehicle may not enter.
    """
    fits = judge_kinds(kinds, situation, on=on)
    if situation.facts_doubtful:
        return fits
    decision = decide(situation.facts, on=on, book=book)
    may_enter = decision.allowed and not decision.rests_on_announcement(on=on)
    return [_as_needed(fit, decision, on=on) for fit in fits] if may_enter else fits


def _as_needed(fit: Fit, decision: AccessDecision, *, on: date) -> Fit:
    if decision.until is not None and not fit.kind.is_day:
        return fit
    if may_need_exemption(decision, on=on):
        return replace(fit, from_day=decision.until_by_law)
    return replace(fit, reasons=(needs_none(decision),))


def needs_none(decision: AccessDecision) -> str:
    """What to tell about a vehicle that may enter, always or for more than a year."""
    if decision.until is None or decision.until_by_law is None:
        return _("This vehicle needs no exemption. %(why)s") % {"why": decision.reason}
    last = {"day": format_day(decision.until_by_law - ONE_DAY)}
    message = _("This vehicle may enter until %(day)s, so it needs no exemption yet. Apply at most a year before that.")
    if decision.announcement is None:
        return message % last
    about = {"day": format_day(decision.announcement.on), "later": format_day(decision.until - ONE_DAY)}
    later = _("On %(day)s the government announced that it will be %(later)s; the law has not been changed yet.")
    return f"{message % last} {later % about}"


def judge_kinds(kinds: Iterable[KindVersion], situation: Situation, *, on: date) -> list[Fit]:
    """Every kind in the given order, each with its reasons."""
    return [Fit(kind, tuple(_list_refusals(kind, situation, on=on))) for kind in kinds]


def _list_refusals(kind: KindVersion, situation: Situation, *, on: date) -> Iterator[str]:
    if kind.valid_from > on or (kind.valid_until and kind.valid_until <= on) or (kind.ends_by and kind.ends_by <= on):
        yield _("This exemption does not exist on the day that you chose.")
    yield from _about_applicant(kind, situation)
    yield from _about_vehicle(kind, situation)
    if not situation.facts_doubtful and _is_for_class(kind, situation):
        yield from _about_facts(kind, situation.facts, on=on)


def _about_applicant(kind: KindVersion, situation: Situation) -> Iterator[str]:
    if kind.who == KindVersion.Who.ANYONE or not situation.who or situation.who == kind.who:
        return
    if kind.who == KindVersion.Who.PERSON:
        yield _("Only a private person can apply for this, not a company or organisation.")
    else:
        yield _("Only a company or organisation can apply for this, not a private person.")


def _about_vehicle(kind: KindVersion, situation: Situation) -> Iterator[str]:
    if not situation.has_plate and not kind.plate_may_be_absent:
        yield _("This exemption needs a vehicle with a number plate.")
    if not _is_for_class(kind, situation):
        yield _("This is for trucks only.") if kind.vehicles == ["truck"] else _("This is for vans only.")


def _is_for_class(kind: KindVersion, situation: Situation) -> bool:
    return not situation.vehicle_class or situation.vehicle_class in kind.vehicles


def _about_facts(kind: KindVersion, facts: VehicleFacts, *, on: date) -> Iterator[str]:
    if kind.plug_in_hybrid_only and facts.plug_in_hybrid is False:
        yield _("According to the vehicle register this is not a plug-in hybrid.")
    if kind.tractor_only and facts.subtype == "rigid":
        yield _("According to the vehicle register this is not a tractor unit.")
    if kind.minimum_axles and facts.axles and facts.axles < kind.minimum_axles:
        yield _(
            "Only for vehicles with %(least)s axles or more. According to the vehicle register this has %(axles)s."
        ) % {
            "least": kind.minimum_axles,
            "axles": facts.axles,
        }
    if kind.below_age_years and facts.first_admission:
        too_old = years_later(facts.first_admission, kind.below_age_years)
        if too_old <= on:
            yield _("Only for vehicles younger than %(years)s years. This one has been that old since %(day)s.") % {
                "years": kind.below_age_years,
                "day": date_format(too_old, "DATE_FORMAT"),
            }


def may_need_exemption(decision: AccessDecision, *, on: date) -> bool:
    """Whether somebody should think of an exemption: no access, not known, or access that by law ends within a year."""
    until = decision.until_by_law
    return not decision.allowed or (until is not None and until <= on + timedelta(days=365))

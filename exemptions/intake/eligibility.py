"""Which kinds of exemption fit a vehicle and an applicant on a day, and why others do not. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.deadline_words import format_day
from exemptions.models.kind import KindVersion
from zones.access import AccessDecision, RuleBook, VehicleFacts, decide
from zones.vehicles import years_later

if TYPE_CHECKING:
    from exemptions.models.application import Application


ONE_DAY = timedelta(days=1)
CLASSES = ("van", "truck")
"""The vehicle classes that an exemption can be for."""


@dataclass(frozen=True)
class Situation:
    """Who applies, for what. `who` is a form of applicant, `vehicle_class` van or truck; both are empty if unknown."""

    facts: VehicleFacts = field(default_factory=VehicleFacts)
    vehicle_class: str = ""
    who: str = ""
    has_plate: bool = True
    facts_doubtful: bool = False
    """The applicant typed the facts, or says that the register is wrong: they exclude no kind yet."""


@dataclass(frozen=True)
class Fit:
    """A kind, with the reasons why it does not fit: none if it does.

    `from_day`: the first day for which applying makes sense, if that is later than the day that was asked about.
    """

    kind: KindVersion
    reasons: tuple[str, ...] = ()
    from_day: date | None = None

    @property
    def fits(self) -> bool:
        """Whether somebody can apply for it."""
        return not self.reasons

    @property
    def fits_now(self) -> bool:
        """Whether somebody can apply for it for the very day that was asked about."""
        return self.fits and self.from_day is None


def read_situation(draft: "Application") -> Situation:
    """The situation of a draft."""
    record = draft.current_facts
    return Situation(
        facts=record.vehicle if record else VehicleFacts(),
        vehicle_class=draft.vehicle_class,
        who=draft.applicant.form if draft.applicant else "",
        has_plate=bool(draft.plate) or record is None,  # without a record, nobody was asked yet
        facts_doubtful=bool(draft.facts_disputed) or not draft.facts_verified,
    )


def situation_of(facts: VehicleFacts, *, who: str = "", doubtful: bool = False) -> Situation:
    """The situation of a vehicle with a plate; its class only if that can have an exemption."""
    vehicle_class = facts.category if facts.category in CLASSES else ""
    return Situation(facts=facts, vehicle_class=vehicle_class or "", who=who, facts_doubtful=doubtful)


def offer_kinds(kinds: Iterable[KindVersion], situation: Situation, *, on: date, book: RuleBook) -> list[Fit]:
    """The kinds as every page offers them for a vehicle: judged, and only as far as the vehicle needs one.

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
    return replace(fit, reasons=(explain_no_need(decision),))


def explain_no_need(decision: AccessDecision) -> str:
    """The message about a vehicle that may enter, always or for more than a year."""
    if decision.until is None or decision.until_by_law is None:
        return _("This vehicle does not need an exemption. %(why)s") % {"why": decision.reason}
    last = {"day": format_day(decision.until_by_law - ONE_DAY)}
    message = _(
        "This vehicle may enter until %(day)s, so it does not need an exemption yet. Apply at most a year before that."
    )
    if decision.announcement is None:
        return message % last
    about = {"day": format_day(decision.announcement.on), "later": format_day(decision.until - ONE_DAY)}
    later = _("On %(day)s the government announced that it will be %(later)s; the law has not been changed yet.")
    return f"{message % last} {later % about}"


def judge_kinds(kinds: Iterable[KindVersion], situation: Situation, *, on: date) -> list[Fit]:
    """Every kind in the given order, each with the reasons why it does not fit."""
    return [Fit(kind, tuple(_list_refusals(kind, situation, on=on))) for kind in kinds]


def _list_refusals(kind: KindVersion, situation: Situation, *, on: date) -> Iterator[str]:
    if kind.valid_from > on or (kind.valid_until and kind.valid_until <= on) or (kind.ends_by and kind.ends_by <= on):
        yield _("This exemption does not exist on the day that you chose.")
    yield from (one.refusal for one in list_conditions(kind, situation, on=on) if one.state == State.NOT_MET)


class State(models.TextChoices):
    """Whether a condition is met."""

    MET = "met", gettext_lazy("met")
    NOT_MET = "not_met", gettext_lazy("not met")
    UNKNOWN = "unknown", gettext_lazy("not known")
    TO_JUDGE = "to_judge", gettext_lazy("for you to judge")


def state_of(fulfilled: bool | None) -> State:
    """The state of a condition that depends on a fact; `fulfilled` is None if the fact is unknown."""
    return {True: State.MET, False: State.NOT_MET, None: State.UNKNOWN}[fulfilled]


@dataclass(frozen=True)
class Condition:
    """What a kind requires of the applicant or the vehicle.

    `refusal`: what the applicant reads if it is not met; `shown`: the data that it was judged by, in words.
    """

    asks: str
    state: State
    refusal: str = ""
    shown: str = ""


def list_conditions(kind: KindVersion, situation: Situation, *, on: date) -> Iterator[Condition]:
    """The conditions of a kind that depend on the applicant and the vehicle, with their state on a day."""
    yield from _about_applicant(kind, situation)
    yield from _about_vehicle(kind, situation)
    if not _is_for_class(kind, situation):
        return
    for one in _about_facts(kind, situation.facts, on=on):
        yield replace(one, state=State.UNKNOWN) if situation.facts_doubtful else one


def _about_applicant(kind: KindVersion, situation: Situation) -> Iterator[Condition]:
    if kind.who == KindVersion.Who.ANYONE:
        return
    state = state_of(situation.who == kind.who if situation.who else None)
    if kind.who == KindVersion.Who.PERSON:
        refusal = _("Only a private person can apply for this, not a company or organisation.")
        yield Condition(_("A private person applies"), state, refusal)
    else:
        refusal = _("Only a company or organisation can apply for this, not a private person.")
        yield Condition(_("A company or organisation applies"), state, refusal)


def _about_vehicle(kind: KindVersion, situation: Situation) -> Iterator[Condition]:
    if not kind.plate_may_be_absent:
        refusal = _("This exemption needs a vehicle with a number plate.")
        yield Condition(_("The vehicle has a number plate"), state_of(situation.has_plate), refusal)
    if set(kind.vehicles) >= set(CLASSES):
        return
    state = state_of(_is_for_class(kind, situation) if situation.vehicle_class else None)
    if kind.vehicles == ["truck"]:
        yield Condition(_("The vehicle is a truck"), state, _("This is for trucks only."))
    else:
        yield Condition(_("The vehicle is a van"), state, _("This is for vans only."))


def _is_for_class(kind: KindVersion, situation: Situation) -> bool:
    return not situation.vehicle_class or situation.vehicle_class in kind.vehicles


def _about_facts(kind: KindVersion, facts: VehicleFacts, *, on: date) -> Iterator[Condition]:
    if kind.plug_in_hybrid_only:
        refusal = _("According to the vehicle register this is not a plug-in hybrid.")
        yield Condition(_("The vehicle is a plug-in hybrid"), state_of(facts.plug_in_hybrid), refusal)
    if kind.tractor_only:
        refusal = _("According to the vehicle register this is not a tractor unit.")
        fulfilled = {"tractor": True, "rigid": False}.get(facts.subtype or "")
        yield Condition(_("The vehicle is a tractor unit"), state_of(fulfilled), refusal)
    if kind.minimum_axles:
        about = {"least": kind.minimum_axles, "axles": facts.axles}
        refusal = _(
            "Only for vehicles with %(least)s axles or more. According to the vehicle register this "
            "vehicle has %(axles)s."
        )
        state = state_of(facts.axles >= kind.minimum_axles if facts.axles else None)
        yield Condition(_("The vehicle has %(least)s axles or more") % about, state, refusal % about)
    if kind.below_age_years:
        yield _about_age(kind.below_age_years, facts.first_admission, on=on)


def _about_age(years: int, first_admission: date | None, *, on: date) -> Condition:
    asks = _("The vehicle is less than %(years)s years old") % {"years": years}
    if first_admission is None:
        return Condition(asks, State.UNKNOWN)
    too_old = years_later(first_admission, years)
    about = {"years": years, "day": date_format(too_old, "DATE_FORMAT")}
    refusal = (
        _("Only for vehicles less than %(years)s years old. This vehicle has been that old since %(day)s.") % about
    )
    shown = _("first registration %(day)s") % {"day": format_day(first_admission)}
    return Condition(asks, state_of(too_old > on), refusal, shown)


def may_need_exemption(decision: AccessDecision, *, on: date) -> bool:
    """Whether to think of an exemption: no access, unknown, or access that by law ends within a year."""
    until = decision.until_by_law
    return not decision.allowed or (until is not None and until <= on + timedelta(days=365))

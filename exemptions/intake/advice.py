"""The single best next step for a vehicle, from the rules and the reader's two answers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.deadline_words import format_day
from exemptions.intake.eligibility import Fit, explain_no_need, may_need_exemption
from exemptions.models.kind import KindVersion
from zones.access import AccessDecision


class Use(models.TextChoices):
    """What the vehicle is used for."""

    BUSINESS = "business", gettext_lazy("For work, a business or an organisation")
    PRIVATE = "private", gettext_lazy("Only privately")


class Plan(models.TextChoices):
    """The reader's situation, as far as it decides which next step is best."""

    ORDERED = "ordered", gettext_lazy("I have ordered or leased an emission-free vehicle")
    FEW_DAYS = "few_days", gettext_lazy("I only need to be in the zone on a few days")
    HIRED = "hired", gettext_lazy("The vehicle is hired")
    NONE = "none", gettext_lazy("None of these")


class Way(StrEnum):
    """The kind of advice."""

    NOTHING = "nothing"
    KIND = "kind"
    DAY = "day"
    OTHER = "other"


@dataclass(frozen=True)
class Said:
    """The reader's two answers."""

    use: Use
    plan: Plan

    @property
    def who(self) -> str:
        """The form of applicant that goes with the use."""
        return KindVersion.Who.PERSON if self.use == Use.PRIVATE else KindVersion.Who.ORGANISATION


@dataclass(frozen=True)
class Advice:
    """What to do (`title`, which follows "For you:"), and why; `kind` if the advice is to apply for one."""

    way: Way
    title: str
    why: str
    kind: KindVersion | None = None


def find_best_way(decision: AccessDecision, fits: Iterable[Fit], said: Said, *, on: date) -> Advice:
    """The best next step for a vehicle on a day; `fits`: the kinds offered for it to this form of applicant."""
    if decision.allowed and not may_need_exemption(decision, on=on):
        return Advice(Way.NOTHING, _("nothing to do"), explain_no_need(decision))
    offered = [fit for fit in fits if fit.fits]
    lasting = [fit.kind for fit in offered if not fit.kind.is_day]
    by_day = next((fit for fit in offered if fit.kind.is_day), None)
    if said.plan == Plan.ORDERED and (kind := _find_advised(lasting, KindVersion.AdvisedFor.ORDERED)):
        return _apply_for(kind, _("You have ordered an emission-free vehicle, and still need this one until it comes."))
    if said.plan in (Plan.FEW_DAYS, Plan.HIRED) and by_day:
        return _go_by_day(by_day, said)
    if kind := _find_own_kind(lasting) or _find_advised(lasting, _group_of(said)):
        return _apply_for(kind, kind.text("summary"))
    if by_day:
        return _go_by_day(by_day, said)
    why = _("None of our exemptions fits this vehicle and what you told us.")
    return Advice(Way.OTHER, _("another vehicle or another day"), why)


def _find_advised(kinds: Iterable[KindVersion], group: KindVersion.AdvisedFor) -> KindVersion | None:
    return next((kind for kind in kinds if kind.advised_for == group), None)


def _find_own_kind(kinds: Iterable[KindVersion]) -> KindVersion | None:
    """A kind that is made for this very type of vehicle."""
    return next((kind for kind in kinds if kind.plug_in_hybrid_only or kind.tractor_only), None)


def _group_of(said: Said) -> KindVersion.AdvisedFor:
    return KindVersion.AdvisedFor.PRIVATE if said.use == Use.PRIVATE else KindVersion.AdvisedFor.WORK


def _apply_for(kind: KindVersion, why: str) -> Advice:
    return Advice(Way.KIND, _("apply for “%(kind)s”") % {"kind": kind}, why, kind)


def _go_by_day(fit: Fit, said: Said) -> Advice:
    """A day exemption; nothing yet if the vehicle may still enter until some later day."""
    hired = _("Or ask the hire company for a vehicle that may enter.") if said.plan == Plan.HIRED else ""
    if fit.from_day:
        day = {"day": format_day(fit.from_day)}
        why = _("From %(day)s, apply for a day exemption for each day on which you have to be in the zone.") % day
        return Advice(Way.NOTHING, _("nothing to do yet"), f"{why} {hired}".strip())
    why = _("You get an answer immediately, and you only pay for the days on which you need it.")
    return Advice(Way.DAY, _("a day exemption for each day"), f"{why} {hired}".strip(), fit.kind)

"""Until when an exemption may run, and why: what limits it, as a sum in words. Pure, over dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.deadline_words import format_day as in_words
from exemptions import terms

if TYPE_CHECKING:
    from exemptions.models.facts import FactsRecord
    from exemptions.models.kind import KindVersion

DELIVERY, PERMIT = "expected_on", "permit_until"
"""The questions whose answer says until when an exemption is needed."""


@dataclass(frozen=True)
class Limit:
    """A last day and how it is computed, in words."""

    day: date
    why: str


@dataclass(frozen=True)
class LastDay:
    """What limits the last day. `bounds`: the kind and the vehicle, beyond which nothing is granted; `wishes`: what the
    applicant asked and answered, beyond which there must be a reason."""

    bounds: tuple[Limit, ...] = ()
    wishes: tuple[Limit, ...] = ()

    @property
    def latest(self) -> date | None:
        """The last day that can be granted; None if nothing limits."""
        return min((limit.day for limit in self.bounds), default=None)

    def usual(self, *, starts_on: date) -> date | None:
        """The day to begin with: the earliest of all; None if there is none, or where it has passed."""
        first = min((limit.day for limit in (*self.bounds, *self.wishes)), default=None)
        return first if first and first >= starts_on else None

    def explained(self) -> list[str]:
        """Every limit as a sum, the earliest first."""
        return [limit.why for limit in sorted((*self.bounds, *self.wishes), key=lambda limit: limit.day)]


def bounds_of(kind: "KindVersion", *, facts: "FactsRecord | None", starts_on: date) -> tuple[Limit, ...]:
    """What the kind and the vehicle allow; see `terms.ends_of`."""
    ends = terms.ends_of(kind, facts=facts, starts_on=starts_on)
    return tuple(Limit(end, words_of(kind, name, end)) for name, end in ends.items())


def words_of(kind: "KindVersion", name: str, end: date) -> str:
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
    """What the applicant asks, and until when their answers make it needed. `margin_days`: a policy setting."""
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

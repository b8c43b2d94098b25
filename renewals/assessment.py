"""Whether a decision would turn out differently now. Pure functions from old rules, new rules and facts to a verdict.

Nothing here makes anybody worse off: a grant is never reconsidered to its holder's disadvantage.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from casework.deadline_words import format_day as day_in_words
from exemptions.intake.eligibility import Fit
from exemptions.thresholds import Availability, Limits, MeasuredMetric
from renewals.steps.statuses import Action
from zones.access import AccessDecision

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """What a case gets. `say` returns the reasons in the language that is active when it is called."""

    action: Action
    say: Callable[[], str]
    access_until: date | None = None


def by_thresholds(*, old: Limits | None, new: Availability) -> Verdict | None:
    """A rejection because an emission-free vehicle was available: granted if a value is now beyond a new limit.

    `old`: the limits under which it was rejected; None if unknown. Returns None if it would be rejected again.
    """
    if new.available is False and was_beyond(old, new):
        return Verdict(Action.LOOK, lambda: _("The vehicle was beyond the old limits as well: why was it rejected?"))
    if new.available is False:
        return Verdict(Action.GRANT, lambda: "\n".join(beyond_in_words(one, old=old) for one in new.beyond))
    if new.available is None:
        return for_want_of_a_value(old, new)
    return None


def was_beyond(old: Limits | None, new: Availability) -> bool:
    """Whether a value was already beyond the old limit."""
    return any(
        one.value is not None and (limit := old_limit(old, one)) is not None and one.value > limit
        for one in new.measured
    )


def for_want_of_a_value(old: Limits | None, new: Availability) -> Verdict | None:
    """A verdict that a person must look, if an unknown value could be decisive now: its limit became lower, or is new.

    Also if this class of vehicle has no limits any more, so that nothing shows that such a vehicle is available.
    """
    if not new.measured:
        return Verdict(Action.LOOK, lambda: _("There is no longer a limit for this class of vehicle."))
    telling = [one for one in new.measured if one.value is None and has_become_stricter(one, old=old)]
    if not telling:
        return None
    return Verdict(Action.LOOK, lambda: "\n".join(unknown_in_words(one) for one in telling))


def has_become_stricter(one: MeasuredMetric, *, old: Limits | None) -> bool:
    """Whether a value between the new and the old limit would make a difference."""
    limit = old_limit(old, one)
    return limit is None or one.limit < limit


def old_limit(old: Limits | None, one: MeasuredMetric) -> int | None:
    """The old limit of the same metric; None if there was none, or it is unknown."""
    return None if old is None else next((limit for (_of, metric), limit in old.items() if metric == one.metric), None)


def beyond_in_words(one: MeasuredMetric, *, old: Limits | None) -> str:
    """A sentence with the metric, the value, the new limit and the old one."""
    words = {
        "metric": str(one.metric.label).capitalize(),
        "value": number_format(one.value or 0, force_grouping=True),
        "limit": number_format(one.limit, force_grouping=True),
    }
    before = old_limit(old, one)
    if before is None:
        return _("%(metric)s: %(value)s. The limit is %(limit)s.") % words
    words["before"] = number_format(before, force_grouping=True)
    return _("%(metric)s: %(value)s. The limit was %(before)s and is %(limit)s now.") % words


def unknown_in_words(one: MeasuredMetric) -> str:
    """A sentence that says which value somebody must look up."""
    limit = number_format(one.limit, force_grouping=True)
    return _("%(metric)s: not known. The limit is %(limit)s now.") % {
        "metric": str(one.metric.label).capitalize(),
        "limit": limit,
    }


def by_kind(judge: Callable[[], tuple[Fit, Fit]], *, alone: bool) -> Verdict | None:
    """A rejection because the register's facts did not fit the kind, and fit its new version.

    `judge` returns the old and the new fit, in the active language. Granted if that was the ground of the rejection
    `alone`; if there was another too, a person must look.
    """
    old, new = judge()
    if old.fits or not new.fits:
        return None
    return Verdict(Action.GRANT if alone else Action.LOOK, lambda: kind_in_words(judge()[0].reasons, alone=alone))


def kind_in_words(reasons: Iterable[str], *, alone: bool) -> str:
    """What was in the way, and whether that was all."""
    words = _("By the old conditions: %(reasons)s That is no longer in the way.") % {"reasons": " ".join(reasons)}
    if alone:
        return words
    return "\n".join([words, _("The rejection gave another ground: does that still hold?")])


def by_access(answer: AccessDecision, *, rule: str, needed_until: date) -> Verdict | None:
    """An exemption that is no longer needed, because the changed rule gives access at least until its last day."""
    if not answer.allowed or answer.rule != rule:
        return None
    if answer.until is None:
        return Verdict(
            Action.LOOK,
            lambda: _("The rule gives access without an end; the letter is for access until a day."),
        )
    if answer.until <= needed_until:
        return None
    last = answer.until - DAY
    return Verdict(Action.TELL, lambda: access_in_words(last), access_until=last)


def access_in_words(last: date) -> str:
    """A sentence that says until when there is access without the exemption."""
    return _("Access without an exemption until %(day)s.") % {"day": day_in_words(last)}


def needs_a_look(verdict: Verdict, why: Callable[[], str]) -> Verdict:
    """The same verdict, but a person must look first, with the reason why added."""
    return replace(verdict, action=Action.LOOK, say=lambda: "\n".join([verdict.say(), why()]))

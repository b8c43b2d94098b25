"""Our being late, in words: whether a notice of default is possible, and what one that was sent has led to."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import deadlines
from casework.deadline_words import format_day
from casework.formats import format_euros
from casework.models import DefaultNotice
from casework.penalty_rates import STATUTE_RATES, rates_on

if TYPE_CHECKING:
    from casework.models import AwbCase


@dataclass(frozen=True)
class Lateness:
    """What a page says about being late: sentences about a notice that was sent; `can_tell`: one can be sent now."""

    can_tell: bool
    sentences: list[str]


def find_lateness(case: "AwbCase") -> Lateness:
    """Whether we are late with an application or objection, and the latest notice in words. One query."""
    today = timezone.localdate()
    sent = list(DefaultNotice.objects.filter(case_type=case.CASE_TYPE, case_id=case.pk))
    counts = any(notice.has_effect and (notice.due == case.decide_by or notice.decided_on is None) for notice in sent)
    last = next((notice for notice in reversed(sent) if notice.has_effect), sent[-1] if sent else None)
    return Lateness(case.is_late and not counts, in_words(last, today=today) if last else [])


def in_words(notice: DefaultNotice, *, today: date) -> list[str]:
    """A notice in sentences: when it came in, the penalty days, and the amount so far."""
    if notice.first_day is None or notice.last_day is None:
        return [
            _("You told us on %(day)s that we are late. The last day to decide had not passed, so it has no effect.")
            % {"day": format_day(notice.received_on)}
        ]
    told = _("You told us on %(day)s that we are late (notice of default).") % {"day": format_day(notice.received_on)}
    if notice.set_on:
        return [told, amount_set(notice)]
    so_far = {
        "first": format_day(notice.first_day),
        "last": format_day(notice.last_day),
        "days": notice.days(today=today),
        "amount": format_euros(notice.amount(today=today)),
    }
    if notice.decided_on:
        return [
            told,
            _("We decided too late. Days: %(days)s, which comes to %(amount)s. We will send you a letter about it.")
            % so_far,
        ]
    if today < notice.first_day:
        return [
            told,
            _("If we have not decided before %(first)s, you will get money for each day from that day on.") % so_far,
        ]
    return [
        told,
        _("First day for which you get money: %(first)s. Days so far: %(days)s, which comes to %(amount)s.") % so_far,
        _("The last day for which you get money is %(last)s.") % so_far,
    ]


def amount_set(notice: DefaultNotice) -> str:
    """What was decided about the penalty, in a sentence."""
    about = {
        "day": format_day(notice.set_on or notice.received_on),
        "amount": format_euros(notice.amount_eur or 0),
        "because": notice.get_without_display(),
    }
    if notice.by_court:
        return _("On %(day)s the court decided that you get %(amount)s because we were late.") % about
    if notice.without:
        return _("On %(day)s we decided that you get no money for it: %(because)s.") % about
    if not notice.amount_eur:
        return _("We decided before the first day for which you would get money.")
    return _("On %(day)s we decided that you get %(amount)s because we were late.") % about


def explain_penalty() -> dict[str, Any]:
    """What a notice of default sent today can lead to: the amounts of the law, in words."""
    today = timezone.localdate()
    rates = [
        _("day %(first)s to %(last)s: %(amount)s a day")
        % {"first": rate.first_day, "last": rate.last_day, "amount": format_euros(rate.euros_per_day)}
        for rate in rates_on(today, STATUTE_RATES)
    ]
    return {"rates": rates, "most": format_euros(deadlines.penalty_amount(deadlines.PENALTY_DAYS, on=today))}

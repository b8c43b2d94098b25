"""What being late costs, at the desk: in the head of a case, in its row, and in the list of all notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import deadlines, penalties
from casework.deadline_words import format_day
from casework.formats import format_euros
from casework.models import CourtOrder, DefaultNotice
from casework.penalty_rates import STATUTE_RATES, PenaltyRate, rates_on

if TYPE_CHECKING:
    from casework.models import Case


@dataclass(frozen=True)
class RunningNotice:
    """A notice of default in the head of its case: what it amounts to now, and its state."""

    euros: str
    words: str


def describe_notice_state(notice: DefaultNotice) -> str:
    """The state of a notice."""
    today = timezone.localdate()
    if notice.first_day is None or notice.last_day is None:
        return _("came too early: no effect")
    if notice.by_court and notice.set_on:
        return _("set by the court on %(day)s") % {"day": format_day(notice.set_on)}
    if notice.set_on:
        return notice.get_without_display() or _("set on %(day)s") % {"day": format_day(notice.set_on)}
    if notice.decided_on or today > notice.last_day:
        return _("the amount is to be set by decision")
    if today < notice.first_day:
        return _("costs money from %(day)s") % {"day": format_day(notice.first_day)}
    return _("runs until %(day)s at the latest") % {"day": format_day(notice.last_day)}


def of_case(case: "Case") -> RunningNotice | None:
    """The notice on a case whose amount was not set yet."""
    notice = DefaultNotice.objects.to_set().filter(case_type=case.CASE_TYPE, case_id=case.pk).first()
    return (
        RunningNotice(format_euros(notice.amount(today=timezone.localdate())), describe_notice_state(notice))
        if notice
        else None
    )


def describe_court_order(case: "Case") -> str:
    """The order of a court that we are still to obey: until when, and what each day after that costs; else empty."""
    order = CourtOrder.objects.of(case).running().first()
    return describe_order(order) if order else ""


def describe_order(order: CourtOrder) -> str:
    """Until when we must decide, and what each day after that costs."""
    about = {
        "day": format_day(order.until),
        "euros": format_euros(order.euros_a_day),
        "so_far": format_euros(order.amount(today=timezone.localdate())),
        "most": format_euros(order.most_eur or 0),
    }
    if not order.euros_a_day:
        return _("decide by %(day)s") % about
    if order.most_eur is None:
        return _("decide by %(day)s; each day after that costs %(euros)s, until today %(so_far)s") % about
    return _("decide by %(day)s; each day after that costs %(euros)s, at most %(most)s, until today %(so_far)s") % about


def still_runs(case: "Case") -> bool:
    """Whether the amount can still grow: it is set once the case was decided, or after the last day."""
    notice = penalties.with_effect(case).filter(set_on=None).first()
    if notice is None or notice.last_day is None or notice.decided_on:
        return False
    return timezone.localdate() <= notice.last_day


def find_amounts(case_type: str, keys: Iterable[int]) -> dict[int, int]:
    """What the notices on these cases come to today, in whole euros, by the key of the case: one query."""
    today, amounts = timezone.localdate(), dict[int, int]()
    for notice in DefaultNotice.objects.to_set().filter(case_type=case_type, case_id__in=list(keys)):
        amounts[notice.case_id] = amounts.get(notice.case_id, 0) + notice.amount(today=today)
    return amounts


def sum_in_words(case: "Case") -> str:
    """Days × rates = amount, as it would be set today; empty if there is nothing to set."""
    notice = penalties.with_effect(case).filter(set_on=None).first()
    if notice is None or notice.first_day is None:
        return ""
    days = notice.days(today=timezone.localdate())
    counted = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    parts = [part for rate in rates_on(notice.first_day, STATUTE_RATES) if (part := rate_in_words(rate, days=days))]
    total = format_euros(deadlines.penalty_amount(days, on=notice.first_day))
    return f"{counted}: {' + '.join(parts) or format_euros(0)} = {total}"


def rate_in_words(rate: PenaltyRate, *, days: int) -> str:
    """Days × euros; empty if no day falls under this rate."""
    counted = max(0, min(days, rate.last_day) - rate.first_day + 1)
    return f"{counted} × {format_euros(rate.euros_per_day)}" if counted else ""

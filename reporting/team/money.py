"""What being late costs now, tomorrow and at most, for everything not decided yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.desk.worklists import PARAMETER
from casework.formats import format_euros
from objections.worklists import notices_seen, orders_seen

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import CourtOrder, DefaultNotice


@dataclass(frozen=True)
class RunningMoney:
    """Amounts in whole euros. `most`: the maximum if we never decide; `without_most`: cases without a maximum."""

    title: str
    cases: int
    today: int
    tomorrow: int
    most: int
    url: str
    without_most: int = 0

    @property
    def added(self) -> int:
        """The cost of one more day."""
        return self.tomorrow - self.today

    @property
    def in_words(self) -> dict[str, str]:
        """The amounts as a page writes them."""
        return {name: format_euros(getattr(self, name)) for name in ("today", "tomorrow", "most", "added")}


def sum_running_money(user: "User", *, today: date) -> list[RunningMoney]:
    """The penalties under the Awb, and those set by a court. Two queries, over the few cases that have one."""
    notices = notices_seen(user).running().filter(set_on=None)
    return [sum_notices(notices, today=today), sum_orders(orders_seen(user).running(), today=today)]


def sum_notices(notices: "Iterable[DefaultNotice]", *, today: date) -> RunningMoney:
    """The penalties for deciding late, which run for at most 42 days each (Awb 4:17)."""
    found = list(notices)
    tomorrow = today + timedelta(days=1)
    return RunningMoney(
        _("Penalties for deciding late (Awb 4:17)"),
        len(found),
        sum(one.amount(today=today) for one in found),
        sum(one.amount(today=tomorrow) for one in found),
        sum(one.amount(today=one.last_day) for one in found if one.last_day),
        f"{reverse('admin:casework_defaultnotice_changelist')}?{PARAMETER}=running",
    )


def sum_orders(orders: "Iterable[CourtOrder]", *, today: date) -> RunningMoney:
    """The penalties set by a court, which run until we decide or until their maximum (Awb 8:55d)."""
    found = list(orders)
    tomorrow = today + timedelta(days=1)
    endless = sum(one.most_eur is None and one.euros_a_day > 0 for one in found)
    return RunningMoney(
        _("Penalties set by a court (Awb 8:55d)"),
        len(found),
        sum(one.amount(today=today) for one in found),
        sum(one.amount(today=tomorrow) for one in found),
        sum(one.most_eur or 0 for one in found),
        reverse("admin:casework_courtorder_changelist"),
        endless,
    )

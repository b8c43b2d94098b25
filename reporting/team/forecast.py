"""What falls due in the coming weeks, day by day, and how many colleagues are away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from reporting.team.load import SORTS

if TYPE_CHECKING:
    from accounts.models import Absence, User

WEEKS = 8
FRIDAY = 4


@dataclass(frozen=True)
class Day:
    """The number of cases due on a day; None for days before today."""

    on: date
    due: int | None


@dataclass(frozen=True)
class Week:
    """A week from Monday. `away`: colleagues away on any of its days. `share`: percentage of the busiest week."""

    days: list[Day]
    due: int
    away: int
    share: int

    @property
    def number(self) -> int:
        """The week of the year (ISO 8601)."""
        return self.days[0].on.isocalendar().week


def last_day(*, today: date) -> date:
    """The last day of the forecast: the Sunday of the last week."""
    return today + timedelta(weeks=WEEKS, days=-1 - today.weekday())


def forecast_weeks(user: "User", *, today: date, absences: "Iterable[Absence]") -> list[Week]:
    """This week and the next ones, in one query per sort of case. Weekends show only if something is due on one."""
    due = count_due(user, first=today, last=last_day(today=today))
    monday = today - timedelta(days=today.weekday())
    weeks = [[monday + timedelta(weeks=week, days=day) for day in range(7)] for week in range(WEEKS)]
    absent = list(absences)
    totals = [sum(due[day] for day in week) for week in weeks]
    most = max(totals)
    # Terms end on working days; a last day in a weekend is a mistake, so its column is shown only if there is one.
    shown = [day for day in range(7) if day <= FRIDAY or any(due[week[day]] for week in weeks)]
    return [
        Week(
            [Day(week[day], due[week[day]] if week[day] >= today else None) for day in shown],
            total,
            len({one.user_id for one in absent if one.first_day <= week[-1] and one.last_day >= max(week[0], today)}),
            round(100 * total / most) if most else 0,
        )
        for week, total in zip(weeks, totals, strict=True)
    ]


def count_due(user: "User", *, first: date, last: date) -> Counter[date]:
    """The number of open cases of every sort, by the day on which they are due."""
    due: Counter[date] = Counter()
    for sort in SORTS:
        rows = sort.worklists.seen(user).due_between(first, last).order_by()
        due.update(dict(rows.values("decide_by").annotate(number=Count("pk")).values_list("decide_by", "number")))
    return due

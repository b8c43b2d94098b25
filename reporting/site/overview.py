"""Which months of the site were handed in, by whom, and which are missing."""

from dataclasses import dataclass
from datetime import date

from reporting.models import SiteMonthVersion
from reporting.returns.overview import BADGES, State, due_day, due_on
from reporting.site import months
from reporting.site.columns import NAMES


@dataclass(frozen=True)
class MonthRow:
    """One month, and the delivery that counts."""

    month: date
    newest: SiteMonthVersion | None
    due_on: date | None
    today: date

    @property
    def state(self) -> State:
        """How far it is."""
        if self.newest is None:
            return State.MISSING if self.due_on and self.due_on < self.today else State.EXPECTED
        if all(getattr(self.newest, name) is None for name in NAMES):
            return State.WITHOUT_NUMBERS
        return State.CORRECTED if self.corrections else State.HANDED_IN

    @property
    def corrections(self) -> int:
        """How often it was handed in again."""
        return self.newest.number - 1 if self.newest else 0

    @property
    def badge(self) -> str:
        """Its colour, which says nothing that the words do not."""
        return BADGES[self.state]


def rows(*, today: date) -> list[MonthRow]:
    """Every month that should be there, newest first: four queries, however many months."""
    deliveries = SiteMonthVersion.objects.newest().select_related("site_month", "delivered_by")
    by_month = {version.site_month.month: version for version in deliveries.prefetch_related("topics")}
    day = due_day(today=today)
    return [
        MonthRow(month, by_month.get(month), due_on(month, day=day), today) for month in months.expected(today=today)
    ]


def row_of(month: date, *, today: date) -> MonthRow:
    """One month, also one from before the list begins."""
    day = due_day(today=today)
    found = SiteMonthVersion.objects.filter(site_month__month=month).newest().first()
    return MonthRow(month, found, due_on(month, day=day), today)


def last_before(month: date) -> SiteMonthVersion | None:
    """The delivery that counts of the last month before this one that has any."""
    versions = SiteMonthVersion.objects.filter(site_month__month__lt=month).select_related("site_month")
    return versions.order_by("-site_month__month", "-number").first()

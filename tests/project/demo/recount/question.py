"""What is asked of the recount."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Question:
    """Which days, as known when, of which part of the cases."""

    first: date
    last: date
    as_of: date
    scope: str = ""
    kind: str = ""
    municipality: str = ""

    def covers(self, day: date) -> bool:
        """Whether what happened on a day counts."""
        return self.first <= day <= self.last and day <= self.as_of

    def days(self) -> list[date]:
        """Every day of the period."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def months(self, begin: date | None = None) -> list[str]:
        """Every month of which a day is in the period, from a day on, as 2025-07."""
        days = [day for day in self.days() if begin is None or day >= begin]
        return list(dict.fromkeys(f"{day:%Y-%m}" for day in days))

    def __str__(self) -> str:
        days = f"{self.first}..{self.last} as of {self.as_of}"
        return " ".join(filter(None, (days, self.scope, self.kind, self.municipality)))

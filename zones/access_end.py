"""When a vehicle loses its current access, across successive rules. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from zones.access import AccessDecision, decide
from zones.rules import RuleBook
from zones.vehicles import VehicleFacts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AccessEnd:
    """`first_day` without access under current law; `decision`: what gives access until then."""

    first_day: date
    decision: AccessDecision

    @property
    def last_day(self) -> date:
        return self.first_day - ONE_DAY


def find_access_end(facts: VehicleFacts, *, on: date, book: RuleBook, as_announced: bool = False) -> AccessEnd | None:
    """When a vehicle loses the access it has on a day; None if it has none, has it for good, or it is unknown.

    Access does not end on a day on which another rule or exemption takes over. Access that is announced but not yet law
    ends on the day that the law names; once that is past, or with `as_announced`, on the announced day.
    """
    decision = decide(facts, on=on, book=book)
    while decision.allowed and (end := _end_after(decision, on=on, as_announced=as_announced)):
        following = decide(facts, on=end, book=book)
        if not following.allowed or (not as_announced and following.rests_on_announcement(on=end)):
            return AccessEnd(end, decision)
        on, decision = end, following
    return None


def _end_after(decision: AccessDecision, *, on: date, as_announced: bool) -> date | None:
    by_law = decision.until_by_law
    return by_law if by_law and by_law > on and not as_announced else decision.until

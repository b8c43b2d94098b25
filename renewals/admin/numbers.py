"""Counts the cases of a run by what they get, and by state, in one query."""

from dataclasses import dataclass

from django.db.models import Count

from renewals.models import Action, ItemState, Renewal


@dataclass(frozen=True)
class Numbers:
    """The numbers of cases by action and by state."""

    by_action: list[tuple[Action, int]]
    by_state: list[tuple[ItemState, int]]

    @classmethod
    def of(cls, renewal: Renewal) -> "Numbers":
        """The current numbers; cases that were left out count only by state."""
        rows = list(renewal.items.order_by().values_list("action", "state").annotate(count=Count("pk")))
        actions = dict.fromkeys(Action, 0)
        states = dict.fromkeys(ItemState, 0)
        for action, state, count in rows:
            states[ItemState(state)] += count
            if state != ItemState.EXCLUDED:
                actions[Action(action)] += count
        return cls(list(actions.items()), list(states.items()))

    @property
    def total(self) -> int:
        """The number of cases on the list."""
        return sum(count for _state, count in self.by_state)

    @property
    def dealt_with(self) -> int:
        """The number of cases that need nothing more from the run."""
        return self.total - dict(self.by_state)[ItemState.WAITING]

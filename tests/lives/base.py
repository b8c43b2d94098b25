"""What every random life needs: a transaction that is rolled back, its own clock, people, and the checks."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zlib import crc32

import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed, can_proceed
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from accounts.models import User
from casework import workflow_drawing
from casework.models import Deadline
from casework.steps import StepRefused
from exemptions import deadline_monitoring as of_applications
from exemptions.models import Application
from exemptions.terms import AMSTERDAM
from objections import deadline_monitoring as of_objections
from objections.models import Appeal, Objection
from tests.lives import checks

BEGIN = datetime(2025, 9, 1, 0, 30, tzinfo=AMSTERDAM)
"""Half an hour after midnight: in London it is still yesterday."""
LEAPS = (0, 1, 2, 6, 8, 13, 15, 22, 43)
REFUSALS = (StepRefused, TransitionNotAllowed, PermissionDenied)


@dataclass(frozen=True)
class Dice:
    """Random choices by Hypothesis, which tends to repeat itself: so the moment in a life counts too."""

    data: st.DataObject
    moment: int

    def one_of(self, choices: Iterable[Any]) -> Any:
        """One of them."""
        among = list(choices)
        thrown = self.data.draw(st.integers(0, 2**16 - 1))
        return among[crc32(f"{self.moment} {thrown}".encode()) % len(among)]


Chance = Callable[[Dice], None]
Arguments = Callable[["Life", Dice, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class People:
    """Who takes the steps. `mover` works at both desks, so the decider rule is about them."""

    applicant: User
    stranger: User
    mover: User
    desk: Sequence[User]
    officers: Sequence[User]


@dataclass(frozen=True)
class Moves:
    """The steps of a type of case: the arguments of each, and how often it is tried (six times by default)."""

    model: Any
    arguments: Mapping[str, Arguments]
    weights: Mapping[str, int] = field(default_factory=dict)

    def possible(self, status: str) -> list[str]:
        """The steps that may follow a status, each repeated by its weight."""
        names = sorted({move.name for move in workflow_drawing.all_moves(self.model) if move.source == status})
        return [name for name in names if name in self.arguments for _time in range(self.weights.get(name, 6))]


class Life(RuleBasedStateMachine):
    """The life of a dossier, and of those in which it goes on after a conversion.

    A rule takes a step with random arguments: it is taken whole, or leaves no trace.
    """

    people: ClassVar[People]
    taken: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()
    applications: Sequence[Application]
    """What was asked, and each that came of it by conversion."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = 0
        self.world = ExitStack()
        self.clock = self.world.enter_context(time_machine.travel(BEGIN, tick=False))
        self.world.enter_context(transaction.atomic())
        self.dossier = self.born().dossier
        self.dossiers = [self.dossier.pk]
        self.look()

    def born(self) -> Any:
        """The case with which the life begins."""
        raise NotImplementedError

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.world.close()

    # --- What every rule uses -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read every case again after something has changed."""
        self.changed = True
        self.applications = checks.list_chain(self.dossier.pk)
        self.dossiers = [application.dossier_id for application in self.applications]
        self.objections = list(Objection.objects.filter(dossier__in=self.dossiers).order_by("pk"))
        self.appeals = list(Appeal.objects.filter(dossier__in=self.dossiers).order_by("pk"))

    @property
    def application(self) -> Application:
        """The one as which it goes on now."""
        return self.applications[-1]

    def chances(self) -> list[Chance]:
        """What can happen now, each repeated by its likelihood."""
        return [self.days_pass] * 6

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """One rule for all steps: of many, Hypothesis leaves half out of each life."""
        self.moment += 1
        dice = Dice(data, self.moment)
        dice.one_of(self.chances())(dice)

    def goes_on(self, case: Any, moves: Moves) -> list[Chance]:
        """One of the steps that may follow; none where none may."""
        return [lambda dice: self.tries(dice, case, moves)] if moves.possible(case.status) else []

    def tries(self, dice: Dice, case: Any, moves: Moves) -> None:
        """One whose conditions are met, with random arguments."""
        possible = moves.possible(case.status)  # each repeated by its likelihood
        met = {name for name in dict.fromkeys(possible) if can_proceed(getattr(case, name))}
        if met:
            step = dice.one_of([name for name in possible if name in met])
            self.take(case, step, **moves.arguments[step](self, dice, case))

    def take(self, case: Any, step: str, **detail: Any) -> bool:
        """Take a step; if it is refused nothing may have changed."""
        name = f"{case.CASE_TYPE}.{step}"
        before = checks.fingerprint(self.dossiers)
        try:
            getattr(case, step)(**detail)
        except REFUSALS as refusal:
            note(f"{timezone.localdate()} {name} {detail}: refused, {refusal}")
            self.refused[name] += 1
            assert checks.fingerprint(self.dossiers) == before, f"{name} was refused and left a trace"
            return False
        note(f"{timezone.localdate()} {name} {detail}")
        self.taken[name] += 1
        self.look()
        return True

    def must_be_refused(self, case: Any, step: str, **detail: Any) -> None:
        """Take a step that the law does not allow."""
        assert not self.take(case, step, **detail), f"{case.CASE_TYPE}.{step} should have been refused"

    # --- Time ---------------------------------------------------------------------------------------------

    def days_pass(self, dice: Dice) -> None:
        """Some, or until the last day of a term; and now and then the clock does its nightly work."""
        self.clock.shift(timedelta(days=dice.one_of([*LEAPS, *self.days_to_a_term(), *self.days_to_a_term()])))
        if dice.one_of([True, False]):
            of_applications.take_due_steps(today=timezone.localdate())
            of_objections.take_due_steps(today=timezone.localdate())
            self.look()

    def days_to_a_term(self) -> list[int]:
        """Until each last day that is still to come, and until the day after it."""
        ahead = Deadline.objects.open().filter(dossier__in=self.dossiers, due__gt=timezone.localdate())
        days = [(due - timezone.localdate()).days for due in ahead.values_list("due", flat=True)]
        return sorted({*days, *(day + 1 for day in days)})

    # --- After every rule -----------------------------------------------------------------------------------

    @invariant()
    def everything_adds_up(self) -> None:
        if self.changed:
            self.check()
        self.changed = False

    def check(self) -> None:
        """All that must hold."""
        checks.everything(self.dossiers)

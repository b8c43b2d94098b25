"""Who takes the steps of a life, and when: choices that the steps of every phase share."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.lives.base import Dice, Life

Detail = Mapping[str, Any]
TERMS = (15, 15, 21, 28, 60, 8, 3, 400)
"""Days that somebody gets; the last ones are too few or too many."""


def desk(life: Life, dice: Dice) -> Any:
    """Somebody at the desk; now and then a stranger, who is refused."""
    people = life.people
    return dice.one_of([*people.desk, people.mover, *people.desk, people.mover, people.stranger])


def holder(life: Life, dice: Dice) -> Any:
    """The applicant; now and then a stranger, who is refused."""
    return dice.one_of([*[life.people.applicant] * 5, life.people.stranger])


def only_by_desk(life: Life, dice: Dice, case: Any) -> Detail:
    """Nothing more to report."""
    return {"by": desk(life, dice)}


def words(**texts: Any) -> Any:
    """Always the same, by somebody at the desk."""
    return lambda life, dice, case: {"by": desk(life, dice), **texts}


def some_day(dice: Dice, *days: int) -> Any:
    """One of these numbers of days from now."""
    return timezone.localdate() + timedelta(days=dice.one_of(days))

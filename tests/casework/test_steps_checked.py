"""The check of the steps themselves: each joins two statuses that exist."""

import pytest
from django.core.checks.registry import registry
from django.db import models
from django.db.models import TextChoices
from django.test.utils import isolate_apps
from django_fsm import FSMField

from casework.checks import every_step_joins_two_statuses, problems
from casework.steps import step


class Light(TextChoices):
    RED = "red"
    GREEN = "green"


def crossing(**moves):
    """A case with one step that is misspelt."""

    class Crossing(models.Model):
        status = FSMField(choices=Light, default=Light.RED)

        class Meta:
            app_label = "casework"

        def __str__(self) -> str:
            return "crossing"

        @step(**moves)
        def switch(self, *, by):
            pass

    return Crossing


@pytest.mark.parametrize(
    ("moves", "found"),
    [
        ({"source": Light.RED, "target": "gren"}, [("casework.E001", "gren")]),
        ({"source": "rde", "target": Light.GREEN}, [("casework.E002", "rde")]),
        ({"source": "*", "target": Light.GREEN}, [("casework.E002", "*")]),
        ({"source": [Light.RED, Light.GREEN], "target": Light.GREEN}, []),
        ({"source": Light.RED, "target": None}, []),
    ],
)
@isolate_apps("casework")
def test_a_misspelt_status_is_found_before_anybody_takes_the_step(moves, found):
    told = list(problems(crossing(**moves)))

    assert [problem.id for problem in told] == [number for number, _word in found]
    assert all(
        "Crossing.switch" in problem.msg and word in problem.msg
        for problem, (_n, word) in zip(told, found, strict=True)
    )


def test_every_step_of_the_loket_joins_two_statuses():
    assert every_step_joins_two_statuses in registry.registered_checks
    assert every_step_joins_two_statuses(None) == []

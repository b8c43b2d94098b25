"""The checks of the steps themselves: each joins two existing statuses, has its words, and asks what it must know."""

import pytest
from django.core.checks.registry import registry
from django.db import models
from django.db.models import TextChoices
from django.test.utils import isolate_apps
from django_fsm import FSMField

from casework.checks import (
    asks_everything,
    every_step_is_told_and_asked,
    every_step_joins_two_statuses,
    find_gaps,
    find_step_problems,
)
from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk
from casework.steps import Button, step
from exemptions.admin import step_forms
from exemptions.models import Application
from objections.admin.forms import court
from objections.models import Appeal


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
    told = list(find_step_problems(crossing(**moves)))

    assert [problem.id for problem in told] == [number for number, _word in found]
    assert all(
        "Crossing.switch" in problem.msg and word in problem.msg
        for problem, (_n, word) in zip(told, found, strict=True)
    )


def test_every_step_of_the_loket_joins_two_statuses():
    assert every_step_joins_two_statuses in registry.registered_checks
    assert every_step_joins_two_statuses(None) == []


# --- Told and asked -----------------------------------------------------------------------------------


def desk_of(model, **forms):
    """A desk with these forms."""
    return type("Desk", (CaseDesk,), {"model": model, "forms": forms})()


@pytest.mark.parametrize(
    ("told", "forms", "found"),
    [
        ({"done": "Switched", "button": Button("Switch", "Go.")}, {"switch": StepForm}, []),
        ({"button": Button("Switch", "Go.")}, {"switch": StepForm}, ["casework.E003"]),
        ({"done": "Switched", "button": Button("Switch", "Go.")}, {}, ["casework.E004"]),
        ({"done": "Switched"}, {"switch": StepForm}, ["casework.E004"]),
        ({"done": "Switched", "button": Button("Switch", "Go.")}, {"swich": StepForm}, ["casework.E004"] * 2),
    ],
)
@isolate_apps("casework")
def test_a_step_that_is_not_told_or_not_asked_is_found(told, forms, found):
    model = crossing(source=Light.RED, target=Light.GREEN, **told)

    assert [problem.id for problem in find_gaps(desk_of(model, **forms))] == found


def test_a_form_that_does_not_ask_what_a_step_must_know_is_found():
    assert asks_everything(step_forms.RejectForm, Application.reject)
    assert not asks_everything(StepForm, Application.reject)
    assert not asks_everything(step_forms.ViewForm, Application.extend)


def test_what_several_steps_are_told_alike_is_asked_too():
    assert asks_everything(court.EndForm, Appeal.find_unfounded)
    assert not asks_everything(StepForm, Appeal.find_unfounded)


def test_every_step_of_the_loket_is_told_and_asked():
    assert every_step_is_told_and_asked in registry.registered_checks
    assert every_step_is_told_and_asked(None) == []

"""System checks of our own conventions: the statuses of a step, its texts, and the fields of its form."""

from collections.abc import Iterable, Iterator, Sequence
from inspect import Parameter, signature
from typing import Any, get_args

from django.apps import apps
from django.core.checks import CheckMessage, Error

from casework.desk.forms import StepForm
from casework.desk.steps import CaseDesk
from casework.steps import find_declarations
from casework.wiring import wired


def every_step_joins_two_statuses(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Check that steps join existing statuses: django-fsm does not, and a misspelt one makes a step unusable.

    A source `*` is refused as well, because it would silently include every status that is added later.
    """
    with_steps = (model for model in apps.get_models() if hasattr(model, "get_all_status_transitions"))
    return [problem for model in with_steps for problem in find_step_problems(model)]


def find_step_problems(model: Any) -> Iterator[CheckMessage]:
    """Errors for the steps of a model that start from, or lead to, something that is not one of its statuses."""
    known = dict(model._meta.get_field("status").flatchoices)
    for move in model().get_all_status_transitions():
        step = f"{model.__name__}.{move.name}"
        if move.target is not None and move.target not in known:
            yield Error(f"{step} leads to {move.target!r}, which is no status", id="casework.E001")
        if move.source not in known:
            yield Error(f"{step} starts from {move.source!r}, which is no status", id="casework.E002")


def every_step_is_told_and_asked(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Check that every step of a case at the desk says what was done, and that every step with a button has a form."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    return [problem for desk in desks for problem in find_gaps(desk)]


def find_gaps(desk: CaseDesk[Any]) -> Iterator[CheckMessage]:
    """Errors where the steps of a type of case and the forms of its desk do not match."""
    declared = find_declarations(desk.model)
    with_button = {name for name, one in declared.items() if one.button}
    for name in (name for name, one in declared.items() if not one.done):
        yield Error(f"{desk.model.__name__}.{name} does not say what was done", id="casework.E003")
    for name in sorted(with_button.symmetric_difference(desk.forms)):
        yield Error(f"{desk.model.__name__}.{name} has a button and no form, or the reverse", id="casework.E004")
    for name in sorted(with_button.intersection(desk.forms)):
        if not asks_everything(desk.forms[name], getattr(desk.model, name)):
            yield Error(f"{desk.forms[name].__name__} does not ask what {name} must know", id="casework.E005")


def asks_everything(form: type[StepForm], taken: Any) -> bool:
    """Whether a form has every argument that a step needs; one that overrides `detail` is trusted."""
    _case, *arguments = signature(taken).parameters.values()
    needed = {name for one in arguments for name in list_needed(one)} - {"by"}
    return needed <= set(form.base_fields) or form.detail is not StepForm.detail


def list_needed(argument: Parameter) -> Iterable[str]:
    """The names that an argument of a step needs: its own, or for `**kwargs` the required keys of its TypedDict."""
    if argument.kind is Parameter.VAR_KEYWORD:
        (told,) = get_args(argument.annotation)
        return frozenset(told.__required_keys__)
    return [argument.name] if argument.default is Parameter.empty else []

"""System checks of our own conventions."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error


def every_step_joins_two_statuses(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """A misspelt status is a case that nobody knows, or a step that nobody can take: django-fsm does not check it.

    A source `*` is refused as well: it would silently hold for every status that is added later.
    """
    with_steps = (model for model in apps.get_models() if hasattr(model, "get_all_status_transitions"))
    return [problem for model in with_steps for problem in find_step_problems(model)]


def find_step_problems(model: Any) -> Iterator[CheckMessage]:
    """The steps of a model that lead to, or start from, something else than one of its statuses."""
    known = dict(model._meta.get_field("status").flatchoices)
    for move in model().get_all_status_transitions():
        step = f"{model.__name__}.{move.name}"
        if move.target is not None and move.target not in known:
            yield Error(f"{step} leads to {move.target!r}, which is no status", id="casework.E001")
        if move.source not in known:
            yield Error(f"{step} starts from {move.source!r}, which is no status", id="casework.E002")

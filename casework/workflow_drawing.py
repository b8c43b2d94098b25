"""Draws the steps of a case from the code itself, so that the drawing is never out of date."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django_fsm import Transition, get_all_FIELD_transitions

from casework.steps import find_declarations


def all_moves(model: type[Model]) -> Iterable[Transition]:
    """Every step of a case, from every status in which it may be taken."""
    status: Any = model._meta.get_field("status")
    return get_all_FIELD_transitions(model(), status)


def as_markdown(model: type[Model]) -> str:
    """A heading, a diagram of the status changes, and a table of every step."""
    heading = f"## {str(model._meta.verbose_name).capitalize()}"
    return "\n".join([heading, "", *_draw_diagram(model), "", *_draw_table(model), ""])


def _collect_moves(model: type[Model]) -> dict[tuple[str, str], list[str]]:
    """The source statuses by step and target, in the order in which the case declares them."""
    order = [value for value, _label in _get_status_field(model).flatchoices]
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in all_moves(model):
        moves[move.name, str(move.target or "")].append(str(move.source))
    listed = list(find_declarations(model))
    return {key: sorted(moves[key], key=order.index) for key in sorted(moves, key=lambda key: listed.index(key[0]))}


def _get_status_field(model: type[Model]) -> Any:
    return model._meta.get_field("status")


def _draw_diagram(model: type[Model]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {_get_status_field(model).default.value}"
    for (step, target), sources in _collect_moves(model).items():
        if target:
            yield from (f"    {source} --> {target}: {step}" for source in sources)
    yield "```"


def _draw_table(model: type[Model]) -> Iterator[str]:
    declared = find_declarations(model)
    yield "| step | button | in status | leads to | what it does |"
    yield "|---|---|---|---|---|"
    for (step, target), sources in _collect_moves(model).items():
        what = (getattr(model, step).__doc__ or "").strip().splitlines()[0]
        button = declared[step].button
        cells = (f"`{step}`", button.label if button else "", ", ".join(sources), target or "(the same)", what)
        yield f"| {' | '.join(map(str, cells))} |"

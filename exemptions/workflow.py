"""Draws the steps of an application from the code itself, so that the picture cannot be out of date."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import override
from django_fsm import Transition, get_all_FIELD_transitions

from exemptions.models import Application, Status

HEAD = """# The workflow of an application

Drawn from the code by `manage.py draw_workflow`; a test fails when it is out of date. The law behind it stands in
[deadlines.md](deadlines.md), the words in [glossary.md](glossary.md).

"""


def as_markdown() -> str:
    """A diagram of the status changes, and a table of every step."""
    with override("en"):
        return HEAD + "\n".join([*_diagram(), "", *_table(), ""])


def all_moves() -> Iterable[Transition]:
    """Every step from every status that it may be taken in."""
    status: Any = Application._meta.get_field("status")
    return get_all_FIELD_transitions(Application(), status)


def _moves() -> dict[tuple[str, str], list[str]]:
    """Step and target, with the statuses it may be taken in, in the order of the law."""
    order = list(Status.values)
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in all_moves():
        moves[move.name, str(move.target or "")].append(str(move.source))
    return {key: sorted(moves[key], key=order.index) for key in sorted(moves, key=lambda key: _order_of(key[0]))}


def _order_of(step: str) -> int:
    """The order in which the class lists its steps."""
    return list(vars(Application)).index(step)


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {Status.DRAFT.value}"
    for (step, target), sources in _moves().items():
        if target:
            yield from (f"    {source} --> {target}: {step}" for source in sources)
    yield "```"


def _table() -> Iterator[str]:
    yield "| step | in status | leads to | what it does |"
    yield "|---|---|---|---|"
    for (step, target), sources in _moves().items():
        what = (getattr(Application, step).__doc__ or "").strip().splitlines()[0]
        yield f"| `{step}` | {', '.join(sources)} | {target or '(the same)'} | {what} |"

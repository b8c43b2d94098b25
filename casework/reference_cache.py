"""What a step, or a page that is looked at, asks of the reference rows (settings, days off, texts) is asked once.

Each sees one state of them. Everywhere else every question is a query, for a row can change meanwhile.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """What is read in here is kept until the end of the outermost of these."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def read_once(about: Hashable, read: Callable[[], Answer]) -> Answer:
    """The answer that is kept of this, or that of a new question."""
    answers = _answers.get()
    if answers is None:
        return read()
    if about not in answers:
        answers[about] = read()
    return cast(Answer, answers[about])

"""What a step, or a page that is looked at, asks of the reference rows (settings, days off, texts) is asked once.

Each sees one state of them, and the next one reuses its answers while no such row has changed: every change of one
gives `casework.ReferenceVersion` another name (by a trigger of its table), and that is asked anew each time. A step
reads the name with the row that it locks: a row that changed while it waited for the lock counts from the next step on.
Everywhere else every question is a query, for a row can change meanwhile.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connection

Answer = TypeVar("Answer")
Answers = dict[Hashable, Any]

VERSION = "SELECT version FROM casework_referenceversion LIMIT 1"


class Reading:
    """One step or page. The answers are those of the version that it found at its first question."""

    def __init__(self) -> None:
        self.answers: Answers | None = None

    def find(self, about: Hashable, read: Callable[[], Answer]) -> Answer:
        """The answer that is kept of this, or that of a new question."""
        if self.answers is None:
            self.answers = find_answers(ask_version())
        if about not in self.answers:
            self.answers[about] = read()
        return cast(Answer, self.answers[about])


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_newest: tuple[object, Answers] = (None, {})


def ask_version() -> object:
    """The name of the state of the rows, if answers are kept at all."""
    if not settings.REFERENCE_ANSWERS_KEPT:
        return None
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (version,) = cursor.fetchone() or (None,)
    return version


def note_version(version: object) -> None:
    """It came with another question, so that this step or page need not ask; unless it has."""
    reading = _reading.get()
    if reading is not None and reading.answers is None:
        reading.answers = find_answers(version)


def find_answers(version: object) -> Answers:
    """What this process knows of the rows in a state; nothing yet after one of them changed."""
    global _newest
    if not settings.REFERENCE_ANSWERS_KEPT:
        return {}
    known, answers = _newest
    if version is None or version != known or len(answers) > settings.REFERENCE_ANSWERS_KEPT:
        answers = {}
        _newest = (version, answers)
    return answers


@contextmanager
def reading_once() -> Iterator[None]:
    """What is read in here is of one state, until the end of the outermost of these."""
    if _reading.get() is not None:
        yield
        return
    token = _reading.set(Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def read_once(about: Hashable, read: Callable[[], Answer]) -> Answer:
    """The answer that is kept of this, or that of a new question. Nobody changes it: others have it too."""
    reading = _reading.get()
    return read() if reading is None else reading.find(about, read)

"""Caches reads of reference rows (settings, days off, texts) within a step, or a page that is only read.

Each step or page sees one state of these rows, and the next one reuses its answers while none has changed: a trigger
on each table changes `casework.ReferenceVersion`, which is read anew every time. A step reads the version with the row
that it locks, so a change while it waits for the lock counts from the next step on. Everywhere else every read is a
query, because a row can change in between.
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
    """One step or page. Its answers belong to the version that was current at its first read."""

    def __init__(self) -> None:
        self.answers: Answers | None = None

    def find(self, about: Hashable, read: Callable[[], Answer]) -> Answer:
        """The cached answer, or else that of `read`."""
        if self.answers is None:
            self.answers = find_answers(ask_version())
        if about not in self.answers:
            self.answers[about] = read()
        return cast(Answer, self.answers[about])


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_newest: tuple[object, Answers] = (None, {})


def ask_version() -> object:
    """The current version of the reference rows; None if caching is off."""
    if not settings.REFERENCE_ANSWERS_KEPT:
        return None
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        (version,) = cursor.fetchone() or (None,)
    return version


def note_version(version: object) -> None:
    """Use a version that came with another query, unless this step or page has read one already."""
    reading = _reading.get()
    if reading is not None and reading.answers is None:
        reading.answers = find_answers(version)


def find_answers(version: object) -> Answers:
    """The answers that this process has cached for a version; a new, empty dict for a new version."""
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
    """Cache reads of reference rows while the outermost of these contexts lasts."""
    if _reading.get() is not None:
        yield
        return
    token = _reading.set(Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def read_once(about: Hashable, read: Callable[[], Answer]) -> Answer:
    """The cached answer under a key, or else that of `read`. Callers must not change it, because it is shared."""
    reading = _reading.get()
    return read() if reading is None else reading.find(about, read)

"""Many cases in one transaction, each by its own steps: what they ask is read ahead, and their rows go in together.

Outside a batch each question is a query and each row a statement, at once. Inside one, an answer that was read ahead
is found without asking, and rows wait for those of the other cases. Whoever asks the database anything else meanwhile
misses nothing: what waits is written first. A batch stands or falls as a whole; what it cannot do is done case by case.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Answer = TypeVar("Answer")
Item = TypeVar("Item")

KEYS = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


class Batch:
    """Cases whose rows are locked, what was read ahead of them, and what waits to be written."""

    def __init__(self, cases: Sequence[models.Model]) -> None:
        self.cases = {id(case): (case, read_values(case)) for case in cases}
        self.answers: dict[tuple[Any, int], Any] = {}
        self.keys: dict[type[models.Model], list[int]] = {}
        self.changes: dict[Any, list[Any]] = {}
        self.rows: dict[type[models.Model], list[Any]] = {}

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Before a statement of somebody else, what waits is written. (A wrapper of Django's database connection.)"""
        self.write()
        return execute(*statement)

    def read_ahead(self, question: Callable[[Sequence[M]], Mapping[int, Any]], about: Sequence[M]) -> None:
        """Ask this about all of them. Each answer is given once: the step may change what it was about."""
        answers = question(about)
        self.answers.update({(question, row.pk): answers.get(row.pk) for row in about})

    def change(self, statement: Callable[[Sequence[Item]], object], items: Sequence[Item]) -> None:
        """This is to be changed about these, with the same about others."""
        self.changes.setdefault(statement, []).extend(items)

    def add(self, rows: Sequence[models.Model]) -> None:
        """New rows. Each has its key at once, so that others can point at it: the database checks that in the end."""
        for row in rows:
            row.pk = self._take_key(type(row))
            row._state.adding, row._state.db = False, connection.alias
            self.rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """What waits: first what ends something, then what begins."""
        changes, rows = self.changes, self.rows
        self.changes, self.rows = {}, {}
        for statement, items in changes.items():
            statement(items)
        for model, new in rows.items():
            model._base_manager.bulk_create(new)

    def _take_key(self, model: type[models.Model]) -> int:
        """The next key of a table; as many at a time as there are cases."""
        if not self.keys.get(model):
            about = [f'"{model._meta.db_table}"', model._meta.pk.column, len(self.cases)]
            with self._letting_wait(), connection.cursor() as cursor:
                cursor.execute(KEYS, about)
                self.keys[model] = sorted((key for (key,) in cursor.fetchall()), reverse=True)
        return self.keys[model].pop()

    @contextmanager
    def _letting_wait(self) -> Iterator[None]:
        """What is asked meanwhile is not about rows."""
        changes, rows = self.changes, self.rows
        self.changes, self.rows = {}, {}
        yield
        self.changes, self.rows = changes, rows

    def write_changed(self, cases: Sequence[models.Model]) -> None:
        """The fields of cases that are not as they were read."""
        changed: set[str] = set()
        for case in cases:
            _case, before = self.cases[id(case)]
            changed |= {name for name, value in read_values(case).items() if value != before[name]}
        if changed:
            type(cases[0])._base_manager.bulk_update(cases, sorted(changed))


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def begin_batch(cases: Sequence[models.Model]) -> Iterator[Batch]:
    """Take steps in these within the transaction in which their rows were locked and read."""
    batch = Batch(cases)
    token = _batch.set(batch)
    try:
        with connection.execute_wrapper(batch):
            yield batch
            batch.write()
    finally:
        _batch.reset(token)


def is_in_batch() -> bool:
    """Whether what is done now is done with other cases."""
    return _batch.get() is not None


def is_of_batch(case: models.Model) -> bool:
    """Whether it was locked and read by the batch."""
    batch = _batch.get()
    return batch is not None and id(case) in batch.cases


def find_answer(question: Callable[[Sequence[M]], Mapping[int, Answer]], about: M) -> Answer | None:
    """What a question to many answers about one, by its key; None if it says nothing of it."""
    batch = _batch.get()
    if batch is not None and (question, about.pk) in batch.answers:
        found: Answer | None = batch.answers.pop((question, about.pk))
        return found
    return question([about]).get(about.pk)


def insert_rows(*rows: models.Model) -> None:
    """New rows of one table: now, or with those of the other cases."""
    batch = _batch.get()
    if batch is None:
        type(rows[0])._base_manager.bulk_create(rows)
    else:
        batch.add(rows)


def change_rows(statement: Callable[[Sequence[Item]], object], *items: Item) -> None:
    """A statement about these: now, or with those of the other cases."""
    batch = _batch.get()
    if batch is None:
        statement(items)
    else:
        batch.change(statement, items)


def save_case(case: models.Model) -> None:
    """What a step changed of a case: now, or with the other cases."""
    batch = _batch.get()
    if batch is not None and id(case) in batch.cases:
        batch.change(batch.write_changed, [case])
    else:
        case.save()


def read_values(row: models.Model) -> dict[str, Any]:
    """The columns of a row, as they are now."""
    return {field.attname: deepcopy(getattr(row, field.attname)) for field in row._meta.concrete_fields}

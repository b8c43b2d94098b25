"""Many cases in one transaction, each by its own steps: queries are prefetched, and rows are written together.

Outside a batch, each question is a query and each row a statement, at once. Inside one, a prefetched answer needs no
query, and rows wait for those of the other cases. Any other query first writes what waits, so it sees everything. A
batch succeeds or fails as a whole; what fails is then done case by case.
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
    """Cases whose rows are locked, the answers prefetched for them, and the writes that wait."""

    def __init__(self, cases: Sequence[models.Model]) -> None:
        self.cases = {id(case): (case, read_values(case)) for case in cases}
        self.answers: dict[tuple[Any, int], Any] = {}
        self.keys: dict[type[models.Model], list[int]] = {}
        self.changes: dict[Any, list[Any]] = {}
        self.rows: dict[type[models.Model], list[Any]] = {}

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Write what waits before any other statement (a wrapper for Django's `execute_wrapper`)."""
        self.write()
        return execute(*statement)

    def read_ahead(self, question: Callable[[Sequence[M]], Mapping[int, Any]], about: Sequence[M]) -> None:
        """Prefetch the answers to a question. Each is used only once, because a step may change what it was about."""
        answers = question(about)
        self.answers.update({(question, row.pk): answers.get(row.pk) for row in about})

    def change(self, statement: Callable[[Sequence[Item]], object], items: Sequence[Item]) -> None:
        """Queue items for a statement, to run once for the items of all cases."""
        self.changes.setdefault(statement, []).extend(items)

    def add(self, rows: Sequence[models.Model]) -> None:
        """Queue new rows. Each gets its key at once so that others can refer to it; constraints are checked later."""
        for row in rows:
            row.pk = self._take_key(type(row))
            row._state.adding, row._state.db = False, connection.alias
            self.rows.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """Write what waits: first the changes, then the new rows."""
        changes, rows = self.changes, self.rows
        self.changes, self.rows = {}, {}
        for statement, items in changes.items():
            statement(items)
        for model, new in rows.items():
            model._base_manager.bulk_create(new)

    def _take_key(self, model: type[models.Model]) -> int:
        """The next key of a table, reserved for as many rows at a time as there are cases."""
        if not self.keys.get(model):
            about = [f'"{model._meta.db_table}"', model._meta.pk.column, len(self.cases)]
            with self._letting_wait(), connection.cursor() as cursor:
                cursor.execute(KEYS, about)
                self.keys[model] = sorted((key for (key,) in cursor.fetchall()), reverse=True)
        return self.keys[model].pop()

    @contextmanager
    def _letting_wait(self) -> Iterator[None]:
        """Run queries that are not about rows, such as for keys, without first writing what waits."""
        changes, rows = self.changes, self.rows
        self.changes, self.rows = {}, {}
        yield
        self.changes, self.rows = changes, rows

    def write_changed(self, cases: Sequence[models.Model]) -> None:
        """Update the fields that changed in any of these cases since they were read."""
        changed: set[str] = set()
        for case in cases:
            _case, before = self.cases[id(case)]
            changed |= {name for name, value in read_values(case).items() if value != before[name]}
        if changed:
            type(cases[0])._base_manager.bulk_update(cases, sorted(changed))


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def begin_batch(cases: Sequence[models.Model]) -> Iterator[Batch]:
    """Batch the steps in these cases; call it within the transaction in which their rows were locked and read."""
    batch = Batch(cases)
    token = _batch.set(batch)
    try:
        with connection.execute_wrapper(batch):
            yield batch
            batch.write()
    finally:
        _batch.reset(token)


def is_in_batch() -> bool:
    """Whether a batch is running."""
    return _batch.get() is not None


def is_of_batch(case: models.Model) -> bool:
    """Whether this very object belongs to the running batch, so that its row is locked and read."""
    batch = _batch.get()
    return batch is not None and id(case) in batch.cases


def find_answer(question: Callable[[Sequence[M]], Mapping[int, Answer]], about: M) -> Answer | None:
    """The answer about one row to a question about many, prefetched if possible; None if there is none."""
    batch = _batch.get()
    if batch is not None and (question, about.pk) in batch.answers:
        found: Answer | None = batch.answers.pop((question, about.pk))
        return found
    return question([about]).get(about.pk)


def insert_rows(*rows: models.Model) -> None:
    """Insert rows of one table: now, or in a batch with those of the other cases."""
    batch = _batch.get()
    if batch is None:
        type(rows[0])._base_manager.bulk_create(rows)
    else:
        batch.add(rows)


def change_rows(statement: Callable[[Sequence[Item]], object], *items: Item) -> None:
    """Run a statement on these items: now, or in a batch with those of the other cases."""
    batch = _batch.get()
    if batch is None:
        statement(items)
    else:
        batch.change(statement, items)


def save_case(case: models.Model, *, as_read: Mapping[str, Any]) -> None:
    """Save what a step changed in a case, if anything: now, or in a batch with the other cases."""
    batch = _batch.get()
    if batch is not None and id(case) in batch.cases:
        batch.change(batch.write_changed, [case])
    elif read_values(case) != as_read:
        case.save()


def read_values(row: models.Model) -> dict[str, Any]:
    """The columns of a row, as they are now."""
    return {field.attname: deepcopy(getattr(row, field.attname)) for field in row._meta.concrete_fields}

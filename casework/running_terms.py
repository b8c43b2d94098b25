"""The terms of a case that run: read once in a step, which opens and closes them and asks for them many times."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from casework import clock

if TYPE_CHECKING:
    from casework.models import Case, Deadline, Dossier

_terms: ContextVar["dict[tuple[str, int], list[Deadline]] | None"] = ContextVar("terms", default=None)


@contextmanager
def terms_of_step() -> Iterator[None]:
    """What is asked in here is kept; a step within a step reads for itself, and then the outer one reads anew."""
    token = _terms.set({})
    try:
        yield
    finally:
        _terms.reset(token)
        if outer := _terms.get():
            outer.clear()


def list_running(dossier: "Dossier", case: "Case") -> "list[Deadline]":
    """The deadlines of a case that are open."""
    kept, key = _terms.get(), (case.CASE_TYPE, case.pk)
    if kept is not None and key in kept:
        return kept[key]
    found = list(dossier.deadlines.open().filter(case_type=case.CASE_TYPE, case_id=case.pk))
    if kept is not None:
        kept[key] = found
    return found


def open_term(dossier: "Dossier", case: "Case", kind: "Deadline.Kind", **about: Any) -> "Deadline":
    """One more, in place of an open one of the same kind. `about`: its `due` and its `basis`."""
    close_terms(dossier, case, kind)
    opened: Deadline = dossier.deadlines.create(case_type=case.CASE_TYPE, case_id=case.pk, kind=kind, **about)
    if (kept := _terms.get()) is not None:
        kept.setdefault((case.CASE_TYPE, case.pk), []).append(opened)
    return opened


def close_terms(dossier: "Dossier", case: "Case", *kinds: "Deadline.Kind") -> None:
    """Close those of these kinds."""
    running = list_running(dossier, case)
    closed = [term for term in running if term.kind in kinds]
    if not closed:
        return
    dossier.deadlines.open().filter(pk__in=[term.pk for term in closed]).update(closed_at=clock.now())
    if (kept := _terms.get()) is not None:
        kept[case.CASE_TYPE, case.pk] = [term for term in running if term not in closed]

"""The running terms of a case, read once in a step, which opens, closes and reads them many times."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from casework import clock
from casework.batch import change_rows, find_answer, insert_rows

if TYPE_CHECKING:
    from casework.models import Case, Deadline, Dossier


@dataclass
class RunningTerms:
    """What a step read of a case: the terms that still run, and whether a notice or an order costs money.

    `is_costly` is None if no term ran, so that no row of it was read.
    """

    running: "list[Deadline]"
    is_costly: bool | None


_terms: ContextVar["dict[tuple[str, int], RunningTerms] | None"] = ContextVar("terms", default=None)


@contextmanager
def terms_of_step() -> Iterator[None]:
    """Cache running terms while a step lasts, nested steps included; one that fails leaves nothing behind."""
    outer = _terms.get()
    token = _terms.set({} if outer is None else outer)
    try:
        yield
    except Exception:
        (outer or {}).clear()
        raise
    finally:
        _terms.reset(token)


def forget_terms(case: "Case") -> None:
    """Drop what was read of a case before its row was locked: it may have changed during the wait."""
    if kept := _terms.get():
        kept.pop((case.CASE_TYPE, case.pk), None)


def list_running(dossier: "Dossier", case: "Case") -> "list[Deadline]":
    """The open deadlines of a case, cached within a step."""
    kept, key = _terms.get(), (case.CASE_TYPE, case.pk)
    if kept is not None and key in kept:
        return kept[key].running
    found = find_answer(find_running, case) or []
    if kept is not None:
        kept[key] = RunningTerms(found, any(term.is_costly for term in found) if found else None)
    return found


def may_be_costly(case: "Case") -> bool:
    """Whether a notice of default or a court order may run on the case; False if its terms deny it.

    Within a step the terms are read for it, which a step that asks this does anyway.
    """
    kept = _terms.get()
    if kept is None:
        return True
    list_running(case.dossier, case)
    known = kept.get((case.CASE_TYPE, case.pk))
    return known is None or known.is_costly is not False


def find_running(cases: "Sequence[Case]") -> "dict[int, list[Deadline]]":
    """The open deadlines of several cases of one sort, by the case's primary key."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    terms: type[Deadline] = apps.get_model("casework", "Deadline")
    about = {"case_type": cases[0].CASE_TYPE, "case_id__in": [case.pk for case in cases]}
    for term in terms.objects.open().filter(**about).with_costs():
        found[term.case_id].append(term)
    return found


def end_terms(terms: "Sequence[Deadline]") -> None:
    """Close these deadlines."""
    running = type(terms[0]).objects.open().filter(pk__in=[term.pk for term in terms])
    running.update(closed_at=clock.now())


def open_term(dossier: "Dossier", case: "Case", kind: "Deadline.Kind", **about: Any) -> "Deadline":
    """Open a deadline, replacing an open one of the same kind. `about`: its `due` and `basis`."""
    close_terms(dossier, case, kind)
    model: type[Deadline] = dossier.deadlines.model
    opened = model(dossier=dossier, case_type=case.CASE_TYPE, case_id=case.pk, kind=kind, **about)
    insert_rows(opened)
    if (kept := _terms.get()) is not None:
        kept.setdefault((case.CASE_TYPE, case.pk), RunningTerms([], None)).running.append(opened)
    return opened


def close_terms(dossier: "Dossier", case: "Case", *kinds: "Deadline.Kind") -> None:
    """Close the open deadlines of these kinds."""
    running = list_running(dossier, case)
    closed = [term for term in running if term.kind in kinds]
    if not closed:
        return
    change_rows(end_terms, *closed)
    if (kept := _terms.get()) is not None:
        kept[case.CASE_TYPE, case.pk].running = [term for term in running if term not in closed]

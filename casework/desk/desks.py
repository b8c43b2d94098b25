"""The desk of each sort of case, by the case type that rows carry. An admin of cases registers its own."""

from typing import Any

from casework.desk.steps import CaseDesk

_REGISTERED: dict[str, CaseDesk[Any]] = {}


def register(desk: CaseDesk[Any]) -> None:
    """Make a desk known; `CaseAdmin` does it for every sort of case."""
    _REGISTERED[desk.model.CASE_TYPE] = desk


def of(case_type: str) -> CaseDesk[Any] | None:
    """The desk of a sort of case; None where there is none any more."""
    return _REGISTERED.get(case_type)

"""The desk of each sort of case, by the case type that rows carry."""

from collections.abc import Sequence
from typing import Any

from casework.desk.steps import CaseDesk
from casework.wiring import wired


def of(case_type: str) -> CaseDesk[Any] | None:
    """The desk of a sort of case; None where there is none any more."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    return next((desk for desk in desks if case_type == desk.model.CASE_TYPE), None)

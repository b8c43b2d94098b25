"""The desk of each case type, by the type that rows carry."""

from collections.abc import Sequence
from typing import Any

from casework.desk.steps import CaseDesk
from casework.wiring import wired


def find_desk(case_type: str) -> CaseDesk[Any] | None:
    """The desk of a case type; None if it no longer exists."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    return next((desk for desk in desks if case_type == desk.model.CASE_TYPE), None)

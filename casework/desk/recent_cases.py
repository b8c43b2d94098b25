"""The cases that somebody opened last, in their session: so they are of this login, and nobody else reads them."""

from typing import TYPE_CHECKING, Any

from casework.desk.steps import CaseDesk

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

SESSION_KEY = "recent_cases"
KEPT = 10
Recent = tuple[str, str]
"""The address of a case, and which one it is in words."""


def remember_case(session: "SessionBase", case: Any, *, desk: CaseDesk[Any]) -> None:
    """The latest first; without its status, which changes."""
    *words, _status = desk.line(case)
    opened = (desk.case_address(case), " · ".join(words))
    kept = list_recent_cases(session)
    if kept[:1] != [opened]:
        others = [one for one in kept if one[0] != opened[0]]
        session[SESSION_KEY] = [opened, *others][:KEPT]


def list_recent_cases(session: "SessionBase") -> list[Recent]:
    """The latest first. Whether they may still be seen is asked when one is opened."""
    return [(address, words) for address, words in session.get(SESSION_KEY, [])]

"""How often a program or an officer may ask."""

from collections import Counter

from accounts.rate import count_request
from casework.limits import count_use

QUESTIONS_A_MINUTE = 60_000
LOT = 50
REQUESTS_A_MINUTE = {"bulk": 20, "feed": 120, "list": 10}
MOST_TOKENS = 10_000

_uncounted: Counter[int] = Counter()
_refused: set[int] = set()
_programs: dict[str, int] = {}
"""The program of a token, by the hash of the token, as this process last saw it. Only for counting."""


def within_questions(machine: int) -> bool:
    """Whether a program may ask one more; at most one lot per process goes uncounted."""
    _uncounted[machine] += 1
    if _uncounted[machine] >= LOT or machine in _refused:
        step, _uncounted[machine] = _uncounted[machine], 0
        within = count_request(f"enforcement-{machine}", most=QUESTIONS_A_MINUTE, step=step)
        (_refused.discard if within else _refused.add)(machine)
    return machine not in _refused


def note_token(token: str, machine: int) -> None:
    """Remember whose a token is."""
    if len(_programs) >= MOST_TOKENS:
        _programs.clear()
    _programs[token] = machine


def within_questions_by_token(token: str) -> bool:
    """Whether the program of a token may ask one more; no if this process does not know whose it is."""
    machine = _programs.get(token)
    return machine is not None and within_questions(machine)


def within_requests(machine: int, what: str) -> bool:
    """Whether a program may send one more of the larger requests."""
    return count_request(f"enforcement-{what}-{machine}", most=REQUESTS_A_MINUTE[what])


def within_street_checks(officer: int) -> bool:
    """Whether an officer may ask one more. Counted by person alone: a phone shares its IP address with strangers."""
    return count_use(officer, "street_checks_a_minute")

"""Policy settings in force on a day, from the dated rows that administrators maintain.

All reads within a step or a page share one query: `casework.reference_cache`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from accounts.languages import in_language
from casework import clock
from casework.models.reference import EquatedDay, Policy
from casework.reference_cache import read_once, reading_once


class NotFilledIn(LookupError):
    """The setting has no value yet: the desk shows it as 'to be filled in'."""


@dataclass(frozen=True)
class CurrentPolicy:
    """All settings of one day, read in one query."""

    values: dict[str, Any]

    @classmethod
    def on(cls, day: date) -> "CurrentPolicy":
        """Read the settings in force on a day."""
        return read_once((cls, day), lambda: cls(Policy.current(on=day)))

    def number(self, name: str) -> int:
        """A whole number: days, weeks, a maximum."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise NotFilledIn(name)
        return value

    def switch(self, name: str) -> bool:
        """A yes or no."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise NotFilledIn(name)
        return value

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers."""
        value = self.values.get(name)
        if not isinstance(value, list):
            raise NotFilledIn(name)
        return [int(item) for item in value]

    def codes(self, name: str) -> frozenset[str]:
        """A set of codes, as rows of a reference table carry them."""
        value = self.values.get(name)
        if not isinstance(value, list):
            raise NotFilledIn(name)
        return frozenset(str(item) for item in value)

    def text(self, name: str, language: str = "nl") -> str:
        """A text such as a name or an address; in Dutch if the language has none, empty if nothing is filled in."""
        dutch, english = self.values.get(name), self.values.get(f"{name}_en")
        own = self.values.get(f"{name}_{language}")
        if isinstance(own, str) and own:
            return own
        text = dutch if isinstance(dutch, str) else ""
        return in_language(text, english if isinstance(english, str) else "", language)


def term_from_today(setting: str) -> date:
    """The last day of a term of `setting` days from today, moved past weekends and holidays."""
    today = clock.today()
    days = CurrentPolicy.on(today).number(setting)
    return EquatedDay.calendar().next_working_day(today + timedelta(days=days))


SAFE = ("GET", "HEAD")
"""Methods that change nothing."""


class PolicyMiddleware:
    """Serves a page with the settings as first read, so that they do not change halfway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            return self.get_response(request)
        with reading_once():
            return self.get_response(request)

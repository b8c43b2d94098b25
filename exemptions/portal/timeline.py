"""What happened in an application, in words for the applicant's side, without the desk's internal steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from casework.models import Event
from casework.steps import Text, find_applicant_texts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from exemptions.models import Application


@dataclass(frozen=True)
class TimelineLine:
    """One event: when, what, by whom."""

    at: datetime
    what: str
    who: str

    def __str__(self) -> str:
        return self.what


def build_timeline_lines(application: "Application", *, reader: "User") -> list[TimelineLine]:
    """Everything that the applicant's side may know, latest first. One query."""
    words = find_applicant_texts(type(application))
    return describe_events(Event.objects.of(application).filter(step__in=words), words, reader=reader)


def describe_events(
    events: "QuerySet[Event]",
    words: Mapping[str, Text],
    *,
    reader: "User",
    key: Callable[[Event], str] = lambda event: event.step,
) -> list[TimelineLine]:
    """Events in words, latest first. One query. `key`: an event's name in `words`."""
    latest_first = events.select_related("by").order_by("-at", "-pk")
    return [TimelineLine(event.at, str(words[key(event)]), name_actor(event, reader=reader)) for event in latest_first]


def find_latest_line(application: "Application", *, reader: "User") -> TimelineLine | None:
    """The latest event, to tell a user whose page is out of date."""
    return next(iter(build_timeline_lines(application, reader=reader)), None)


def name_actor(event: Event, *, reader: "User") -> str:
    """Who did it: you, somebody on your side by name, the desk, or the system."""
    if event.by is None:
        return gettext("automatic")
    if event.by == reader:
        return gettext("you")
    return gettext("the desk") if event.by.is_staff else str(event.by)

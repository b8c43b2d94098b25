"""Days that somebody puts in their own calendar: a file that every calendar reads (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

from casework import clock

CONTENT_TYPE = "text/calendar; charset=utf-8"
WARNED = timedelta(days=14)
"""So long before a day the calendar reminds of it."""


@dataclass(frozen=True)
class CalendarDay:
    """A whole day. `key` names it for good: taking the file again moves the day and does not double it."""

    key: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def write_calendar(days: Iterable[CalendarDay]) -> bytes:
    """The file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Centraal Loket//ontheffingen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in days:
        calendar.add_component(write_event(day))
    return bytes(calendar.to_ical())


def write_event(day: CalendarDay) -> Event:
    """One day, which leaves its owner free for other things, with a reminder."""
    event = Event()
    event.add("uid", f"{day.key}@loket")
    event.add("dtstamp", clock.now())
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", day.summary)
    if day.description:
        event.add("description", day.description)
    if day.url:
        event.add("url", day.url)
    event.add_component(write_alarm(day.summary))
    return event


def write_alarm(words: str) -> Alarm:
    """The reminder."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -WARNED)
    return alarm


def calendar_as_response(days: Iterable[CalendarDay], *, name: str) -> HttpResponse:
    """The file under a name that tells nothing of anybody, kept in no cache."""
    response = HttpResponse(write_calendar(days), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response

"""Days to import in one's own calendar, as a file in iCalendar format (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

from casework import clock

CONTENT_TYPE = "text/calendar; charset=utf-8"
WARNED = timedelta(days=14)
"""How long before a day the calendar shows a reminder."""


@dataclass(frozen=True)
class CalendarDay:
    """A whole day. `key` is permanent, so that importing the file again moves the day instead of duplicating it."""

    key: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def write_calendar(days: Iterable[CalendarDay]) -> bytes:
    """The bytes of the file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Centraal Loket//ontheffingen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in days:
        calendar.add_component(write_event(day))
    return bytes(calendar.to_ical())


def write_event(day: CalendarDay) -> Event:
    """An event for one day, with a reminder, that does not show its owner as busy."""
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
    """The file as a response that no cache keeps. `name` must not reveal anything about a person."""
    response = HttpResponse(write_calendar(days), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response

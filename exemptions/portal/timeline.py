"""What happened in an application, for the applicant's side: their own words, without what the desk does inside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from exemptions.models import Application

SAID: Mapping[str, str | Promise] = {
    "file": _("Application sent"),
    "receive_conversion": _("Taken over from your earlier application"),
    "take_up": _("A caseworker has started on the application"),
    "ask_completion": _("We asked you to complete the application"),
    "supply": _("Application completed"),
    "remind": _("We sent a reminder"),
    "ask_again": _("No answer came: we asked once more"),
    "let_lapse": _("The last day to complete passed without an answer"),
    "go_on_unanswered": _("No answer came: a caseworker continued"),
    "offer_hearing": _("We asked for a view on other data"),
    "give_view": _("View given"),
    "close_hearing": _("The last day to give a view passed"),
    "dispute_facts": _("Told us that the vehicle data are wrong"),
    "correct_facts": _("Vehicle data checked"),
    "grant_at_once": _("Exemption granted"),
    "grant": _("Exemption granted"),
    "approve_grant": _("Exemption granted"),
    "reject": _("Application rejected"),
    "approve_rejection": _("Application rejected"),
    "set_aside": _("Application set aside"),
    "extend": _("We need more time to decide"),
    "convert": _("Application goes on as another kind of exemption"),
    "withdraw": _("Application withdrawn"),
    "revise": _("Exemption granted after all: a new decision replaced the earlier one"),
    "annul": _("We revoked the day exemption"),
    "reopen": _("We are handling the application again"),
    "post_letters": _("We posted letters to you"),
    "receive_default_notice": _("Told us that we are late (notice of default)"),
    "set_penalty": _("We decided about the penalty for being late"),
}
"""Only these: who it is assigned to, notes, judgements and proposals are the desk's own."""


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, what, by whom."""

    at: datetime
    what: str
    who: str

    def __str__(self) -> str:
        return self.what


def lines(application: "Application", *, reader: "User") -> list[Line]:
    """Everything that the applicant's side may know, the latest first; one query."""
    events = Event.objects.of(application).filter(step__in=SAID)
    return told(events, SAID, reader=reader)


def told(
    events: "QuerySet[Event]",
    words: Mapping[str, str | Promise],
    *,
    reader: "User",
    key: Callable[[Event], str] = lambda event: event.step,
) -> list[Line]:
    """Events in words, the latest first; one query. `key` gives the name of an event among the words."""
    latest_first = events.select_related("by").order_by("-at", "-pk")
    return [Line(event.at, str(words[key(event)]), who(event, reader=reader)) for event in latest_first]


def latest(application: "Application", *, reader: "User") -> Line | None:
    """The last thing that happened, to tell somebody whose page had become old."""
    return next(iter(lines(application, reader=reader)), None)


def who(event: Event, *, reader: "User") -> str:
    """Who did it: you, somebody on your side by name, the desk, or the system."""
    if event.by is None:
        return gettext("automatic")
    if event.by == reader:
        return gettext("you")
    return gettext("the desk") if event.by.is_staff else str(event.by)

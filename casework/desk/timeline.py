"""What happened in a dossier, in words. Each case type has the words of its own steps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.deadline_words import format_day, format_moment
from casework.models import Event
from casework.steps import find_declarations
from casework.wiring import wired

if TYPE_CHECKING:
    from casework.models import Dossier

Rows = Callable[[], "QuerySet[Any]"]
PHRASES: Mapping[str, str | Promise] = {
    "ends_on": _("until %(day)s"),
    "until": _("until %(day)s"),
    "starts_on": _("from %(day)s"),
}
"""The details that are a day, in every case type."""
Codes = type[TextChoices] | Mapping[Any, str | Promise]
"""The words of a coded detail: its choices, or what yes and no mean."""


@dataclass(frozen=True)
class Wording:
    """The words of one case type: its steps and statuses, the rows that details refer to, codes, days, and words."""

    said: Mapping[str, str | Promise] = field(default_factory=dict)
    statuses: Mapping[str, str | Promise] = field(default_factory=dict)
    sorts: Mapping[str, Rows] = field(default_factory=dict)
    codes: Mapping[str, Mapping[Any, str | Promise]] = field(default_factory=dict)
    phrases: Mapping[str, str | Promise] = field(default_factory=lambda: PHRASES)
    quotes: Mapping[str, str | Promise] = field(default_factory=dict)


SILENT = Wording()
"""A case type without words shows the names of its steps."""


def build_wording(
    model: type[Model],
    *,
    sorts: Mapping[str, Rows] | None = None,
    codes: Mapping[str, Codes] | None = None,
    phrases: Mapping[str, str | Promise] | None = None,
    quotes: Mapping[str, str | Promise] | None = None,
) -> Wording:
    """The words of a type of case: those of its steps and statuses, and of the details that its events keep.

    `sorts`: name of a detail → the rows among which its key is found. `codes`: name of a
    detail → its words; a list has the words of each. `phrases`: name of a detail → what is said of that day or moment.
    `quotes`: name of a detail → what is said of the words that somebody typed.
    A key `to` (a colleague) and the days of `PHRASES` are known already.
    """
    said = {name: declared.done for name, declared in find_declarations(model).items()}
    status: Any = model._meta.get_field("status")
    statuses = dict(status.flatchoices)
    words = {name: as_words(known) for name, known in (codes or {}).items()}
    people = {"to": User.objects.all, **(sorts or {})}
    return Wording(said, statuses, people, words, {**PHRASES, **(phrases or {})}, quotes or {})


def as_words(codes: Codes) -> Mapping[Any, str | Promise]:
    """What each code means."""
    return dict(codes.choices) if isinstance(codes, type) else codes


def find_wording(case_type: str) -> Wording:
    """The words of a case type."""
    words: Mapping[str, Wording] = wired("TIMELINES")
    return words.get(case_type, SILENT)


@dataclass(frozen=True)
class TimelineLine:
    """One event: when, what, by whom, with which details, and to which status it led."""

    at: datetime
    what: str
    who: str
    details: list[str]
    status: str

    def __str__(self) -> str:
        return ", ".join([self.what, *self.details])


def build_timeline(dossier: "Dossier") -> list[TimelineLine]:
    """Every event of the dossier, the latest first: one query, and one for each model that events refer to."""
    return build_timeline_lines(dossier.events.select_related("by").order_by("-at", "-pk"))


def build_timeline_lines(events: Iterable[Event]) -> list[TimelineLine]:
    """Events in words."""
    listed = list(events)
    names = Names(listed)
    return [
        TimelineLine(
            at=event.at,
            what=str(find_wording(event.case_type).said.get(event.step, event.step)),
            who=str(event.by or gettext("the system")),
            details=names.details(event),
            status=status_reached(event),
        )
        for event in listed
    ]


def status_reached(event: Event) -> str:
    """The status to which an event led; empty if it stayed."""
    if event.from_status == event.to_status:
        return ""
    return str(find_wording(event.case_type).statuses.get(event.to_status, event.to_status))


class Names:
    """The names of what events point at by key, fetched once for all of them."""

    def __init__(self, events: Iterable[Event]) -> None:
        keys: dict[tuple[str, str], set[int]] = {}
        for event in events:
            for name in find_wording(event.case_type).sorts.keys() & event.detail.keys():
                if isinstance(key := event.detail[name], int):  # the same name may hold a code in another step
                    keys.setdefault((event.case_type, name), set()).add(key)
        self.found = {(sort, name): find_wording(sort).sorts[name]().in_bulk(pks) for (sort, name), pks in keys.items()}

    def details(self, event: Event) -> list[str]:
        """The details of one event, in words."""
        return list(filter(None, (self.detail(event.case_type, *pair) for pair in event.detail.items())))

    def detail(self, case_type: str, name: str, value: Any) -> str:
        """One detail: the name of what a key points at, the words of a code, a date in words."""
        if (case_type, name) in self.found and isinstance(value, int):
            return str(self.found[case_type, name].get(value, ""))
        if value is None:
            return ""
        words = find_wording(case_type)
        if codes := words.codes.get(name):
            return ", ".join(str(codes.get(one, one)) for one in (value if isinstance(value, list) else [value]))
        if name in words.quotes and value:
            return str(words.quotes[name]) % {"words": value}
        return (
            str(words.phrases[name]) % {"day": format_day_or_moment(value)} if name in words.phrases and value else ""
        )


def format_day_or_moment(value: str) -> str:
    """A day in words; for a moment with its hour."""
    return format_moment(datetime.fromisoformat(value)) if "T" in value else format_day(value)

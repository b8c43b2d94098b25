"""What happened in a dossier, in words. Each sort of case registers the words of its own steps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.deadline_words import day
from casework.models import Event

if TYPE_CHECKING:
    from casework.models import Dossier

Rows = Callable[[], "QuerySet[Any]"]
PHRASES: Mapping[str, Promise] = {
    "ends_on": _("until %(day)s"),
    "until": _("until %(day)s"),
    "starts_on": _("from %(day)s"),
}
"""The details that are a day, in every sort of case."""


@dataclass(frozen=True)
class Wording:
    """The words of one sort of case: its steps, its statuses, the rows that details point at, and coded details."""

    said: Mapping[str, str | Promise] = field(default_factory=dict)
    statuses: Mapping[str, str | Promise] = field(default_factory=dict)
    sorts: Mapping[str, Rows] = field(default_factory=dict)
    codes: Mapping[str, type[TextChoices]] = field(default_factory=dict)


_REGISTERED: dict[str, Wording] = {}
SILENT = Wording()
"""A sort of case that has registered nothing shows the names of its steps."""


def register(
    case_type: str,
    *,
    said: Mapping[str, str | Promise],
    statuses: type[TextChoices],
    sorts: Mapping[str, Rows] | None = None,
    codes: Mapping[str, type[TextChoices]] | None = None,
) -> None:
    """Give the words of a sort of case; called in its app's `ready()`.

    `said`: step → sentence. `sorts`: name of a detail → the rows among which its key is found. `codes`: name of a
    detail → its choices. A key `to` (a colleague) and the days of `PHRASES` are known already.
    """
    labels = {choice.value: choice.label for choice in statuses}
    _REGISTERED[case_type] = Wording(said, labels, {"to": User.objects.all, **(sorts or {})}, codes or {})


def wording(case_type: str) -> Wording:
    """The words of a sort of case."""
    return _REGISTERED.get(case_type, SILENT)


@dataclass(frozen=True)
class Line:
    """One event: when, what, by whom, with which details, and to which status it led."""

    at: datetime
    what: str
    who: str
    details: list[str]
    status: str

    def __str__(self) -> str:
        return ", ".join([self.what, *self.details])


def of(dossier: "Dossier") -> list[Line]:
    """Every event of the dossier, the latest first: one query, and one for each sort of thing that events name."""
    return lines(dossier.events.select_related("by").order_by("-at", "-pk"))


def lines(events: Iterable[Event]) -> list[Line]:
    """Events in words."""
    listed = list(events)
    names = Names(listed)
    return [
        Line(
            at=event.at,
            what=str(wording(event.case_type).said.get(event.step, event.step)),
            who=str(event.by or gettext("the system")),
            details=names.details(event),
            status=status_reached(event),
        )
        for event in listed
    ]


def status_reached(event: Event) -> str:
    """The status to which an event led; empty where it stayed."""
    if event.from_status == event.to_status:
        return ""
    return str(wording(event.case_type).statuses.get(event.to_status, event.to_status))


class Names:
    """The names of what events point at by key, fetched once for all of them."""

    def __init__(self, events: Iterable[Event]) -> None:
        keys: dict[tuple[str, str], set[int]] = {}
        for event in events:
            for name in wording(event.case_type).sorts.keys() & event.detail.keys():
                keys.setdefault((event.case_type, name), set()).add(event.detail[name])
        self.found = {(sort, name): wording(sort).sorts[name]().in_bulk(pks) for (sort, name), pks in keys.items()}

    def details(self, event: Event) -> list[str]:
        """The details of one event, in words."""
        return list(filter(None, (self.detail(event.case_type, *pair) for pair in event.detail.items())))

    def detail(self, case_type: str, name: str, value: Any) -> str:
        """One detail: the name of what a key points at, the words of a code, a date in words."""
        if (case_type, name) in self.found:
            return str(self.found[case_type, name].get(value, ""))
        if codes := wording(case_type).codes.get(name):
            return str(dict(codes.choices).get(value, value))
        return str(PHRASES[name]) % {"day": day(value)} if name in PHRASES and value else ""

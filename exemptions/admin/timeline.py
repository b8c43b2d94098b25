"""What happened in a dossier, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Event
from exemptions.deadline_words import day
from exemptions.models import EvidenceItem, Ground, Kind, Status

if TYPE_CHECKING:
    from casework.models import Dossier

SAID: Mapping[str, str | Promise] = {
    "file": _("Sent by the applicant"),
    "receive_conversion": _("Received as the follow-up of another application"),
    "take_up": _("Taken up"),
    "assign": _("Assigned"),
    "note": _("Note written"),
    "ask_completion": _("Completion asked"),
    "supply": _("Answer received"),
    "remind": _("Reminded"),
    "ask_again": _("Completion asked again"),
    "let_lapse": _("Request ended without an answer"),
    "go_on_unanswered": _("Went on without an answer"),
    "judge": _("Item judged"),
    "offer_hearing": _("View asked"),
    "give_view": _("View received"),
    "close_hearing": _("Went on without a view"),
    "dispute_facts": _("The applicant says that the vehicle data are wrong"),
    "correct_facts": _("Vehicle data corrected or confirmed"),
    "grant_at_once": _("Granted at once"),
    "grant": _("Granted"),
    "reject": _("Rejected"),
    "propose_grant": _("Grant proposed"),
    "propose_rejection": _("Rejection proposed"),
    "return_proposal": _("Proposal sent back"),
    "approve_grant": _("Granted as proposed"),
    "approve_rejection": _("Rejected as proposed"),
    "set_aside": _("Application set aside"),
    "extend": _("Term to decide extended"),
    "convert": _("Converted to another kind"),
    "withdraw": _("Withdrawn"),
}


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
            what=str(SAID.get(event.step, event.step)),
            who=str(event.by or gettext("the system")),
            details=names.details(event),
            status=str(dict(Status.choices).get(event.to_status, event.to_status))
            if event.from_status != event.to_status
            else "",
        )
        for event in listed
    ]


class Names:
    """The names of what events point at by key, fetched once for all of them."""

    SORTS: Mapping[str, type[Model]] = {"ground": Ground, "item": EvidenceItem, "to": User, "kind": Kind}

    def __init__(self, events: Iterable[Event]) -> None:
        keys: dict[str, set[int]] = {name: set() for name in self.SORTS}
        for event in events:
            for name in self.SORTS.keys() & event.detail.keys():
                keys[name].add(event.detail[name])
        self.found: dict[str, dict[Any, Any]] = {name: self.fetch(name, pks) for name, pks in keys.items()}

    def fetch(self, name: str, pks: set[int]) -> dict[Any, Any]:
        """The rows of one sort."""
        rows: QuerySet[Any] = self.SORTS[name]._default_manager.all()
        return (rows.select_related("requirement") if name == "item" else rows).in_bulk(pks)

    def details(self, event: Event) -> list[str]:
        """The details of one event, in words."""
        return list(filter(None, (self.detail(name, value) for name, value in event.detail.items())))

    def detail(self, name: str, value: Any) -> str:
        """One detail: the name of what a key points at, a date in words, a judgement."""
        if name in self.SORTS:
            return str(self.found[name].get(value, ""))
        if name == "verdict":
            return str(dict(EvidenceItem.Verdict.choices).get(value, value))
        phrase = {"ends_on": _("until %(day)s"), "until": _("until %(day)s"), "starts_on": _("from %(day)s")}.get(name)
        return str(phrase) % {"day": day(value)} if phrase and value else ""

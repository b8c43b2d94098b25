"""What is behind a figure: the cases that one of its rows counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from casework.models import Event
from exemptions.models import Application
from objections.steps.statuses import OBJECTION
from reporting.figures import FIGURES, Figure, Row
from reporting.period import Period

if TYPE_CHECKING:
    from accounts.models import User

PERMISSION = "exemptions.view_application"


class NoSuchRow(LookupError):
    """There is no such figure, or it has no such row in this period."""


@dataclass(frozen=True)
class Drilldown:
    """A row of a figure, with the one event per case that makes the case count."""

    figure: Figure
    row: Row
    events: "QuerySet[Event]"

    def seen_by(self, user: "User") -> "QuerySet[Event]":
        """The events of cases that the user may see at the desk, latest first."""
        seen = Application.objects.at_desk_of(user)
        return self.events.filter(dossier__application__in=seen).order_by("-at", "-pk")


@dataclass(frozen=True)
class CaseLine:
    """A case in the list."""

    application: Application
    counted_at: datetime
    address: str


def find_row(figure: str, key: str, period: Period) -> Drilldown:
    """The row and its cases; raises NoSuchRow."""
    found = FIGURES.get(figure)
    if found is None or found.cases is None:
        raise NoSuchRow
    rows = {one.key: one for one in found.compute(period)}
    if key not in rows:
        raise NoSuchRow
    return Drilldown(found, rows[key], found.cases(period, key))


def with_case(events: "QuerySet[Event]") -> "QuerySet[Event]":
    """The events joined to what a line of the list shows, in one query."""
    return events.select_related("dossier__application__kind", "dossier__application__municipality")


def build_case_line(event: Event, *, user: "User") -> CaseLine:
    """A case as the list shows it; an objection links to its own page for those who may see it."""
    application: Application = event.dossier.application
    if event.case_type == OBJECTION and user.has_perm("objections.view_objection"):
        return CaseLine(application, event.at, reverse("admin:objections_objection_change", args=[event.case_id]))
    return CaseLine(application, event.at, reverse("admin:exemptions_application_change", args=[application.pk]))


def build_drilldown_url(figure: str, key: str, *, query: str, user: "User") -> str:
    """The URL of what is behind a row; empty if there is nothing to show, or the user may not see it."""
    known = FIGURES[figure]
    if known.source:
        return known.source.address(key) if user.has_perm(known.source.permission) else ""
    if known.cases is None or not user.has_perm(PERMISSION):
        return ""
    return f"{reverse('statistics_cases', args=[figure])}?{urlencode({'key': key})}&{query}"

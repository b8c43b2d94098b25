"""Every row, read once; nothing is counted in the database."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from casework.models import Deadline, DefaultNotice, Event, Policy
from exemptions.models import Application, Decision, FactsRecord, Ground, KindVersion
from exemptions.models.exemption import DayUse
from objections.models import Appeal
from renewals.models import Renewal, RenewalItem
from reporting.models import BranchSignal, MailTopic, MonthlyReturn, ReturnVersion, SiteMonth, SiteMonthVersion
from zones.models import Municipality, Zone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Line = dict[str, Any]


def day_of(moment: datetime) -> date:
    """The day in Amsterdam."""
    return moment.astimezone(AMSTERDAM).date()


class World:
    """The tables as lists of plain rows, in the order of time where time matters."""

    def __init__(self) -> None:
        self.kinds, self.places, self.grounds = by_id(KindVersion), by_id(Municipality), by_id(Ground)
        self.applications, self.appeals = by_id(Application), by_id(Appeal)
        self.of_dossier = {one["dossier_id"]: one for one in self.applications.values()}
        self.events = in_time(map(seen, rows(Event)), "at")
        self.decisions = grouped(in_time(rows(Decision), "taken_at"), "application_id")
        self.terms = grouped(in_time(rows(Deadline), "opened_at"), "case_type", "case_id")
        self.notices = rows(DefaultNotice)
        self.changes = {run.pk: changed(run) for run in Renewal.objects.select_related("kind", "thresholds")}
        self.run_of = {one["new_decision_id"]: one["run_id"] for one in rows(RenewalItem)}
        self.classes = dict(FactsRecord.objects.values_list("pk", "facts__category"))
        self.day_uses = {use.exemption.application_id: use for use in DayUse.objects.select_related("exemption")}
        policies = in_time(rows(Policy), "valid_from")
        self.maxima = [(one["valid_from"], one["value"]) for one in policies if one["name"] == "day_exemption_max"]
        self.zones = rows(Zone)
        self.returns, self.site_months = by_id(MonthlyReturn), by_id(SiteMonth)
        self.return_versions = in_time(rows(ReturnVersion), "number")
        self.site_versions = in_time(rows(SiteMonthVersion), "number")
        self.topics = grouped(rows(MailTopic), "version_id")
        self.signals = rows(BranchSignal)


def rows(model: Any) -> list[Line]:
    """The whole table."""
    return list(model.objects.values())


def by_id(model: Any) -> dict[int, Line]:
    """The rows of a table by their key."""
    return {one["id"]: one for one in rows(model)}


def in_time(rows: Iterable[Line], moment: str) -> list[Line]:
    """Oldest first."""
    return sorted(rows, key=lambda one: (one[moment], one["id"]))


def grouped(rows: Iterable[Line], *names: str) -> dict[Any, list[Line]]:
    """The rows that are about the same, in their order."""
    groups = defaultdict(list)
    for one in rows:
        groups[one[names[0]] if len(names) == 1 else tuple(one[name] for name in names)].append(one)
    return groups


def seen(event: Line) -> Line:
    """An event with its day, and whether it moved the case."""
    return {**event, "day": day_of(event["at"]), "moved": event["from_status"] != event["to_status"]}


def changed(run: Renewal) -> str:
    """What a run of deciding again was about."""
    if run.kind:
        return f"kind:{run.kind.code}:{run.kind.valid_from}"
    return f"thresholds:{run.thresholds.valid_from}" if run.thresholds else f"access_rule:{run.holds_from}"

"""Queries over events for the figures, joined only to what never changes about a case.

Nothing here reads today's status, or any other column that a step or a person may change later.
"""

from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate

from casework.models import Event
from exemptions.models import Application, KindVersion
from exemptions.terms import AMSTERDAM
from objections.models import Appeal, Objection, ObjectionStatus
from reporting.period import Period

SCOPE = "dossier__application__filed_as__scope"
APPLICATION = "dossier__application__"
KIND = "dossier__application__filed_as__kind"
UPHELD = (ObjectionStatus.UPHELD, ObjectionStatus.UPHELD_IN_PART)

CAME_IN_ON = Coalesce(Cast(KT("detail__received_on"), DateField()), TruncDate("at", tzinfo=AMSTERDAM))
"""The day of receipt, for an event with which an application came in."""


def find_steps_taken(step: str, *, period: Period) -> "QuerySet[Event]":
    """The events of one step on applications, taken in the period, as known at `as_of`."""
    within = Event.objects.filter(at__gte=period.starts_at, at__lt=period.ends_at)
    of_step = within.filter(case_type=Application.CASE_TYPE, step=step)
    return of_step.filter(period.only.of_applications(APPLICATION)).order_by()


def find_filed(*, period: Period) -> "QuerySet[Event]":
    """Applications received in the period: sent through the portal, or registered by a colleague as received then.

    A conversion files nothing again, so a converted application counts once.
    """
    sent = Q(step="file", at__gte=period.starts_at, at__lt=period.ends_at)
    within = (period.first.isoformat(), period.last.isoformat())
    registered = Q(step="register", day__range=within, at__lt=period.seen_until)
    events = Event.objects.filter(case_type=Application.CASE_TYPE).alias(day=KT("detail__received_on"))
    return events.filter(sent | registered, period.only.of_applications(APPLICATION)).order_by()


def filed_long_term(*, period: Period) -> "QuerySet[Event]":
    """The applications received that a person decides: all but the day exemptions."""
    return find_filed(period=period).exclude(**{SCOPE: KindVersion.Scope.DAY})


def granted_days(*, period: Period) -> "QuerySet[Event]":
    """Day exemptions granted; each is granted at the moment it is requested."""
    return find_steps_taken("grant_at_once", period=period)


def find_received_objections(*, period: Period) -> "QuerySet[Event]":
    """Objections received in the period, by the day of receipt that the event records, as known at `as_of`."""
    came_in = Event.objects.filter(case_type=Objection.CASE_TYPE, step__in=("file", "register"))
    return on_a_day("received_on", came_in, period=period)


def went_to_court(*, period: Period) -> "QuerySet[Event]":
    """Appeals filed with a court in the period, by the day of filing that the event records, as known at `as_of`."""
    lodged = Event.objects.filter(case_type=Appeal.CASE_TYPE, step="lodge")
    return on_a_day("filed_on", lodged, period=period)


def find_upheld(*, period: Period) -> "QuerySet[Event]":
    """Decisions in the period that upheld an objection, wholly or in part, as known at `as_of`."""
    within = Event.objects.filter(at__gte=period.starts_at, at__lt=period.ends_at, case_type=Objection.CASE_TYPE)
    upheld = within.filter(to_status__in=UPHELD).exclude(from_status__in=UPHELD)
    return upheld.filter(period.only.of_applications(APPLICATION)).order_by()


def status_then(*, period: Period) -> Subquery:
    """The status of an event's case at the end of `as_of`: that after the last step that moved it."""
    past = Event.objects.filter(case_type=OuterRef("case_type"), case_id=OuterRef("case_id"), at__lt=period.seen_until)
    moved = past.exclude(from_status=F("to_status")).order_by("-at", "-pk")
    return Subquery(moved.values("to_status")[:1])


def was_taken_to_court(*, period: Period) -> Exists:
    """Whether an appeal about the objection of an event had been lodged by the end of `as_of`."""
    lodged = Event.objects.filter(case_type=Appeal.CASE_TYPE, step="lodge", at__lt=period.seen_until)
    about = lodged.annotate(objection=Cast(KT("detail__objection_id"), BigIntegerField()))
    return Exists(about.filter(objection=OuterRef("case_id")))


def on_a_day(name: str, events: "QuerySet[Event]", *, period: Period) -> "QuerySet[Event]":
    """Events known by the end of `as_of` whose detail `name` is a day of the period; ISO days sort as text."""
    known = events.filter(period.only.of_applications(APPLICATION), at__lt=period.seen_until)
    known = known.annotate(day=KT(f"detail__{name}")).order_by()
    return known.filter(day__gte=period.first.isoformat(), day__lte=period.last.isoformat())

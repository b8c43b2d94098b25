"""What the figures read: the events, joined to the case that they are about. Nothing here looks at today's status."""

from django.db.models import QuerySet

from casework.models import Event
from exemptions.models import Application, Kind
from reporting.period import Period

SCOPE = "dossier__application__kind__scope"
KIND = "dossier__application__kind__code"
VEHICLE = "dossier__application__vehicle_class"


def taken(step: str, *, period: Period) -> "QuerySet[Event]":
    """The times that a step was taken on an application in the period, as far as was known."""
    within = Event.objects.filter(at__gte=period.starts_at, at__lt=period.ends_at)
    return within.filter(case_type=Application.CASE_TYPE, step=step).order_by()


def filed(*, period: Period) -> "QuerySet[Event]":
    """Applications received. A case that came in by conversion was not filed again, so it counts once."""
    return taken("file", period=period)


def filed_long_term(*, period: Period) -> "QuerySet[Event]":
    """Those that a person decides: all but the day exemptions."""
    return filed(period=period).exclude(**{SCOPE: Kind.Scope.DAY})


def granted_days(*, period: Period) -> "QuerySet[Event]":
    """Day exemptions granted; each is granted in the moment in which it is asked."""
    return taken("grant_at_once", period=period)

"""Several applications for the same exemption for the same vehicle.

One applicant has only one such application open at a time. Duplicates by other applicants are visible to the desk, but
not to the applicants.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from exemptions.models.exemption import Exemption
from exemptions.models.kind import KindVersion
from exemptions.steps.statuses import OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models import Application
    from exemptions.models.application_query import ApplicationQuerySet
    from exemptions.models.exemption import ExemptionQuerySet
    from zones.models import Municipality


def find_own_duplicate(application: "Application") -> "Application | None":
    """Another open application of the same applicant for the same plate, kind and municipality.

    An application by somebody else for the plate blocks nothing: anybody can type any plate.
    """
    if not application.plate or application.kind is None or application.applicant_id is None:
        return None
    same_place = Q(municipality=application.municipality) if application.kind.is_municipal else Q()
    return (
        type(application)
        .objects.filter(same_place, status__in=OPEN, kind__kind=application.kind.code)
        .filter(applicant=application.applicant_id, plate=application.plate, country=application.country)
        .exclude(pk=application.pk)
        .exclude(kind__scope=KindVersion.Scope.DAY)
        .select_related("dossier")
        .first()
    )


def has_own_duplicate(application: "Application", *, kind: KindVersion, municipality: "Municipality | None") -> bool:
    """Whether the converted application would be the applicant's second open one for its plate, kind and place."""
    place = municipality if kind.is_municipal else None
    same = type(application).objects.filter(status__in=OPEN, kind__kind=kind.code, municipality=place)
    same = same.filter(applicant=application.applicant_id, plate=application.plate, country=application.country)
    return bool(application.plate) and same.exclude(pk=application.pk).exists()


def find_open_duplicates(application: "Application", *, user: "User") -> "ApplicationQuerySet":
    """Open applications of others for the same vehicle, kind and place that the user may see."""
    seen: ApplicationQuerySet = type(application).objects.at_desk_of(user)
    return filter_same_wish(seen.open(), application).exclude(applicant=application.applicant_id)


def filter_same_wish(applications: "ApplicationQuerySet", application: "Application") -> "ApplicationQuerySet":
    """Applications for the same vehicle, kind and place."""
    if not application.plate or application.chosen_kind.is_day:
        return applications.none()
    place = Q(municipality=application.municipality_id) if application.chosen_kind.is_municipal else Q()
    return applications.filter(
        place, plate=application.plate, country=application.country, kind__kind=application.chosen_kind.code
    ).exclude(pk=application.pk)


def find_granted_duplicates(application: "Application", *, user: "User") -> "ExemptionQuerySet":
    """Exemptions of that kind that the vehicle has on the requested days, whoever holds them.

    The one to be extended is left out: it ends before.
    """
    holders = filter_same_wish(type(application).objects.at_desk_of(user), application)
    held = Exemption.objects.filter(application__in=holders)
    if application.renews_id:
        held = held.exclude(pk=application.renews_id)
    running = held.running(on=application.wanted_from or application.received_on)
    if application.wanted_until:
        running = running.filter(starts_at__date__lte=application.wanted_until)
    return running.select_related("application__dossier", "application__applicant", "decision")

"""The same exemption for the same vehicle, asked by another applicant: only the desk sees it, the applicants do not."""

from typing import TYPE_CHECKING

from django.db.models import Q

from exemptions.models import Application, Exemption
from exemptions.models.application import ApplicationQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.exemption import ExemptionQuerySet


def open_now(application: Application, *, user: "User") -> ApplicationQuerySet:
    """Open applications of others for the same vehicle, kind and place, as far as the user may see them."""
    seen: ApplicationQuerySet = Application.objects.at_desk_of(user)
    return same_wish(seen.open(), application).exclude(applicant=application.applicant_id)


def same_wish(applications: ApplicationQuerySet, application: Application) -> ApplicationQuerySet:
    """Those for the same vehicle, kind and place."""
    if not application.plate or application.chosen_kind.is_day:
        return applications.none()
    place = Q(municipality=application.municipality_id) if application.chosen_kind.is_municipal else Q()
    return applications.filter(
        place, plate=application.plate, country=application.country, kind__kind=application.chosen_kind.code
    ).exclude(pk=application.pk)


def granted_now(application: Application, *, user: "User") -> "ExemptionQuerySet":
    """Exemptions of that kind that the vehicle has on the requested days, whoever holds them.

    Not the one to be extended: it ends before.
    """
    holders = same_wish(Application.objects.at_desk_of(user), application)
    held = Exemption.objects.filter(application__in=holders)
    if application.renews_id:
        held = held.exclude(pk=application.renews_id)
    running = held.running(on=application.wanted_from or application.received_on)
    if application.wanted_until:
        running = running.filter(starts_at__date__lte=application.wanted_until)
    return running.select_related("application__dossier", "application__applicant", "decision")

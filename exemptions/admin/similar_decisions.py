"""What was decided lately in cases like this one: so that like cases are decided alike."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.desk.related_panels import Part
from exemptions.models import Application, Decision, Ground

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

SHOWN = 10


def build_similar_panel(application: Application, user: "User") -> Part | None:
    """Beside an application that is still to be decided; None where nothing like it was decided."""
    if application.has_ended:
        return None
    proposal = application.waiting_proposal
    ground = proposal.ground if proposal else None
    decisions = list(find_similar_decisions(application, ground=ground, user=user))
    if not decisions:
        return None
    context = {"decisions": decisions, "ground": ground}
    return Part("similar", _("Decisions like this one"), "desk/similar_decisions.html", context)


def find_similar_decisions(
    application: Application, *, ground: Ground | None, user: "User"
) -> "QuerySet[Decision, Decision]":
    """The latest of the same kind and class of vehicle, on this ground if there is one, that the user may see.

    Without a ground they are asked by those that fit the kind, for by a ground decisions are found at once.
    """
    kind = application.chosen_kind.kind_id
    alike = Application.objects.at_desk_of(user).filter(kind__kind=kind, vehicle_class=application.vehicle_class)
    grounds = Ground.objects.filter(pk=ground.pk) if ground else Ground.objects.for_kind(str(kind)).order_by()
    found = Decision.objects.standing().filter(ground__in=grounds, application__in=alike)
    latest = found.exclude(application=application).order_by("-taken_at", "-pk")
    return latest.select_related("application__dossier", "ground")[:SHOWN]

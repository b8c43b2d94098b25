"""Recent decisions in cases like this one, so that like cases are decided alike."""

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from casework.desk.related_panels import Part
from exemptions.models import Application, Decision, FactsRecord, Ground

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

SHOWN = 10
LOOKED_AT = 200
"""Decisions on the same make and model come first among this many of the latest, not among all."""


def build_similar_panel(application: Application, user: "User") -> Part | None:
    """The panel for an undecided application; None if there are no similar decisions."""
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
    """Recent decisions for the same kind and class of vehicle, on this ground if given, that the user may see.

    Those for the same make and model come first, with `same_model`. Without a ground, the grounds that fit the kind are
    used, because decisions are indexed by ground.
    """
    kind = application.chosen_kind.kind_id
    alike = Application.objects.at_desk_of(user).filter(kind__kind=kind, vehicle_class=application.vehicle_class)
    grounds = Ground.objects.filter(pk=ground.pk) if ground else Ground.objects.for_kind(str(kind)).order_by()
    found = Decision.objects.standing().filter(ground__in=grounds, application__in=alike)
    latest = found.exclude(application=application).order_by("-taken_at", "-pk")[:LOOKED_AT]
    marked = Decision.objects.filter(pk__in=latest.values("pk")).annotate(same_model=is_of_same_model(application))
    ordered = marked.order_by("-same_model", "-taken_at", "-pk")
    return ordered.select_related("application__dossier", "ground")[:SHOWN]


def is_of_same_model(application: Application) -> "IsNull | Value":
    """Whether the vehicle of a decision is of this make and model; false if we do not know ours.

    This avoids `Exists`, with which the database may first scan the facts of all cases.
    """
    known = application.current_facts.vehicle if application.current_facts else None
    if known is None or not (known.make and known.model):
        return Value(value=False)
    same = Q(facts__make=known.make, facts__model=known.model)
    first = FactsRecord.objects.filter(same, application=OuterRef("application")).order_by().values("pk")[:1]
    return IsNull(Subquery(first), False)

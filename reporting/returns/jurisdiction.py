"""For which municipalities a user hands in, and who hands in for a municipality."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from reporting.deliveries.access import match_permission
from zones.models import Municipality, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable

DELIVER = "reporting.deliver_return"
EVERY = "reporting.view_every_return"


def with_zone() -> QuerySet[Municipality]:
    """Every municipality that has or had a zone."""
    return Municipality.objects.filter(Exists(Zone.objects.filter(municipality=OuterRef("pk")))).order_by("name")


def find_own_municipalities(user: User) -> QuerySet[Municipality]:
    """The user's own municipalities, or all for those with access to every return; none without the permission."""
    if not user.has_perm(DELIVER):
        return Municipality.objects.none()
    return with_zone() if user.has_perm(EVERY) else with_zone().filter(staff=user)


def find_reporters(municipalities: "Iterable[Municipality]") -> QuerySet[User]:
    """Those who hand in for these municipalities; not those with access to every return, who are not reminded."""
    may = match_permission(DELIVER)
    every = match_permission(EVERY)
    return User.objects.filter(may, is_active=True, municipalities__in=municipalities).exclude(every).distinct()


def may_deliver(user: User, municipality: Municipality) -> bool:
    """Whether a user may hand in about a municipality: one of their own, or any with access to every return."""
    if not user.has_perm(DELIVER):
        return False
    return user.has_perm(EVERY) or user.municipalities.contains(municipality)

"""The worklists of applications, and what a search found of them, as files."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.desk.penalties import amounts_of
from casework.exports import listing
from casework.exports.listing import Listing, Search
from casework.exports.worklists import listing_of
from exemptions.models import Applicant, Application
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.search import search
from exemptions.worklists import APPLICATIONS
from zones.plates import written

if TYPE_CHECKING:
    from accounts.models import User

COLUMNS = (
    _("Number"),
    _("Applicant"),
    _("Kind"),
    _("Municipality"),
    _("Plate"),
    _("Status"),
    _("Received"),
    _("Decide by"),
    _("To set aside until"),
    _("Penalty until today in euros"),
    _("Assigned to"),
)
LISTING = listing_of(
    APPLICATIONS,
    name="application",
    title=_("Applications"),
    default="open",
    columns=COLUMNS,
    filled=lambda rows: rows.for_list(),
    lines=lambda applications: lines(applications),
)


def lines(applications: Sequence[Application]) -> Iterator[list[object]]:
    """A line for each; what has ended is due no more. The amounts of all of them are one query."""
    amounts = amounts_of(Application.CASE_TYPE, (one.pk for one in applications))
    for one in applications:
        yield [
            one,
            one.applicant,
            one.kind,
            one.municipality,
            written(one.plate, country=one.country) if one.plate else None,
            one.stands_as,
            timezone.localdate(one.received_at) if one.received_at else None,
            None if one.has_ended else one.decide_by,
            getattr(one, "set_aside_by", None),
            amounts.get(one.pk),
            one.assigned_to,
        ]


def found(user: "User", filters: QueryDict) -> ApplicationQuerySet:
    """What a search finds; all of it, where the page shows only the first ones."""
    if not user.has_perm("exemptions.view_application"):
        raise Http404("no cases for this role")
    rows: ApplicationQuerySet = search(listing.searched(filters), user=user).for_list()
    return rows


FOUND = Listing(
    name="found",
    title=_("Found applications"),
    columns=COLUMNS,
    rows=found,
    lines=lines,
    page=lambda _filters: reverse("admin:index"),
    search=Search.MUST,
)


def mandates_of(user: "User") -> list[str]:
    """Those for whom somebody may act."""
    return [f"mandate {key}" for key in Applicant.objects.of(user).values_list("pk", flat=True)]


def places_of(user: "User") -> list[str]:
    """The municipalities of which somebody sees the local cases."""
    return [f"municipality {code}" for code in user.municipalities.values_list("cbs_code", flat=True)]

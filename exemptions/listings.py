"""The worklists of applications as files."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.desk.penalties import amounts_of
from casework.exports import listing, rights
from casework.exports.worklists import listing_of
from exemptions.models import Application
from exemptions.worklists import APPLICATIONS
from zones.plates import written

if TYPE_CHECKING:
    from accounts.models import User

LISTING = listing_of(
    APPLICATIONS,
    name="application",
    title=_("Applications"),
    default="open",
    columns=(
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
    ),
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
            one.get_status_display(),
            timezone.localdate(one.received_at) if one.received_at else None,
            None if one.has_ended else one.decide_by,
            getattr(one, "set_aside_by", None),
            amounts.get(one.pk),
            one.assigned_to,
        ]


def places_of(user: "User") -> list[str]:
    """The municipalities of which somebody sees the local cases."""
    return [f"municipality {code}" for code in user.municipalities.values_list("cbs_code", flat=True)]


def register() -> None:
    """Let the desk export them; what one sees depends on one's municipalities, here and in every app above."""
    listing.register(LISTING)
    rights.count_too(places_of)

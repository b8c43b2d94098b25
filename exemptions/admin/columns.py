"""What the lists of applications say of each, on the page and in a file."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import columns
from casework.desk.columns import Column
from exemptions.models import Application
from zones.plates import written


def plate(one: Application) -> str | None:
    """With its dashes."""
    return written(one.plate, country=one.country) if one.plate else None


def status(row: Any) -> SafeString:
    """Where it stands, what a colleague proposed, and what is about to go out."""
    return columns.joined(row.stands_as, proposed(row.proposal), columns.going_out(row.goes_out))


def proposed(proposal: Any) -> SafeString | str:
    """What waits for a second pair of eyes, and whether its maker had doubts."""
    if proposal is None:
        return ""
    said = gettext("proposed by %(who)s: %(outcome)s, %(ground)s") % {
        "who": proposal.made_by,
        "outcome": proposal.get_outcome_display(),
        "ground": proposal.ground,
    }
    doubts = columns.badge(gettext("with doubts"), "late") if proposal.doubts else ""
    return columns.joined(format_html('<br><span class="desk-quiet">{}</span>', said), doubts)


def decide_by(one: Application) -> Any:
    """What has ended is due no more."""
    return None if one.has_ended else one.decide_by


def set_aside_by(one: Application) -> Any:
    """Known on the worklist of those to set aside."""
    return getattr(one, "set_aside_by", None)


DECIDE_BY = Column(
    "decide_by",
    _("Decide by"),
    decide_by,
    cell=lambda row: columns.due(decide_by(row), row.penalty),
    ordering="decide_by",
)
SET_ASIDE_BY = Column(
    "set_aside_by",
    _("To set aside until"),
    set_aside_by,
    cell=lambda row: columns.due(set_aside_by(row), row.penalty),
    ordering="set_aside_by",
)
"""On its page in place of the last day to decide."""
COLUMNS = (
    Column("number", _("Number"), str, ordering="dossier__number"),
    Column("applicant", _("Applicant"), lambda one: one.applicant, ordering="applicant__name"),
    Column("kind", _("Kind"), lambda one: one.kind, ordering="kind__code"),
    Column("municipality", _("Municipality"), lambda one: one.municipality, ordering="municipality__name"),
    Column("plate", _("Plate"), plate, cell=lambda one: columns.unbroken(plate(one)), ordering="plate"),
    Column("status", _("Status"), lambda one: one.stands_as, cell=status),
    Column(
        "received",
        _("Received"),
        lambda one: timezone.localdate(one.received_at) if one.received_at else None,
        ordering="received_at",
    ),
    DECIDE_BY,
    SET_ASIDE_BY,
    Column("penalty", _("Penalty until today in euros"), lambda row: row.penalty, on_page=False),
    Column("assigned_to", _("Assigned to"), lambda one: one.assigned_to, ordering="assigned_to__name"),
)

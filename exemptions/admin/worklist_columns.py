"""The columns of the lists of applications, on the page and in a file."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk import column_kit
from casework.desk.column_kit import Column
from casework.desk.snoozes import SNOOZED_UNTIL
from exemptions.models import Application
from zones.plates import spell_plate


def format_plate(one: Application) -> str | None:
    """The plate with dashes."""
    return spell_plate(one.plate, country=one.country) if one.plate else None


def status_cell(row: Any) -> SafeString:
    """The status, a colleague's proposal, and what is about to go out."""
    return column_kit.join_parts(row.stands_as, proposal_cell(row.proposal), column_kit.departure_cell(row.goes_out))


def proposal_cell(proposal: Any) -> SafeString | str:
    """The proposal that waits for a second pair of eyes, and whether its maker had doubts."""
    if proposal is None:
        return ""
    said = gettext("proposed by %(who)s: %(outcome)s, %(ground)s") % {
        "who": proposal.made_by,
        "outcome": proposal.get_outcome_display(),
        "ground": proposal.ground,
    }
    doubts = column_kit.make_badge(gettext("with doubts"), "late") if proposal.doubts else ""
    return column_kit.join_parts(format_html('<br><span class="desk-quiet">{}</span>', said), doubts)


def last_day_of(one: Application) -> Any:
    """The last day to decide; None for an application that has ended."""
    return None if one.has_ended else one.decide_by


def set_aside_day_of(one: Application) -> Any:
    """Only known on the worklist of applications to set aside."""
    return getattr(one, "set_aside_by", None)


DECIDE_BY = Column(
    "decide_by",
    _("Decide by"),
    last_day_of,
    cell=lambda row: column_kit.due_cell(last_day_of(row), row.penalty),
    ordering="decide_by",
    indexed=True,
)
SET_ASIDE_BY = Column(
    "set_aside_by",
    _("To set aside until"),
    set_aside_day_of,
    cell=lambda row: column_kit.due_cell(set_aside_day_of(row), row.penalty),
    ordering="set_aside_by",
    instead_of="decide_by",
)
REGISTER_SAYS = Column(
    "register_says",
    _("The register says now"),
    lambda row: "; ".join(getattr(row, "register_says", None) or ()),
    ordering="differs_since",
    instead_of="decide_by",
)
CHECK_BY = Column(
    "check_by",
    _("Check by"),
    lambda row: getattr(row, "check_by", None),
    cell=lambda row: column_kit.due_cell(getattr(row, "check_by", None)),
    ordering="granted_at",
    instead_of="decide_by",
)
ANSWER_BY = replace(
    column_kit.ANSWER_BY, cell=lambda row: column_kit.due_cell(getattr(row, "answer_by", None), row.penalty)
)
LAST_DAYS = {
    "day-unverified": CHECK_BY,
    "day-check-late": CHECK_BY,
    "to-set-aside": SET_ASIDE_BY,
    "messages": ANSWER_BY,
    "change-asked": ANSWER_BY,
    "change-overdue": ANSWER_BY,
    "to-post": column_kit.EFFECT_UNTIL,
    "register-changed": REGISTER_SAYS,
    "snoozed": SNOOZED_UNTIL,
}
"""By worklist: the date column that matters there, instead of the last day to decide."""
COLUMNS = (
    Column("number", _("Number"), str, ordering="dossier__number", indexed=True),
    Column("applicant", _("Applicant"), lambda one: one.applicant, ordering="applicant__name"),
    Column("kind", _("Kind"), lambda one: one.kind, ordering="kind__kind_id"),
    Column("municipality", _("Municipality"), lambda one: one.municipality, ordering="municipality__name"),
    Column(
        "plate",
        _("Plate"),
        format_plate,
        cell=lambda one: column_kit.keep_together(format_plate(one)),
        ordering="plate",
        indexed=True,
    ),
    Column("status", _("Status"), lambda one: one.stands_as, cell=status_cell),
    Column(
        "received",
        _("Received"),
        lambda one: timezone.localdate(one.received_at) if one.received_at else None,
        ordering="received_at",
        indexed=True,
    ),
    DECIDE_BY,
    SET_ASIDE_BY,
    ANSWER_BY,
    column_kit.EFFECT_UNTIL,
    SNOOZED_UNTIL,
    REGISTER_SAYS,
    CHECK_BY,
    Column("penalty", _("Penalty until today in euros"), lambda row: row.penalty, on_page=False),
    Column("channel", _("Came in by"), lambda one: one.get_channel_display(), on_page=False),
    Column("language", _("Language of letters"), lambda one: one.get_language_display(), on_page=False),
    Column("wanted_from", _("Wanted from"), lambda one: one.wanted_from, on_page=False),
    Column("assigned_to", _("Assigned to"), lambda one: one.assigned_to, ordering="assigned_to__name"),
)

"""The columns of the list of complaints, on the page and in exports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.desk import column_kit
from casework.desk.column_kit import Column
from casework.desk.snoozes import SNOOZED_UNTIL
from complaints.models import Complaint


def last_day_of(one: Complaint) -> Any:
    """The last day to announce the outcome; None once the complaint has ended."""
    return None if one.has_ended else one.decide_by


OF_COMPLAINTS = (
    Column("number", _("Number"), str, ordering="dossier__number"),
    Column("complainant", _("Complainant"), lambda one: one.name, ordering="name"),
    Column("about_whom", _("About"), lambda one: one.person or one.about_whom),
    Column("application", _("Application"), lambda one: one.application),
    Column("channel", _("Came in by"), lambda one: one.get_channel_display(), on_page=False),
    Column(
        "status",
        _("Status"),
        lambda one: one.get_status_display(),
        cell=lambda row: column_kit.join_parts(row.get_status_display(), column_kit.departure_cell(row.goes_out)),
    ),
    Column("outcome", _("Judgment of the complaint"), lambda one: one.get_outcome_display(), on_page=False),
    Column("received", _("Received"), lambda one: one.received_on, ordering="received_on"),
    Column(
        "decide_by",
        _("Outcome by"),
        last_day_of,
        cell=lambda row: column_kit.due_cell(last_day_of(row)),
        ordering="decide_by",
    ),
    column_kit.ANSWER_BY,
    column_kit.EFFECT_UNTIL,
    SNOOZED_UNTIL,
    Column("assigned_to", _("Assigned to"), lambda one: one.assigned_to, ordering="assigned_to__name"),
)

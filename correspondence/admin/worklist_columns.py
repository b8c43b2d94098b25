"""The columns of the list of submissions, on the page and in a file."""

from django.utils.translation import gettext_lazy as _

from casework.desk import column_kit
from casework.desk.column_kit import Column

OF_SUBMISSIONS = (
    Column("number", _("Number"), str, ordering="dossier__number"),
    Column("sender", _("Sender"), lambda one: one.name, ordering="name"),
    Column("about", _("What it is about"), lambda one: one.about),
    Column("channel", _("Came in by"), lambda one: one.get_channel_display()),
    Column(
        "status",
        _("Status"),
        lambda one: one.get_status_display(),
        cell=lambda row: column_kit.join_parts(row.get_status_display(), column_kit.departure_cell(row.goes_out)),
    ),
    Column("received", _("Received"), lambda one: one.received_on, ordering="received_on"),
    Column("forwarded_to", _("Forwarded to"), lambda one: one.forwarded_to),
)

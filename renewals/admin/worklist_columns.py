"""The columns of the list of runs, on the page and in a file."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.desk import column_kit
from casework.desk.column_kit import Column

COLUMNS = (
    Column("number", _("Number"), lambda run: run.dossier, on_page=False),
    Column("change", _("What changed"), str),
    Column("status", _("Status"), lambda run: run.get_status_display(), ordering="status"),
    Column("listed", _("List made"), lambda run: timezone.localdate(run.listed_at), ordering="listed_at"),
    Column("cases", _("Cases"), lambda run: run.cases, title_in_file=_("Number of cases")),
    Column(
        "left",
        _("To be decided by hand"),
        lambda run: run.left,
        cell=lambda run: column_kit.make_badge(run.left, "soon"),
    ),
    Column("reviewed_by", _("Reviewed by"), lambda run: run.proposed_by),
    Column("approved_by", _("Approved by"), lambda run: run.approved_by),
)

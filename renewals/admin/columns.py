"""What the list of runs says of each, on the page and in a file."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.desk import columns
from casework.desk.columns import Column

COLUMNS = (
    Column(name="number", title=_("Number"), value=lambda run: run.dossier, on_page=False),
    Column(name="change", title=_("What changed"), value=str),
    Column(name="status", title=_("Status"), value=lambda run: run.get_status_display(), ordering="status"),
    Column(
        name="listed",
        title=_("List made"),
        value=lambda run: timezone.localdate(run.listed_at),
        ordering="listed_at",
    ),
    Column(name="cases", title=_("Cases"), title_in_file=_("Number of cases"), value=lambda run: run.cases),
    Column(
        name="left",
        title=_("To be decided by hand"),
        value=lambda run: run.left,
        cell=lambda run: columns.badge(run.left, "soon"),
    ),
    Column(name="reviewed_by", title=_("Reviewed by"), value=lambda run: run.proposed_by),
    Column(name="approved_by", title=_("Approved by"), value=lambda run: run.approved_by),
)

"""The list of letters to parliament as a file."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, link_to, map_rows
from reporting.models import ReportToParliament

if TYPE_CHECKING:
    from accounts.models import User


def find_listed_letters(user: "User", _filters: QueryDict) -> QuerySet[Any]:
    """All letters, newest period first, as on their page; raises PermissionDenied without access to the figures."""
    if not user.has_perm("exemptions.view_statistics"):
        raise PermissionDenied("sees no figures")
    people = ("made_by", "checked_by", "published_by", "dossier")
    found: QuerySet[Any] = ReportToParliament.objects.select_related(*people).defer("numbers")
    return found


def build_letter_line(report: ReportToParliament) -> list[object]:
    """The cells of a letter, with everybody who made, checked or published it."""
    return [
        report.dossier,
        report.title,
        report.first,
        report.last,
        report.letter_on,
        report.get_status_display(),
        report.made_by,
        report.made_at,
        report.checked_by,
        report.checked_at,
        report.published_by,
        report.published_at,
    ]


LISTING = Listing(
    name="letters",
    title=_("Letters to parliament"),
    columns=(
        _("Number"),
        _("Letter"),
        _("From"),
        _("Until"),
        _("Date of the letter"),
        _("Status"),
        _("Made by"),
        _("Made on"),
        _("Checked by"),
        _("Checked on"),
        _("Published by"),
        _("Published on"),
    ),
    rows=find_listed_letters,
    lines=map_rows(build_letter_line),
    page=link_to("letters"),
    note="",
)

"""The cases behind a figure as a file."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.exports.listing import Listing, map_rows
from casework.models import Event
from reporting import drilldown
from reporting.figures import FIGURES
from reporting.forms import PeriodForm

if TYPE_CHECKING:
    from accounts.models import User

PERMISSIONS = ("exemptions.view_statistics", drilldown.PERMISSION)
CHOICE = ("from", "to", "as_of", "scope", "kind", "municipality")


def find_listed_events(user: "User", filters: QueryDict) -> QuerySet[Event]:
    """The events behind a row that this user may see. Raises PermissionDenied, or Http404 for a bad period or row."""
    if not user.has_perms(PERMISSIONS):
        raise PermissionDenied
    form = PeriodForm(filters)
    if not form.is_valid():
        raise Http404("no period")
    try:
        found = drilldown.find_row(filters.get("figure", ""), filters.get("key", ""), form.period)
    except drilldown.NoSuchRow as error:
        raise Http404("no such row") from error
    return drilldown.with_case(found.seen_by(user))


def build_event_line(event: Event) -> list[object]:
    """The cells of a case, with the day on which it counts and its current status."""
    application = event.dossier.application
    return [
        application,
        application.kind,
        application.municipality,
        timezone.localdate(event.at),
        application.get_status_display(),
    ]


def describe_choice(filters: QueryDict) -> StrOrPromise:
    """The figure, the row and the page's filters in words, for the file."""
    figure = FIGURES.get(filters.get("figure", ""))
    about = f"{figure.id} {figure.title}" if figure else ""
    days = " – ".join(filters.get(name, "") for name in ("from", "to"))
    others = (filters.get(name, "") for name in ("scope", "kind", "municipality"))
    return ", ".join(part for part in (about, filters.get("key", ""), days, *others) if part)


def build_page_url(filters: QueryDict) -> str:
    """The page with the same cases."""
    asked = filters.copy()
    figure = asked.pop("figure", ["-"])[-1]
    return f"{reverse('statistics_cases', args=[figure])}?{asked.urlencode()}"


LISTING = Listing(
    name="cases",
    title=_("Cases behind a figure"),
    columns=(_("Number"), _("Kind"), _("Municipality"), _("Counted on"), _("Status today")),
    rows=find_listed_events,
    lines=map_rows(build_event_line),
    page=build_page_url,
    filters=("figure", "key", *CHOICE),
    chosen=describe_choice,
)

"""The signals of branch organisations as a file, with the filters of their page."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, link_to, map_rows
from reporting.models import BranchSignal
from reporting.models.site import BranchSignalQuerySet
from reporting.site.signals.forms import FilterForm, list_known_values
from reporting.site.signals.services import NOTE

if TYPE_CHECKING:
    from accounts.models import User


def find_listed_signals(user: "User", filters: QueryDict) -> BranchSignalQuerySet:
    """The current signals that match the filters. Raises PermissionDenied, or Http404 for an invalid filter."""
    if not user.has_perm(NOTE):
        raise PermissionDenied("notes no signals")
    form = FilterForm(filters, topics=list_known_values("topic"))
    if not form.is_valid():
        raise Http404("no period, or a topic of nobody")
    return form.rows()


def build_signal_line(signal: BranchSignal) -> list[object]:
    """A signal, and who noted it."""
    return [
        signal.organisation,
        signal.topic,
        signal.text,
        signal.first,
        signal.last,
        signal.noted_at,
        signal.noted_by,
    ]


def describe_choice(filters: QueryDict) -> str:
    """The topic, and the days as they were typed."""
    days = " – ".join(value for name in ("first", "last") if (value := filters.get(name, "")))
    return ", ".join(part for part in (filters.get("topic", ""), days) if part)


LISTING = Listing(
    name="signals",
    title=_("Signals of branch organisations"),
    columns=(
        _("Who"),
        _("Topic"),
        _("What they ask attention for"),
        _("From"),
        _("Until"),
        _("Noted on"),
        _("Noted by"),
    ),
    rows=find_listed_signals,
    lines=map_rows(build_signal_line),
    page=link_to("signals"),
    filters=("first", "last", "topic"),
    chosen=describe_choice,
    note="",
)

"""The cases of a run of deciding again as a file."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.exports.listing import Listing, map_rows
from renewals.models import Action, ItemState, Renewal, RenewalItem

if TYPE_CHECKING:
    from accounts.models import User

JOINS = ("dossier", "applicant", "kind", "municipality")


def item_line(item: RenewalItem) -> list[object]:
    """A case of a run."""
    application = item.decision.application
    return [
        application,
        application.applicant,
        application.kind,
        application.municipality,
        item.get_action_display(),
        item.reasons,
        item.ends_on or item.access_until,
        item.get_state_display(),
        item.new_decision,
        item.problem,
        item.excluded_because,
        item.excluded_by,
    ]


def find_listed_items(user: "User", filters: QueryDict) -> QuerySet[RenewalItem]:
    """The cases of a run that its page shows with these filters."""
    asked = filters.get("run", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404("no run")
    run = get_object_or_404(Renewal.objects.at_desk_of(user), pk=int(asked))
    found: QuerySet[RenewalItem] = run.items.order_by("pk")
    for name, known in (("action", Action.values), ("state", ItemState.values)):
        if (value := filters.get(name)) in known:
            found = found.filter(**{name: value})
    joins = (f"decision__application__{name}" for name in JOINS)
    return found.select_related(*joins, "new_decision", "excluded_by")


def items_chosen(filters: QueryDict) -> StrOrPromise:
    """What they get, how far they are."""
    words = {str(one): str(one.label) for one in (*Action, *ItemState)}
    return ", ".join(words[value] for name in ("action", "state") if (value := filters.get(name, "")) in words)


def run_page(filters: QueryDict) -> str:
    """The page of the run, with the same filters."""
    more = QueryDict(mutable=True)
    for name in ("action", "state"):
        more.setlist(name, filters.getlist(name))
    return f"{reverse('admin:renewals_renewal_change', args=[filters.get('run') or 0])}?{more.urlencode()}#cases"


LISTING = Listing(
    name="renewalitem",
    title=_("Cases of a run of deciding again"),
    columns=(
        _("Number"),
        _("Applicant"),
        _("Kind"),
        _("Municipality"),
        _("Gets"),
        _("Why"),
        _("Last day"),
        _("State"),
        _("New decision"),
        _("What is the matter"),
        _("Left out because"),
        _("Left out by"),
    ),
    rows=find_listed_items,
    lines=map_rows(item_line),
    page=run_page,
    filters=("run", "action", "state"),
    chosen=items_chosen,
)

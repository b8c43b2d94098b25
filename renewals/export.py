"""The cases of a run of deciding again, and the versions of the thresholds, as files."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.exports.listing import Listing, link_to, map_rows
from exemptions.models import ThresholdVersion
from renewals.admin.threshold_pages import list_versions
from renewals.models import Action, ItemState, Renewal, RenewalItem

if TYPE_CHECKING:
    from accounts.models import User


JOINS = ("dossier", "applicant", "kind", "municipality")


def item_line(item: RenewalItem) -> list[object]:
    """The cells of a case in a run."""
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
    """The cases of a run that its page shows with these filters. Raises Http404."""
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
    """The filters on outcome and state in words."""
    words = {str(one): str(one.label) for one in (*Action, *ItemState)}
    return ", ".join(words[value] for name in ("action", "state") if (value := filters.get(name, "")) in words)


def run_page(filters: QueryDict) -> str:
    """The URL of the run's page with the same filters."""
    more = QueryDict(mutable=True)
    for name in ("action", "state"):
        more.setlist(name, filters.getlist(name))
    return f"{reverse('admin:renewals_renewal_change', args=[filters.get('run') or 0])}?{more.urlencode()}#cases"


RUN_CASES = Listing(
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


def find_visible_versions(user: "User", _filters: QueryDict) -> QuerySet[Any]:
    """Every version of the thresholds; raises Http404 for users who may not see them."""
    if not user.has_perm("exemptions.view_thresholdversion"):
        raise Http404("no thresholds for this role")
    return list_versions()


def build_version_line(version: ThresholdVersion) -> list[object]:
    """The cells of a version, annotated with `limit_count` and `causes`."""
    return [
        version.valid_from,
        version.get_status_display(),
        getattr(version, "limit_count", None),
        version.source,
        version.reason_nl,
        version.made_by,
        version.approved_by,
        version.published_at,
        getattr(version, "causes", None),
    ]


THRESHOLD_VERSIONS = Listing(
    name="thresholdversion",
    title=_("Thresholds"),
    columns=(
        _("Valid from"),
        _("State"),
        _("Limits"),
        _("Source"),
        _("Why they changed"),
        _("Made by"),
        _("Published by"),
        _("Published on"),
        _("Because of objections"),
    ),
    rows=find_visible_versions,
    lines=map_rows(build_version_line),
    page=link_to("admin:exemptions_thresholdversion_changelist"),
    note="",
)

LISTINGS = (RUN_CASES, THRESHOLD_VERSIONS)

"""The versions of the thresholds as a file."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.exports.listing import Listing, map_rows
from exemptions.models import ThresholdVersion
from renewals.admin.threshold_pages import list_versions

if TYPE_CHECKING:
    from accounts.models import User


def find_visible_versions(user: "User", _filters: QueryDict) -> QuerySet[Any]:
    """Every version, for those who keep the thresholds."""
    if not user.has_perm("exemptions.view_thresholdversion"):
        raise Http404("no thresholds for this role")
    return list_versions()


def build_version_line(version: ThresholdVersion) -> list[object]:
    """A version; `limit_count` and `causes` were counted with it."""
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


LISTING = Listing(
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
    page=lambda _filters: reverse("admin:exemptions_thresholdversion_changelist"),
    note="",
)

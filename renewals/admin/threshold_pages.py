"""The context of the pages about thresholds: limits next to the previous ones, and how they changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exemptions.models import Threshold, ThresholdVersion
from exemptions.thresholds import limits_of
from renewals.admin.threshold_form import CLASSES
from renewals.models import Renewal

if TYPE_CHECKING:
    from accounts.models import User

NEW, GONE, LOWER, HIGHER = _("new"), _("gone"), _("lower: more is granted"), _("higher: less is granted from now on")


@dataclass(frozen=True)
class LimitLine:
    """One limit, as it was and as it becomes."""

    vehicle_class: Promise | str
    metric: str
    before: int | None
    after: int | None

    @property
    def change(self) -> Promise | str:
        """How the limit changed; empty if it did not."""
        if self.before == self.after:
            return ""
        if self.before is None:
            return NEW
        if self.after is None:
            return GONE
        return LOWER if self.after < self.before else HIGHER


def compare_versions(version: ThresholdVersion) -> list[LimitLine]:
    """Every limit of this version or of the one before it."""
    previous = find_version_before(version)
    old, new = limits_of(previous) if previous else {}, limits_of(version)
    return [
        LimitLine(words, str(metric.label), old.get((of, metric.value)), new.get((of, metric.value)))
        for of, words in CLASSES.items()
        for metric in Threshold.Metric
        if (of, metric.value) in old or (of, metric.value) in new
    ]


def find_version_before(version: ThresholdVersion) -> ThresholdVersion | None:
    """The published version in force until this one begins; None if there is none."""
    others = ThresholdVersion.objects.published().exclude(pk=version.pk).prefetch_related("limits")
    found: ThresholdVersion | None = others.filter(valid_from__lt=version.valid_from).order_by("-valid_from").first()
    return found


def list_versions() -> "QuerySet[ThresholdVersion]":
    """Every version, newest first, annotated with the number of limits and of objections that caused it."""
    counts = {"limit_count": Count("limits", distinct=True), "causes": Count("caused_by", distinct=True)}
    found = ThresholdVersion.objects.select_related("made_by", "approved_by").annotate(**counts)
    # a query with counts is grouped, and then ignores the model's ordering
    ordered: QuerySet[ThresholdVersion] = found.order_by("-valid_from", "-pk")
    return ordered


def list_context(user: "User") -> dict[str, Any]:
    """The context of the list."""
    in_force = ThresholdVersion.objects.in_force(on=timezone.localdate())
    return {
        "title": _("Thresholds"),
        "versions": list_versions(),
        "in_force": in_force.pk if in_force else None,
        "may_add": user.has_perm("exemptions.add_thresholdversion"),
    }


def version_context(version: ThresholdVersion, user: "User") -> dict[str, Any]:
    """The context of one version."""
    return {
        **compare_with_previous(version),
        "version": version,
        "causes": version.caused_by.select_related("dossier", "decision__application__applicant"),
        "renewals": Renewal.objects.filter(thresholds=version).order_by("-pk"),
        "may_look": version.is_published and user.has_perm("renewals.add_renewal"),
    }


def compare_with_previous(version: ThresholdVersion) -> dict[str, Any]:
    """A version's limits next to those of the version before it, to check before publishing."""
    return {"previous": find_version_before(version), "lines": compare_versions(version)}

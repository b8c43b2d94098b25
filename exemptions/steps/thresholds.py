"""The steps of a version of the thresholds: one person writes it, another publishes it, and then it is final."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.deadline_words import format_day as day_in_words
from casework.steps import Button, StepRefused, person, step
from exemptions.steps.statuses import ThresholdStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models import ThresholdVersion


def may_edit(_version: "ThresholdVersion", user: "User") -> bool:
    """Those who maintain the thresholds."""
    return user.has_perm("exemptions.change_thresholdversion")


def may_publish(version: "ThresholdVersion", user: "User") -> bool:
    """A second pair of eyes, never the writer's."""
    return user.has_perm("exemptions.publish_thresholds") and version.made_by_id != user.pk


@step(
    source=Status.DRAFT,
    target=None,
    permission=may_edit,
    records=("valid_from",),
    done=_("Draft written"),
    button=Button(_("Change the draft"), _("A colleague publishes it: whoever wrote the draft does not.")),
)
def edit(
    version: "ThresholdVersion",
    *,
    by: "User | None",
    valid_from: date,
    source: str,
    reason_nl: str,
    reason_en: str = "",
    limits: Mapping[tuple[str, str], int],
    caused_by: Collection[Any] = (),
) -> None:
    """Edit the draft; its last editor counts as its author.

    `limits`: by class of vehicle and metric. `caused_by`: the objections that led to it.
    """
    version.valid_from, version.source = valid_from, source
    version.reason_nl, version.reason_en = reason_nl, reason_en
    version.made_by = by
    version.limits.all().delete()
    for (vehicle_class, metric), limit in limits.items():
        version.limits.create(vehicle_class=vehicle_class, metric=metric, limit=limit)
    version.caused_by.set(caused_by)


@step(
    source=Status.DRAFT,
    target=Status.PUBLISHED,
    permission=may_publish,
    records=("valid_from",),
    done=_("Published"),
    button=Button(_("Publish"), _("What is published is never changed: a correction is a new version."), main=True),
)
def publish(version: "ThresholdVersion", *, by: "User | None") -> None:
    """Publish the version, in force from its day."""
    wait_for_others()
    refuse_unpublishable(version)
    version.approved_by, version.published_at = person(by), clock.now()


def wait_for_others() -> None:
    """Serialise publishing: of two versions published at once, the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('thresholds', 0))")


def refuse_unpublishable(version: "ThresholdVersion") -> None:
    """Raise StepRefused without limits, or unless it applies later than every published version: the past is fixed."""
    if not version.limits.exists():
        raise StepRefused(gettext("Fill in at least one limit."))
    newest = type(version).objects.published().order_by("-valid_from").first()
    if newest and version.valid_from <= newest.valid_from:
        raise StepRefused(
            gettext("It must hold from a later day than the published version of %(day)s.")
            % {"day": day_in_words(newest.valid_from)}
        )

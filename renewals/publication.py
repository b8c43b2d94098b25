"""Publishes thresholds, and lists the earlier decisions that a change affects."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.deadline_words import format_day as day_in_words
from casework.models import Dossier
from casework.steps import StepRefused
from exemptions.models import KindVersion, ThresholdVersion
from renewals.models import Renewal
from zones.models import AccessRule

if TYPE_CHECKING:
    from accounts.models import User

Change = ThresholdVersion | KindVersion | AccessRule
Cause = dict[str, Change]
"""What changed, under the name of the run's field for it."""


@transaction.atomic
def publish_thresholds(version: ThresholdVersion, *, by: "User") -> Renewal:
    """Publish a version that a colleague made, and in the same transaction list the decisions that it changes."""
    version.publish(by=by)
    return make_list(version, by=by)


def make_list(change: Change, *, by: "User") -> Renewal:
    """A new run with the earlier decisions that a change affects; the open run for it if there is one."""
    if not by.has_perm("renewals.add_renewal"):
        raise PermissionDenied(f"user {by.pk} may not list decisions")
    if isinstance(change, AccessRule):
        refuse_announced(change)
    about: Cause = {cause_of(change): change}
    try:
        with transaction.atomic():
            return find_open_renewal(about) or start_run(about, by=by)
    except IntegrityError:  # a second click came first
        return find_open_renewal(about) or start_run(about, by=by)


def refuse_announced(rule: AccessRule) -> None:
    """Raise StepRefused for a rule that was only announced: letters must rest on the law."""
    if rule.announced_on:
        raise StepRefused(
            _(
                "This rule was announced on %(day)s and is not yet in the law. Wait until the change is in the "
                "Staatsblad, and add it as a new version of the rule."
            )
            % {"day": day_in_words(rule.announced_on)}
        )


def find_open_renewal(about: Cause) -> Renewal | None:
    """The run about this change that has not ended; None if there is none."""
    found: Renewal | None = Renewal.objects.open().filter(**about).first()
    return found


def cause_of(change: Change) -> str:
    """The field of a run that names what changed."""
    if isinstance(change, ThresholdVersion):
        return "thresholds"
    return "kind" if isinstance(change, KindVersion) else "access_rule"


def start_run(about: Cause, *, by: "User") -> Renewal:
    """A new run with its dry run; the change's own words serve as explanation until somebody edits them."""
    (change,) = about.values()
    words = {"explanation_nl": "", "explanation_en": ""}
    if isinstance(change, ThresholdVersion):
        words = {"explanation_nl": change.reason_nl, "explanation_en": change.reason_en}
    elif isinstance(change, AccessRule):
        words = {"explanation_nl": change.explanation_nl, "explanation_en": change.explanation_en}
    renewal: Renewal = Renewal.objects.create(dossier=Dossier.objects.create(), made_by=by, **about, **words)
    renewal.list_again(by=by)
    return renewal

"""A preview of what a version of the thresholds would change, before it is published."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from exemptions.models import ThresholdVersion
from renewals.dry_run import count_refused, judge_rejections
from renewals.models import Renewal, RenewalItem
from renewals.steps.statuses import OPEN, Action


@dataclass(frozen=True)
class ThresholdTrial:
    """What a version would change, in numbers of decisions.

    `granted`: rejections that would be granted; `by_hand`: those that somebody has to look at; `listed`: how many of
    both are already on an open list; `refused`: exemptions in force that would not be granted, but stay.
    """

    granted: int
    by_hand: int
    listed: int
    refused: int


def try_thresholds(version: ThresholdVersion, *, today: date) -> ThresholdTrial:
    """Count what publishing a version would list; writes nothing."""
    trial_run = Renewal(thresholds=version)
    items = [item for batch in judge_rejections(trial_run, version, today=today) for item in batch]
    actions = Counter(item.action for item in items)
    elsewhere = RenewalItem.objects.filter(run__status__in=OPEN, decision__in=[item.decision_id for item in items])
    return ThresholdTrial(
        granted=actions[Action.GRANT],
        by_hand=actions[Action.LOOK],
        listed=elsewhere.exclude(run__thresholds=version).values("decision").distinct().count(),
        refused=count_refused(version, today=today),
    )

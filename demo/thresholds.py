"""The thresholds of the demo. The real limits are in no public text, so these are invented, and say so."""

from datetime import datetime, time, timedelta
from typing import Any

from casework import clock
from demo.agenda import Life
from demo.plan import DRAFT_LIMITS, FIRST, NEXT_LIMITS, RENEWED_ON, RENEWED_UNTIL, THRESHOLDS_OF_2025, Limits
from demo.world import World
from exemptions.models import ThresholdVersion
from exemptions.terms import AMSTERDAM
from renewals import engine, publication
from renewals.models import Renewal

SOURCE = "Demonstratie: verzonnen waarden"
AT_FOUR = time(16)
HALF_YEAR_NL = "De drempelwaarden zijn opnieuw bekeken, zoals elk half jaar. De waarden zijn verzonnen."
HALF_YEAR_EN = "The thresholds were looked at again, as every half year. The values are invented."


NOBODY_YET = "Er is nog niemand beslist, dus er is niets om opnieuw te beslissen."


def change_thresholds(world: World, limits: Limits) -> Life:
    """A version made by one team lead and published by the other, and what it means for earlier decisions."""
    yield datetime.combine(limits.made_on, AT_FOUR, AMSTERDAM)
    version = make_version(world, limits)
    yield datetime.combine(limits.published_on, AT_FOUR, AMSTERDAM)
    run = publication.publish_thresholds(version, by=world.second_pair)
    if limits.valid_from == FIRST:
        run.cancel(by=world.second_pair, remark=NOBODY_YET)
    else:
        yield from decided_again(world, run)


def decided_again(world: World, run: Renewal) -> Life:
    """The run after a version: reviewed by one, approved by another, and carried out by the worker."""
    yield world.office(world.working_day(THRESHOLDS_OF_2025 + timedelta(days=1)))
    about = {"explanation_nl": run.explanation_nl, "explanation_en": run.explanation_en}
    run.propose(by=world.reviewer, ends_on=RENEWED_UNTIL, **about)
    yield world.moment(RENEWED_ON, 10, 12)
    run.approve(by=world.second_pair)
    yield clock.now() + timedelta(hours=1)
    run.start(by=world.second_pair)
    yield clock.now() + timedelta(minutes=1)
    engine.work_on_run(run.pk)


def around_today(world: World) -> Life:
    """A version just published, with the list of what it changes, and a draft that waits."""
    today = world.today
    made_on, reasons = today - timedelta(days=6), {"reason_nl": HALF_YEAR_NL, "reason_en": HALF_YEAR_EN}
    newest = Limits(made_on=made_on, published_on=today, valid_from=today, limits=NEXT_LIMITS, **reasons)
    later = today + timedelta(days=60)
    draft = Limits(made_on=made_on, published_on=later, valid_from=later, limits=DRAFT_LIMITS, **reasons)
    yield datetime.combine(made_on, AT_FOUR, AMSTERDAM)
    version = make_version(world, newest)
    make_version(world, draft)
    yield datetime.combine(today, time.min, AMSTERDAM)
    publication.publish_thresholds(version, by=world.second_pair)


def make_version(world: World, limits: Limits) -> ThresholdVersion:
    """A version with its limits, made now."""
    words: dict[str, Any] = {
        "valid_from": limits.valid_from,
        "source": SOURCE,
        "reason_nl": limits.reason_nl,
        "reason_en": limits.reason_en,
    }
    measured = {(of, metric): limit for of, known in limits.limits.items() for metric, limit in known.items()}
    version: ThresholdVersion = ThresholdVersion.objects.begin(**words)
    version.edit(by=world.reviewer, limits=measured, **words)
    return version

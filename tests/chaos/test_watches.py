"""Whose access ends is mailed once, however often the worker is killed while it finds whom and writes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count

from casework.models import Message
from exemptions.models.facts import as_json
from tests.chaos import killing
from watches.models import EndNotice, Watch
from zones.vehicles import VehicleFacts

pytestmark = pytest.mark.django_db(transaction=True)

JOB = "watches.tasks.announce_ends"
FIVE = VehicleFacts(category="van", emission_class="5", first_admission=date(2012, 5, 1), make="VOLKSWAGEN")
"""A van that by law may enter until 1 January 2027."""
MORNING = datetime(2026, 11, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""Sixty days before."""
ADDRESSES = 1000
"""For each kill: two batches, of which one may be under way."""


@pytest.fixture
def watches():
    """One in four addresses follows two plates."""
    about = {"facts": as_json(FIVE), "checked_at": MORNING, "confirmed_at": MORNING - timedelta(days=1)}
    addresses = ADDRESSES * killing.KILLS
    return Watch.objects.bulk_create(
        Watch(plate=f"V{number}", email=f"volger{number % addresses}@example.nl", **about)
        for number in range(addresses * 5 // 4)
    )


def left() -> int:
    """The plates of which nobody was told yet."""
    return Watch.objects.count() - EndNotice.objects.exclude(sent_on=None).count()


def test_ends_of_access(watches, tell):
    killed = killing.kill_in_turn(JOB, left=left, by=killing.chance("ends"), at=MORNING)
    killing.finish(JOB, at=MORNING)

    mails = Message.objects.filter(kind="mail_access_ends")
    doubled = mails.values("to").alias(mails=Count("pk")).filter(mails__gt=1).count()
    tell(plates=len(watches), killed=killed, forgotten=left(), mails=mails.count(), doubled=doubled)
    assert (left(), doubled, mails.count()) == (0, 0, ADDRESSES * killing.KILLS)
    assert not EndNotice.objects.filter(message=None).exists()

"""Mailing people who follow 100,000 plates whose access ends: found, written and put in the outbox, in flat memory.

`of_bare` is the rate relative to bulk inserts of the same rows, although judging a vehicle and rendering a text come on
top.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from benchmarks.deciding_again import decide_once
from benchmarks.measurement import Measurement

FEW, MANY = 10_000, 100_000
LEAST_OF_BARE = 0.3
MOST_GROWTH_MB = 40
BATCH = 500
WATCHES_SQL = """
INSERT INTO watches_watch
    (token, email, plate, country, language, typed, facts, checked_at, asked_at, confirmed_at)
SELECT md5(i::text), 'volger' || i || '@bench.example', 'B' || i, 'NL', (ARRAY['nl', 'nl', 'nl', 'en'])[1 + i %% 4],
       '{}', jsonb_build_object('category', 'van', 'emission_class', '5', 'make', 'VOLKSWAGEN', 'model', 'CADDY',
           'first_admission', (date '2010-01-01' + i %% 3000)::text),
       now(), now(), now()
FROM generate_series(1, %(watches)s) AS i
"""


def measure() -> Iterator[Measurement]:
    """Few, then many, then the bare inserts of the many."""
    few = mail_once(FEW)
    many = mail_once(MANY)
    bare = decide_once("bare inserts of the mails of watches", partial(insert_bare, *take_rows()), cases=MANY)
    growth = many.over["peak_mb"] - few.over["peak_mb"]
    of_bare = round(bare.median_ms / many.median_ms, 2)
    found = {"of_bare": of_bare, "growth": growth}
    yield few
    yield Measurement(
        **{
            **vars(many),
            "over": {**many.over, **found},
            "at_most": {"growth": MOST_GROWTH_MB},
            "at_least": {"of_bare": LEAST_OF_BARE},
        }
    )
    yield bare


def mail_once(watches: int) -> Measurement:
    """Measure the job with a number of followed plates, on a day within sixty days of the end of access."""
    fill(watches)
    return decide_once("mails of watches", partial(tell, watches), cases=watches)


def fill(watches: int) -> None:
    """Replace the followed plates, and drop the notices of earlier runs."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE watches_watch, watches_endnotice, casework_message CASCADE")
        cursor.execute(WATCHES_SQL, {"watches": watches})
        cursor.execute("ANALYZE watches_watch")


def tell(watches: int) -> None:
    """Run the daily job; raises unless it mailed everybody."""
    from watches import mailing

    if (mailed := mailing.announce_ends(today=telling_day())) != watches:
        raise RuntimeError(f"{mailed} of {watches} were mailed")


def telling_day() -> date:
    """Thirty days before a class 5 van loses access by the shipped rules."""
    from zones.models import AccessRule

    until = AccessRule.objects.get(code="V2").until
    if until is None:
        raise RuntimeError("the rule has no end")
    return until - timedelta(days=31)


def take_rows() -> tuple[list[Any], list[Any]]:
    """The mails and notices that were written, as unsaved rows."""
    from casework.models import Message
    from casework.models.message import new_message_id
    from watches.models import EndNotice

    messages, notices = list(Message.objects.order_by("pk")), list(EndNotice.objects.order_by("pk"))
    EndNotice.objects.all().delete()  # first: a notice refers to its mail
    Message.objects.all().delete()
    for message in messages:
        message.pk, message.message_id = None, new_message_id()
    for notice in notices:
        notice.pk, notice.message = None, None
    return messages, notices


def insert_bare(messages: list[Any], notices: list[Any]) -> None:
    """Insert the rows, one transaction per batch."""
    from django.db import transaction

    from casework.models import Message
    from watches.models import EndNotice

    for start in range(0, len(messages), BATCH):
        with transaction.atomic():
            written = Message.objects.bulk_create(messages[start : start + BATCH])
            some = notices[start : start + BATCH]
            for notice, message in zip(some, written, strict=True):
                notice.message = message
            EndNotice.objects.bulk_create(some)

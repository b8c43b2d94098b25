"""Counts a page view and a visitor in one statement, and adds the visitors of a day up at night."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Count, F

from helpdesk.models import DaySecret, SeenToday, VisitorDay

SEEN_AND_READ = """
WITH seen AS (
    INSERT INTO helpdesk_seentoday (day, mark) VALUES (%(day)s, %(mark)s) ON CONFLICT (day, mark) DO NOTHING
)
INSERT INTO helpdesk_pageday AS known (day, page, language, views) VALUES (%(day)s, %(page)s, %(language)s, 1)
ON CONFLICT (day, page, language) DO UPDATE SET views = known.views + 1
"""


def count_view(*, day: date, page: str, language: str, mark: str) -> None:
    """One page view, by somebody with this mark: any number of processes at once count right."""
    values: dict[str, str | date] = {"day": day, "page": page, "language": language, "mark": mark}
    with connection.cursor() as cursor:
        cursor.execute(SEEN_AND_READ, values)


def close_days(*, today: date) -> int:
    """Keep how many visitors each day before today had, and drop marks and secrets; returns how many days.

    Idempotent: a late mark is added.
    """
    with transaction.atomic():
        secrets = DaySecret.objects.filter(day__lt=today)
        list(secrets.select_for_update(no_key=True).order_by("day"))
        seen = SeenToday.objects.filter(day__lt=today)
        days = list(seen.values_list("day").annotate(count=Count("pk")).order_by("day"))
        for day, visitors in days:
            VisitorDay.objects.get_or_create(day=day)
            VisitorDay.objects.filter(day=day).update(visitors=F("visitors") + visitors)
        seen.delete()
        secrets.delete()
    return len(days)

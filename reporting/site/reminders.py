"""Editors who have not handed in are reminded: once a month, one mail with all the months that are missing."""

from collections.abc import Sequence
from datetime import date

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.policy import CurrentPolicy
from exemptions.terms import midnight
from reporting.models import SiteMonth
from reporting.models.returns import month_of
from reporting.returns.overview import State
from reporting.returns.reminders import REMIND_DAY, tell
from reporting.returns.whose import EVERY, holders
from reporting.site import overview
from reporting.site.deliver import DELIVER

log = structlog.get_logger("loket.site")

MAIL = "mail_site_month_missing"


def run(*, today: date) -> int:
    """Remind the editors of what is late; tells how many months. Any number of runs and workers remind once a month."""
    if today.day < CurrentPolicy.on(today).number(REMIND_DAY):
        return 0
    late = sorted(row.month for row in overview.rows(today=today) if row.state == State.MISSING)
    return remind(late, today=today) if late else 0


def editors() -> QuerySet[User]:
    """Who hands in for the site; who keeps all returns sees on the page what is missing."""
    return User.objects.filter(holders(DELIVER), is_active=True).exclude(holders(EVERY)).distinct()


def remind(months: Sequence[date], *, today: date) -> int:
    """One mail to every editor; without anybody it stays to be done."""
    people = list(editors())
    if not people:
        log.warning("nobody_hands_in")
        return 0
    with transaction.atomic():
        for month in months:
            SiteMonth.objects.get_or_create(month=month)
        due = hold(months, today=today)
        if due:
            for person in people:
                tell(person, MAIL, [one.month for one in due], link=reverse("site_months"), today=today)
            SiteMonth.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=timezone.now())
    return len(due)


def hold(months: Sequence[date], *, today: date) -> list[SiteMonth]:
    """Those not reminded of this month and not handed in meanwhile, locked: of two workers the second finds none."""
    not_yet = Q(reminded_at=None) | Q(reminded_at__lt=midnight(month_of(today)))
    waiting = SiteMonth.objects.filter(not_yet, month__in=months).select_for_update(no_key=True).order_by("month")
    return [one for one in waiting if not one.versions.exists()]

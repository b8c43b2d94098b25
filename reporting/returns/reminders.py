"""Who has not handed in is reminded: once a month, one mail a municipality with all the months that are missing."""

from collections.abc import Sequence
from datetime import date

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import written
from accounts.models import User
from casework.models import Message
from casework.policy import CurrentPolicy
from casework.texts import compose
from exemptions.terms import midnight
from reporting.models import MonthlyReturn
from reporting.models.returns import month_of
from reporting.returns.overview import DUE_DAY, Cell, State, cells_of
from reporting.returns.whose import reporters, with_zone
from zones.models import Municipality

log = structlog.get_logger("loket.returns")

MAIL = "mail_return_missing"
REMIND_DAY = "return_remind_day"


def run(*, today: date) -> int:
    """Remind every municipality that is late; tells how many returns were reminded of.

    Any number of runs, and of workers, remind once a month: each return remembers when that was. A day on which nothing
    ran is made up for later in the month.
    """
    if today.day < CurrentPolicy.on(today).number(REMIND_DAY):
        return 0
    cells = cells_of(list(with_zone()), today=today)
    return sum(remind(found[0].municipality, late(found), today=today) for found in cells.values() if late(found))


def late(cells: Sequence[Cell]) -> list[date]:
    """The months that are missing, oldest first."""
    return sorted(cell.month for cell in cells if cell.state == State.MISSING)


def remind(municipality: Municipality, months: Sequence[date], *, today: date) -> int:
    """One mail to everybody who hands in for a municipality; without anybody it stays to be done."""
    people = list(reporters([municipality]))
    if not people:
        log.warning("nobody_hands_in", municipality=municipality.cbs_code)
        return 0
    with transaction.atomic():
        for month in months:
            MonthlyReturn.objects.get_or_create(municipality=municipality, month=month)
        due = hold(municipality, months, today=today)
        if due:
            link = reverse("returns_of", args=[municipality.cbs_code])
            for person in people:
                tell(person, MAIL, [one.month for one in due], link=link, today=today, municipality=municipality.name)
            MonthlyReturn.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=timezone.now())
    return len(due)


def hold(municipality: Municipality, months: Sequence[date], *, today: date) -> list[MonthlyReturn]:
    """Those not reminded of this month and not handed in meanwhile, locked: of two workers the second finds none."""
    since = midnight(month_of(today))
    waiting = MonthlyReturn.objects.filter(municipality=municipality, month__in=months).filter(
        Q(reminded_at=None) | Q(reminded_at__lt=since)
    )
    return [one for one in waiting.select_for_update(no_key=True).order_by("month") if not one.versions.exists()]


def tell(person: User, kind: str, months: Sequence[date], *, link: str, today: date, **about: str) -> None:
    """A mail in the outbox about months that are missing, in the language of its reader."""
    policy = CurrentPolicy.on(today)
    with override(written(person.language)):
        context = {
            **about,
            "months": "\n".join(f"- {date_format(month, 'F Y')}" for month in months),
            "due_day": str(policy.number(DUE_DAY)),
            "contact": policy.text("contact_email") or policy.text("contact_phone") or _("the portal"),
            "link": settings.SITE_URL + link,
        }
    words = compose(kind, language=person.language, context=context)
    Message.objects.create(kind=words.kind, to=person.email, subject=words.subject, body=words.body)

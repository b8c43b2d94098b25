"""Reminds those who have not handed in: once a month, with one mail per subject that lists all missing months."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import choose_written_language
from accounts.models import User
from casework.current_policy import CurrentPolicy
from casework.models import Message
from casework.texts import compose_text
from exemptions.terms import start_of_day
from reporting.deliveries.calendar import DUE_DAY
from reporting.deliveries.kinds import DeliveryKind, Subject
from reporting.deliveries.overview import State, cells_of
from reporting.models.deliveries import month_of

log = structlog.get_logger("loket.deliveries")

REMIND_DAY = "return_remind_day"


def remind_all(kind: DeliveryKind[Subject], *, today: date) -> int:
    """Remind everybody who is late; returns the number of months that the mails are about.

    However many runs and workers there are, a missing month is mentioned once a month, because its row keeps the last
    reminder. If nothing ran on the day itself, a later run in the month makes up for it.
    """
    if today.day < CurrentPolicy.on(today).number(REMIND_DAY):
        return 0
    found = cells_of(kind, kind.subjects(), today=today)
    late = {
        subject: sorted(cell.month for cell in cells if cell.state == State.MISSING) for subject, cells in found.items()
    }
    return sum(remind_subject(kind, subject, months, today=today) for subject, months in late.items() if months)


def remind_subject(kind: DeliveryKind[Subject], subject: Subject, months: Sequence[date], *, today: date) -> int:
    """Mail everybody who hands in about a subject; with nobody to mail, the months stay due for a reminder."""
    people = list(kind.people(subject))
    if not people:
        log.warning("nobody_hands_in", kind=kind.permission, subject=str(subject))
        return 0
    with transaction.atomic():
        for month in months:
            kind.months._default_manager.get_or_create(**kind.where(subject), month=month)
        due = lock_late_months(kind, subject, months, today=today)
        if due:
            for person in people:
                mail_person(person, kind, subject, [one.month for one in due], today=today)
            reminded = kind.months._default_manager.filter(pk__in=[one.pk for one in due])
            reminded.update(reminded_at=timezone.now())
    return len(due)


def lock_late_months(
    kind: DeliveryKind[Subject], subject: Subject, months: Sequence[date], *, today: date
) -> list[Any]:
    """The months still missing and without a reminder this month, locked: of two workers, the second finds none."""
    not_yet = Q(reminded_at=None) | Q(reminded_at__lt=start_of_day(month_of(today)))
    asked: Any = kind.months._default_manager.filter(not_yet, **kind.where(subject), month__in=months)
    return [one for one in asked.select_for_update(no_key=True).order_by("month") if not one.versions.exists()]


def mail_person(
    person: User, kind: DeliveryKind[Subject], subject: Subject, months: Sequence[date], *, today: date
) -> None:
    """Put a mail about missing months in the outbox, in the language of its reader."""
    policy = CurrentPolicy.on(today)
    with override(choose_written_language(person.language)):
        context = {
            **{name: str(value) for name, value in kind.where(subject).items()},
            "months": "\n".join(f"- {date_format(month, 'F Y')}" for month in months),
            "due_day": str(policy.number(DUE_DAY)),
            "contact": policy.text("contact_email") or policy.text("contact_phone") or _("the portal"),
            "link": settings.SITE_URL + kind.list_address(subject),
        }
    words = compose_text(kind.mail, language=person.language, context=context)
    Message.objects.place_mail(words, person.email)

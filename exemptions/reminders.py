"""What the clock does without a person: remind, ask again, let lapse, close hearings, announce ends, drop old drafts.

Every run looks at the rows and does what is due; each case is its own transaction. So a run may be killed half way,
repeated, or run twice at once: the step's lock and conditions, and the notices' unique rows, let nothing happen twice.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework import clock
from casework.models import Dossier
from casework.policy import CurrentPolicy
from casework.steps import take_in_each
from exemptions import letters
from exemptions.models import Application, CompletionRequest, Exemption, ExpiryNotice, Status, ViewRequest


def run_reminders(*, today: date) -> int:
    """Do all that is due on a day, in every case; returns how many steps were taken."""
    policy = CurrentPolicy.on(today)
    return (
        take_in_each(Application, _to_remind(today, days=policy.number("remind_after_days")), "remind")
        + take_in_each(
            Application, _find_lapsed_requests(today, below_round=policy.number("completion_rounds")), "ask_again"
        )
        + take_in_each(Application, _find_lapsed_requests(today), "let_lapse")
        + take_in_each(Application, _find_unanswered_views(today), "close_hearing")
    )


def _to_remind(today: date, *, days: int) -> Iterable[int]:
    due = CompletionRequest.objects.to_remind(sent_before=today - timedelta(days=days), on=today)
    return due.filter(application__status=Status.WAITING).values_list("application_id", flat=True)


def _find_lapsed_requests(today: date, *, below_round: int | None = None) -> Iterable[int]:
    lapsed = CompletionRequest.objects.lapsed(on=today).filter(application__status=Status.WAITING)
    if below_round is not None:
        lapsed = lapsed.filter(round__lt=below_round)
    return lapsed.values_list("application_id", flat=True)


def _find_unanswered_views(today: date) -> Iterable[int]:
    waiting = ViewRequest.objects.filter(application__status=Status.HEARING, closed_at=None)
    return waiting.filter(ends_on__lt=today).values_list("application_id", flat=True)


def tell_expiring(*, today: date) -> int:
    """Tell the holders of exemptions that end soon, once for each number of days; returns how many were told.

    A day on which nothing ran is made up for: anybody with fewer days left who was not told is told now.
    Of several numbers that apply, only the nearest is told: nobody gets three mails at once.
    """
    told = 0
    previous = 0
    for days in sorted(CurrentPolicy.on(today).numbers("expiry_notice_days")):
        first, last = today + timedelta(days=previous), today + timedelta(days=days)
        ending = Exemption.objects.long_term().filter(ends_on__gte=first, ends_on__lte=last, starts_at__lte=clock.now())
        for exemption in ending.exclude(expiry_notices__days_before=days).select_related("application__dossier"):
            told += _tell_end(exemption, days=days, today=today)
        previous = days + 1
    return told


def _tell_end(exemption: Exemption, *, days: int, today: date) -> bool:
    application = exemption.application
    link = settings.SITE_URL + reverse("application", args=[application.key])
    about = {
        **letters.about_case(application),
        "ends_on": exemption.ends_on,
        "days_left": (exemption.ends_on - today).days,
        "link": link,
    }
    try:
        with transaction.atomic():
            ExpiryNotice.objects.create(exemption=exemption, days_before=days)
            letters.mail_followers(application, "mail_expiry", context=about)
    except IntegrityError:
        return False  # another run told it
    return True


def drop_old_drafts(*, today: date) -> int:
    """Remove drafts that nobody touched for long, empty ones after a day, and the empty dossiers of earlier ones."""
    limit = clock.now() - timedelta(days=CurrentPolicy.on(today).number("draft_days"))
    yesterday = clock.now() - timedelta(days=1)
    drafts = Application.objects.drafts().select_related("dossier")
    old = [*drafts.filter(changed_at__lt=limit), *drafts.empty().filter(changed_at__range=(limit, yesterday))]
    dropped: int = sum(draft.drop() for draft in old)
    empty = Dossier.objects.filter(number=None, application=None, documents=None, events=None)
    empty.filter(opened_at__lt=limit).delete()
    return dropped

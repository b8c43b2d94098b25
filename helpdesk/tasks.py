"""Tasks for the Celery worker."""

from celery import shared_task
from django.utils import timezone

from helpdesk import visits
from helpdesk.assistant import knowledge
from helpdesk.assistant import months as of_assistant
from helpdesk.information import adviser_requests, measured_times, review
from helpdesk.mailbox import collection, monthly_report, retention


@shared_task
def collect_mail() -> int:
    """Take in the mails that wait in the mailbox; returns how many were dealt with."""
    return collection.collect_mail()


@shared_task
def tidy_mailbox() -> int:
    """Delete from the mailbox what was kept long enough; returns how many mails."""
    return collection.remove_old_mail(today=timezone.localdate())


@shared_task
def remove_old_questions() -> int:
    """Delete questions a year after their end; returns how many."""
    return retention.remove_old(now=timezone.now())


@shared_task
def close_days() -> int:
    """Add up the visitors of past days, and delete their marks; returns how many days."""
    return visits.close_days(today=timezone.localdate())


@shared_task
def deliver_helpdesk_month() -> bool:
    """Hand in the help desk's counts of the past month; returns whether anything was new."""
    return monthly_report.deliver_last(today=timezone.localdate()) is not None


@shared_task
def count_conversations() -> int:
    """Add ended conversations to their months, and delete old ones; returns how many were deleted."""
    now = timezone.now()
    of_assistant.count_ended(now=now)
    return of_assistant.remove_old(now=now)


@shared_task
def look_at_topics() -> int:
    """Flag the frequent questions whose facts changed; returns how many need a review."""
    return review.look_again(now=timezone.now())


@shared_task
def measure_lead_times() -> int:
    """Measure how long recent decisions took, for the pages of the exemptions; returns for how many kinds."""
    return measured_times.measure_kinds(today=timezone.localdate())


@shared_task
def drop_old_advice_requests() -> int:
    """Delete requests for advice that were kept long enough; returns how many."""
    return adviser_requests.drop_old(now=timezone.now())


@shared_task
def learn_ways_to_ask() -> None:
    """Train on what was added or changed, so that no visitor waits for it; nothing if nothing changed."""
    knowledge.learn_changes()

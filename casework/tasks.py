"""Tasks for the worker."""

from celery import shared_task
from django.utils import timezone

from casework import files, letter_pdfs, outbox, text_outbox
from casework.desk import pending_steps
from casework.exports import builder
from casework.turns import within_turn


@shared_task
def send_outbox() -> int:
    """Send waiting mails, for a turn; returns how many were processed."""
    return outbox.send_waiting()


@shared_task
def send_texts() -> int:
    """Send waiting text messages, for a turn; returns how many were sent."""
    return text_outbox.send_waiting()


@shared_task
def carry_out_steps() -> int:
    """Carry out the steps that have waited long enough; returns how many."""
    return pending_steps.carry_out_due()


@shared_task
def store_letters() -> int:
    """Make the PDFs that are missing; returns how many."""
    return letter_pdfs.store_missing()


@shared_task
def sweep_files() -> int:
    """Delete files marked as removed, and files that no row refers to; returns how many of both."""
    return files.sweep_files() + files.sweep_lost(now=timezone.now())


@shared_task
def make_exports() -> int:
    """Make waiting exports, for a turn; returns how many."""
    return sum(within_turn(iter(builder.make_next, False)))


@shared_task
def drop_old_exports() -> int:
    """Remove the files of expired exports; returns how many."""
    return builder.drop_old()

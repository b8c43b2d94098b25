"""Doors for the worker."""

from celery import shared_task

from casework import files, letters, outbox


@shared_task
def send_outbox() -> int:
    """Send until nothing waits; tells how many mails were dealt with."""
    dealt_with = 0
    while outbox.send_next():
        dealt_with += 1
    return dealt_with


@shared_task
def store_letters() -> int:
    """Make the PDFs that are missing; tells how many."""
    return letters.store_missing()


@shared_task
def sweep_files() -> int:
    """Delete the files that were marked as removed; tells how many."""
    return files.sweep()

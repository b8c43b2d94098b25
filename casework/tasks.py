"""Doors for the worker."""

from celery import shared_task

from casework import files, letters, outbox


@shared_task
def send_outbox() -> int:
    """Make the PDFs that are missing, then send until nothing waits; tells how many mails were tried."""
    letters.store_missing()
    tried = 0
    while outbox.send_next():
        tried += 1
    return tried


@shared_task
def sweep_files() -> int:
    """Delete the files that were marked as removed; tells how many."""
    return files.sweep()

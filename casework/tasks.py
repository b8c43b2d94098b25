"""Doors for the worker."""

import time

from celery import shared_task

from casework import files, letters, outbox
from casework.desk import pending_steps
from casework.exports import making

TURN_SECONDS = 45
"""After so long no other export is begun: the next minute goes on."""


@shared_task
def send_outbox() -> int:
    """Send until nothing waits; tells how many mails were dealt with."""
    dealt_with = 0
    while outbox.send_next():
        dealt_with += 1
    return dealt_with


@shared_task
def carry_out_steps() -> int:
    """Carry out the steps that have waited long enough; tells how many."""
    return pending_steps.carry_out_due()


@shared_task
def store_letters() -> int:
    """Make the PDFs that are missing; tells how many."""
    return letters.store_missing()


@shared_task
def sweep_files() -> int:
    """Delete the files that were marked as removed; tells how many."""
    return files.sweep()


@shared_task
def make_exports() -> int:
    """Make the exports that wait, for a turn; tells how many. Mails wait for a long one where there is one worker."""
    end, made = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < end and making.make_next():
        made += 1
    return made


@shared_task
def drop_old_exports() -> int:
    """Remove the files of exports whose last day has passed; tells how many."""
    return making.drop_old()

"""Refuses a PDF that does something by itself: at the desk it would do so with the rights of a caseworker.

What is asked is the file as a reader reads it (qpdf): objects in compressed streams, names in disguise, a file that is
protected without asking a password. Refused are scripts, forms that send themselves or carry scripts of their own
(XFA), what starts a program or plays, and files within the file. XML within is taken: an e-invoice has its figures so.
"""

import subprocess
import sys
from pathlib import Path

import structlog
from django.utils.translation import gettext as _

from casework.uploads.pdf_inspector import Answer, inspect_pdf
from casework.uploads.refusals import FileRefused

log = structlog.get_logger("loket.files")

INSPECTOR = Path(__file__).with_name("pdf_inspector.py")
SMALL = 100 * 1024
"""Bytes that cannot expand enough to make anybody wait: starting a process for them would take longer."""
PATIENCE_S = 60
"""Also on a busy machine: the inspector ends by itself after a few seconds of the processor."""


def refuse_active(content: bytes, *, name: str) -> None:
    """Raise FileRefused for a PDF that is active, that has a password, or that nobody can read."""
    answer = run_inspector(content)
    if answer == Answer.CALM:
        return
    if answer == Answer.LOCKED:
        raise FileRefused(
            _("“%(name)s” has a password. Save it without password, or print it to PDF, and send that.")
            % {"name": name}
        )
    if answer == Answer.ACTIVE:
        raise FileRefused(
            _(
                "“%(name)s” contains a script, a form that sends itself, or another file. Print it to"
                " PDF (“Save as PDF” where you choose the printer), and send that."
            )
            % {"name": name}
        )
    if answer != Answer.DAMAGED:
        log.warning("pdf_not_inspected", exit=answer, size=len(content))
    raise FileRefused(
        _("“%(name)s” is damaged or not complete. Open it yourself to check, and save or scan it again.")
        % {"name": name}
    )


def run_inspector(content: bytes) -> int:
    """An `Answer` of the inspector; another number where it was stopped."""
    if len(content) <= SMALL:
        return inspect_pdf(content)
    command = [sys.executable, "-I", str(INSPECTOR)]
    try:
        return subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_S, check=False).returncode  # noqa: S603
    except subprocess.TimeoutExpired:
        return -1

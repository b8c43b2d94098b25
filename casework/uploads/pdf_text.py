"""The words of a PDF, as far as it has some: a scan has none. What cannot be read is empty, and never an error."""

import subprocess
import sys
from pathlib import Path

EXTRACTOR = Path(__file__).with_name("pdf_extractor.py")
PATIENCE_S = 10
"""Nobody waits longer for words that only save typing."""


def extract_text(content: bytes) -> str:
    """The words of the first pages."""
    command = [sys.executable, "-I", str(EXTRACTOR)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode(errors="replace")
    return ended.stdout.decode(errors="replace")

"""The program that looks into one PDF, in its own process: `python pdf_inspector.py < FILE`; its exit is its answer.

A file of a few megabytes can unpack to many gigabytes, and the library that reads it lets no other thread run
meanwhile: in the web server one such file would stop everybody. Here it costs only itself: limited seconds, limited
memory.
"""

import io
import os
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from enum import IntEnum
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits


class Answer(IntEnum):
    """What the file is. Any other exit: it asks for more than we give, or broke its reader."""

    CALM = 0
    ACTIVE = 10
    LOCKED = 11
    DAMAGED = 12


MOST_SECONDS, MOST_MEMORY = 5, 1024**3
"""Of the processor, and bytes: an honest file of 20 MB takes a fraction of both."""
UNPACKED = 64 * 1024 * 1024
"""No stream that we unpack becomes larger (bytes): what describes a document of 20 MB stays far below it."""
set_qpdf_limits(flate_max_memory=UNPACKED, run_length_max_memory=UNPACKED, png_max_memory=UNPACKED)

ACTIONS = "JavaScript|Launch|SubmitForm|ImportData|Rendition|Movie|Sound|RichMediaExecute"
ACTIVE = re.compile(rf"/S /(?:{ACTIONS})\b|^/(?:{ACTIONS})$|/XFA |/Subtype /RichMedia\b".encode())
FILES = re.compile(rb"/EF (?:<<(?P<named>[^<>]*)>>|\d)")
REFERENCE = re.compile(rb"(\d+) (\d+) R")
XML = (b"<?xml", b"\xef\xbb\xbf<?xml")


def inspect_pdf(content: bytes) -> Answer:
    """What this file is."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return Answer.ACTIVE if any(is_active_object(part, pdf) for part in pdf.objects) else Answer.CALM
    except pikepdf.PasswordError:
        return Answer.LOCKED
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return Answer.DAMAGED


def is_active_object(part: Any, pdf: pikepdf.Pdf) -> bool:
    """Whether this object of a file is a script, starts something, or names an embedded file that is not plain XML.

    A number or null, as many programs write the length of a page, comes as a Python value and does nothing.
    """
    if not isinstance(part, pikepdf.Object):
        return False
    description = part.stream_dict if isinstance(part, pikepdf.Stream) else part
    words = description.unparse(resolved=True)
    return bool(ACTIVE.search(words)) or not all(is_xml(number, pdf) for number in files_within(words))


def files_within(words: bytes) -> Iterator[tuple[int, int] | None]:
    """The numbers of the streams that are named as files; None for a file that is named in a roundabout way."""
    for found in FILES.finditer(words):
        numbers = REFERENCE.findall(found["named"] or b"")
        yield from ((int(number), int(generation)) for number, generation in numbers)
        if not numbers:
            yield None


def is_xml(number: tuple[int, int] | None, pdf: pikepdf.Pdf) -> bool:
    """Whether a file within the file is plain XML, as of an invoice."""
    stream = pdf.get_object(number) if number else None
    return isinstance(stream, pikepdf.Stream) and stream.read_bytes().startswith(XML)


def limit_process() -> None:
    """Hard limits: exceeding one ends this process. Its priority is lower than that of web requests."""
    os.nice(10)
    limits = {resource.RLIMIT_CPU: MOST_SECONDS, resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_CORE: 0}
    for what, most in limits.items():
        with suppress(ValueError):  # the machine is stricter already, or knows no such limit
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit_process()
    sys.exit(inspect_pdf(sys.stdin.buffer.read()))

"""Refuses a PDF that does something by itself: at the desk it would do so with the rights of a caseworker.

What is asked is the file as a reader reads it (qpdf): objects in compressed streams, names in disguise, a file that is
protected without asking a password. Refused are scripts, forms that send themselves or carry scripts of their own
(XFA), what starts a program or plays, and files within the file. XML within is taken: an e-invoice has its figures so.
"""

import io
import re
from collections.abc import Iterator

import pikepdf
from django.utils.translation import gettext as _
from pikepdf.settings import set_qpdf_limits

from casework.file_checks import FileRefused

UNPACKED = 64 * 1024 * 1024
"""No stream that we unpack becomes larger (bytes): what describes a document of 20 MB stays far below it."""
set_qpdf_limits(flate_max_memory=UNPACKED, run_length_max_memory=UNPACKED, png_max_memory=UNPACKED)

ACTIONS = "JavaScript|Launch|SubmitForm|ImportData|Rendition|Movie|Sound|RichMediaExecute"
ACTIVE = re.compile(rf"/S /(?:{ACTIONS})\b|^/(?:{ACTIONS})$|/XFA |/Subtype /RichMedia\b".encode())
FILES = re.compile(rb"/EF (?:<<(?P<named>[^<>]*)>>|\d)")
REFERENCE = re.compile(rb"(\d+) (\d+) R")
XML = (b"<?xml", b"\xef\xbb\xbf<?xml")


def refuse_active(content: bytes, *, name: str) -> None:
    """Raise FileRefused for a PDF that is active, that has a password, or that nobody can read."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            is_active = any(does_something(part, pdf) for part in pdf.objects)
    except pikepdf.PasswordError as error:
        raise FileRefused(
            _("“%(name)s” has a password. Save it without password, or print it to PDF, and send that.")
            % {"name": name}
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise FileRefused(
            _("“%(name)s” is damaged or not complete. Open it yourself to check, and save or scan it again.")
            % {"name": name}
        ) from error
    if is_active:
        raise FileRefused(
            _(
                "“%(name)s” holds a script, a form that sends itself, or another file. "
                "Print it to PDF (“Save as PDF” where you choose the printer), and send that."
            )
            % {"name": name}
        )


def does_something(part: pikepdf.Object, pdf: pikepdf.Pdf) -> bool:
    """Whether this object of a file is a script, starts something, or names a file within that is no plain XML."""
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

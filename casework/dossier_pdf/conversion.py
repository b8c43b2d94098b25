"""One piece as pages. What cannot be shown safely, or at all, becomes a page that says what it is and why it is apart.

A file of somebody else is never trusted here: it was checked when it came in, and is looked at again in a process of
its own. Its pages are drawn on empty ones, so nothing of it that acts or links comes along.
"""

from dataclasses import dataclass
from io import BytesIO
from tempfile import TemporaryDirectory

import pikepdf
import structlog
import typst
from django.utils.translation import gettext
from PIL import Image

from casework import letter_pdfs
from casework.dossier_pdf.pieces import Piece
from casework.models import Document
from casework.uploads.pdf_checks import run_inspector
from casework.uploads.pdf_inspector import Answer

log = structlog.get_logger("loket.dossier")

MOST_PAGES = 1000
"""Of one file: what is longer goes apart."""
MOST_PIXELS = 60_000_000
"""Of a picture, which is unpacked in memory; a telephone makes some twelve million."""
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}


class Apart(Exception):
    """The file cannot be part of the PDF; the words say why."""


@dataclass(frozen=True)
class Pages:
    """A piece as a PDF; `apart`: why its file goes beside it, empty where it does not."""

    content: bytes
    apart: str = ""


def convert_piece(piece: Piece, *, language: str) -> Pages:
    """A piece as pages, whatever its file is. Raises OSError where the storage is away: another try may do."""
    if piece.letter is not None and (piece.letter.pdf is None or piece.letter.pdf.removed_at is not None):
        return Pages(letter_pdfs.render_letter_pdf(piece.letter))
    document = piece.letter.pdf if piece.letter is not None else piece.document
    if document is None:
        return Pages(letter_pdfs.summary_pdf(title=piece.title, language=language, sections=piece.sections))
    try:
        return Pages(convert_document(document))
    except Apart as apart:
        return describe_apart(piece, document, why=str(apart), language=language)


def describe_apart(piece: Piece, document: Document, *, why: str, language: str) -> Pages:
    """A page in place of a file."""
    rows = [(gettext("File"), document.name), (gettext("Type"), document.content_type), (gettext("Why"), why)]
    sections = [(gettext("This piece goes separately"), rows)]
    return Pages(letter_pdfs.summary_pdf(title=piece.title, language=language, sections=sections), apart=why)


def convert_document(document: Document) -> bytes:
    """A file as a PDF that can be read; raises Apart."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise Apart(gettext("The file is not in the storage any more.")) from None
    if document.content_type == "application/pdf":
        return flatten_pdf(content)
    if document.content_type in PICTURES:
        return convert_picture(content, suffix=PICTURES[document.content_type])
    raise Apart(gettext("A file of this type cannot become a page."))


def flatten_pdf(content: bytes) -> bytes:
    """With what was filled in as part of the page; raises Apart for one that is locked, damaged, active or too long."""
    answer = run_inspector(content)
    if answer == Answer.LOCKED:
        raise Apart(gettext("The file has a password."))
    if answer != Answer.CALM:
        raise Apart(gettext("The file is damaged, too large to unpack, or does something by itself."))
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                raise Apart(gettext("The file has no pages, or more than %(most)s.") % {"most": MOST_PAGES})
            pdf.generate_appearance_streams()
            pdf.flatten_annotations()
            flat = BytesIO()
            pdf.save(flat)
            return flat.getvalue()
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        log.warning("dossier_file_apart", error=type(error).__name__, size=len(content))
        raise Apart(gettext("The file is damaged and cannot be read.")) from error


PICTURE = """#set document(title: "-")
#set page(paper: "a4", margin: 1.5cm)
#image("picture.{suffix}", width: 100%, height: 100%, fit: "contain")
"""


def convert_picture(content: bytes, *, suffix: str) -> bytes:
    """A picture on a page of A4; raises Apart for one that is damaged or too large to unpack."""
    if not 0 < count_pixels(content) <= MOST_PIXELS:
        raise Apart(gettext("The picture is damaged, or too large to unpack."))
    with TemporaryDirectory() as folder:
        for name, part in ((f"picture.{suffix}", content), ("page.typ", PICTURE.format(suffix=suffix).encode())):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(part)
        try:
            made = typst.compile(f"{folder}/page.typ", root=folder, format="pdf")
        except typst.TypstError as error:
            log.warning("dossier_file_apart", error=type(error).__name__, size=len(content))
            raise Apart(gettext("The picture is damaged and cannot be shown.")) from error
    return bytes(made)


def count_pixels(content: bytes) -> int:
    """As the picture itself says, without unpacking it; 0 where it does not say."""
    try:
        with Image.open(BytesIO(content)) as picture:
            return picture.width * picture.height
    except (OSError, ValueError, Image.DecompressionBombError):
        return 0

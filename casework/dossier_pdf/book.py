"""The pieces put together: an inventory in front, and on each page the number of its piece and of the page."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.utils.formats import date_format
from django.utils.translation import gettext
from pikepdf import OutlineItem, Page, Pdf, Rectangle

from casework import clock, letter_pdfs
from casework.dossier_pdf.conversion import convert_piece
from casework.dossier_pdf.pieces import Piece

A4 = (595.28, 841.89)
"""Points."""
STRIP, MARGIN = 30, 14
"""The height of the strip with the numbers, and what is left free around a page."""


@dataclass(frozen=True)
class Entry:
    """A piece in the book, with its pages; `apart`: why its file goes beside it."""

    number: int
    piece: Piece
    first: int
    last: int
    apart: str


@dataclass(frozen=True)
class Cover:
    """What stands in front: names with values. `title` stands above them."""

    title: str
    facts: list[tuple[str, str]]
    footer: str


def write_book(file: BinaryIO, pieces: Iterable[Piece], *, cover: Cover, language: str) -> None:
    """The whole PDF. What is in front is not counted, so that numbers do not move with the length of the inventory."""
    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.new())
        entries = [
            add_piece(book, piece, number=number, opened=opened, language=language)
            for number, piece in enumerate(pieces, start=1)
        ]
        stamp_pages(book, entries, opened=opened)
        front = opened.enter_context(pikepdf.open(BytesIO(make_front(cover, entries, language=language))))
        length = len(front.pages)
        for place, page in enumerate(front.pages):
            book.pages.insert(place, page)
        with book.open_outline() as outline:
            outline.root.append(OutlineItem(gettext("Inventory"), 0))
            outline.root.extend(
                OutlineItem(f"{one.number}. {one.piece.title}", length + one.first - 1) for one in entries
            )
        book.docinfo["/Title"] = cover.title
        book.save(file)


def add_piece(book: Pdf, piece: Piece, *, number: int, opened: ExitStack, language: str) -> Entry:
    """Draw the pages of a piece on empty ones."""
    pages = convert_piece(piece, language=language)
    source = opened.enter_context(pikepdf.open(BytesIO(pages.content)))
    first = len(book.pages) + 1
    for page in source.pages:
        draw_page(book, page)
    return Entry(number, piece, first, len(book.pages), pages.apart)


def draw_page(book: Pdf, page: Page) -> None:
    """A page of whatever size on one of A4, upright or not as it is itself, under the strip."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    is_turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    is_wide = (abs(right - left) > abs(top - bottom)) != is_turned
    width, height = A4[::-1] if is_wide else A4
    book.add_blank_page(page_size=(width, height))
    drawn = book.pages[-1]
    drawn.add_overlay(page, Rectangle(MARGIN, MARGIN, width - MARGIN, height - STRIP))


def stamp_pages(book: Pdf, entries: list[Entry], *, opened: ExitStack) -> None:
    """On top of each page the number of its piece, its page of it, and its page of the whole."""
    said = {
        number: gettext("Piece %(piece)s · page %(page)s of %(pages)s")
        % {"piece": one.number, "page": number - one.first + 1, "pages": one.last - one.first + 1}
        for one in entries
        for number in range(one.first, one.last + 1)
    }
    if not said:
        return
    words = [{"left": said[number], "right": str(number)} for number in sorted(said)]
    widths = [float(page.mediabox[2]) for page in book.pages]
    data = {"strips": [{**one, "width": width} for one, width in zip(words, widths, strict=True)], "height": STRIP}
    strips = opened.enter_context(pikepdf.open(BytesIO(letter_pdfs.compile_plain("strips", data, made_at=clock.now()))))
    for page, strip in zip(book.pages, strips.pages, strict=True):
        _left, _bottom, width, height = (float(side) for side in page.mediabox)
        page.add_overlay(strip, Rectangle(0, height - STRIP, width, height))


def make_front(cover: Cover, entries: list[Entry], *, language: str) -> bytes:
    """The cover and the inventory."""
    rows = [
        [
            str(one.number),
            date_format(one.piece.day, "j N Y"),
            one.piece.title + (f" ({gettext('goes separately')}: {one.apart})" if one.apart else ""),
            str(one.first) if one.first == one.last else f"{one.first}–{one.last}",
        ]
        for one in entries
    ]
    data = {
        **letter_pdfs.build_sheet(cover.title, language, footer=cover.footer),
        "facts": cover.facts,
        "heading": gettext("Inventory"),
        "head": [gettext("No."), gettext("Date"), gettext("Description"), gettext("Pages")],
        "rows": rows,
    }
    return letter_pdfs.compile_plain("dossier", data, made_at=clock.now())

"""The whole letter as blocks: the texts of a report, filled in with its numbers, in the order of the chapters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from reporting.letter import block_parser, template_language, wording
from reporting.letter.blocks import (
    Block,
    Document,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    Problem,
    Signature,
    flatten_line,
)
from reporting.letter.chapters import CHAPTERS, OWN_TEXTS, Chapter
from reporting.letter.tables import Maker
from reporting.letter.template_language import BadText
from reporting.letter.values import build_letter_values
from reporting.period import Period

CONCEPT = "CONCEPT"
FIGURES_ANNEX = "Bijlage: de cijfers bij de figuren"


@dataclass(frozen=True)
class Draft:
    """What a letter needs besides its numbers and texts."""

    period: Period
    title: str
    letter_on: date
    signed_by: str
    number: int | None = None
    """The letter's number in the series; None to leave it out."""


@dataclass(frozen=True)
class Source:
    """A letter's numbers and texts. `texts`: those that differ from the standard words; all of them if frozen."""

    draft: Draft
    numbers: Mapping[str, Any]
    texts: Mapping[str, str]
    frozen: bool = False

    def words(self, chapter: Chapter) -> str:
        """The template of a chapter; in a frozen letter its final words, with nothing left to fill in."""
        return self.texts.get(chapter.slug, "" if self.frozen else chapter.standard)

    def values(self) -> dict[str, Any]:
        """Everything that the templates can name."""
        draft = self.draft
        known = {
            **build_letter_values(self.numbers),
            "letter_on": wording.format_day(draft.letter_on),
            "signed_by": draft.signed_by,
            "ordinal": wording.format_ordinal(draft.number) if draft.number else "",
        }
        own = {one.name: _fill_text(self.words(one), known) for one in OWN_TEXTS}
        return {**known, "own": {name: "" if isinstance(text, BadText) else text for name, text in own.items()}}

    def open_texts(self) -> list[Chapter]:
        """The texts that only an editor can give, and that nobody has filled in or emptied yet."""
        return [] if self.frozen else [one for one in OWN_TEXTS if one.slug not in self.texts]


def compose_letter(source: Source) -> Document:
    """Every block of the letter."""
    filled = fill_chapters(source)
    maker = Maker(source.numbers, list_figures_used(source))
    blocks = [block for chapter in CHAPTERS for block in chapter_blocks(chapter, filled[chapter.slug], source, maker)]
    blocks += [
        Problem(f"{one.title}: {filled[one.slug]}") for one in OWN_TEXTS if isinstance(filled[one.slug], BadText)
    ]
    open_texts = [one.title for one in source.open_texts()]
    return Document(
        source.draft.title, [*blocks, *build_annex(blocks)], concept=not source.frozen, open_texts=open_texts
    )


def one_chapter(chapter: Chapter, body: str, source: Source) -> list[Block]:
    """One chapter with other words, as a preview for its editor; raises BadText."""
    words = template_language.fill_template(body, source.values())
    return chapter_blocks(chapter, words, source, Maker(source.numbers, list_figures_used(source)))


def fill_chapters(source: Source) -> dict[str, str | BadText]:
    """The words of every chapter with the numbers filled in; a BadText for one that cannot be filled in."""
    if source.frozen:
        return {chapter.slug: source.words(chapter) for chapter in (*CHAPTERS, *OWN_TEXTS)}
    known = source.values()
    return {chapter.slug: _fill_text(source.words(chapter), known) for chapter in (*CHAPTERS, *OWN_TEXTS)}


def _fill_text(text: str, known: Mapping[str, Any]) -> str | BadText:
    try:
        return template_language.fill_template(text, known)
    except BadText as error:
        return error


def list_figures_used(source: Source) -> list[str]:
    """The ids of the figures that the letter mentions, which the annex explains."""
    if source.frozen:
        return list(source.numbers["used"])
    found: set[str] = set()
    for chapter in (*CHAPTERS, *OWN_TEXTS):
        try:
            found |= template_language.find_figures(source.words(chapter))
        except BadText:
            continue
        found |= {name for _what, name in block_parser.find_placed_pictures(source.words(chapter))}
    return sorted(name for name in found if name.startswith("R"))


def chapter_blocks(chapter: Chapter, filled: str | BadText, source: Source, maker: Maker) -> list[Block]:
    """The blocks of a chapter; addressee and signature are not running text."""
    if isinstance(filled, BadText):
        return [Problem(_("%(chapter)s: %(reason)s") % {"chapter": chapter.title, "reason": filled})]
    if chapter.slug == "addressee":
        return [make_letterhead(split_plain_lines(filled), source.draft)]
    if chapter.slug == "signature":
        return [Signature(split_plain_lines(filled))]
    return list(drop_empty_paragraphs(block_parser.read_blocks(filled, make=maker, new_page=chapter.annex)))


def drop_empty_paragraphs(blocks: list[Block]) -> Iterator[Block]:
    """Leaves out paragraphs that a condition left empty."""
    return (block for block in blocks if not (isinstance(block, Paragraph) and not flatten_line(block.parts).strip()))


def split_plain_lines(filled: str) -> list[str]:
    """The lines of a text that is not running text, without its markup."""
    blocks = block_parser.read_blocks(filled, make=lambda _what, _name: None)
    return [flatten_line(block.parts).strip() for block in blocks if isinstance(block, Paragraph)]


def make_letterhead(addressee: list[str], draft: Draft) -> Letterhead:
    """The top of the letter."""
    facts = [
        ("Datum", wording.format_day(draft.letter_on)),
        ("Periode", wording.format_period(draft.period.first, draft.period.last)),
    ]
    return Letterhead(draft.title, addressee, [*facts, ("Betreft", draft.title)])


def build_annex(blocks: list[Block]) -> list[Block]:
    """An annex with the tables of the charts, so that every number in a chart can also be read."""
    figures = [block for block in blocks if isinstance(block, Figure)]
    return [Heading(1, FIGURES_ANNEX, new_page=True), *(one.table for one in figures)] if figures else []

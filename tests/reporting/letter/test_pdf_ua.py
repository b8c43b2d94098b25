"""The PDF of the letter as PDF/UA-1 (ISO 14289-1) wants it, as far as the file itself can show."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest

from reporting.letter import lifecycle, pdf
from reporting.letter.blocks import Document, Table
from tests.reporting.letter import history

pytestmark = pytest.mark.django_db
MOMENT = datetime(2025, 9, 29, tzinfo=UTC)
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI", "INLINE IMAGE"}
"""The operators that put something on the page."""


@pytest.fixture
def read() -> pikepdf.Pdf:
    history.happen()
    return history.pdf_pages(pdf.render_pdf(lifecycle.prepare_standard(history.TWO_MONTHS).document, made_at=MOMENT))


def elements(node: Any) -> list[pikepdf.Dictionary]:
    """Every element of the tags, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [found for one in node for found in elements(one)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [node, *elements(node.get("/K", pikepdf.Array()))]


def tagged(read: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    """The elements of these kinds."""
    return [one for one in elements(read.Root.StructTreeRoot.K) if str(one.S) in kinds]


def attributes(element: pikepdf.Dictionary) -> dict[str, Any]:
    """What an element says of itself."""
    given = element.get("/A", pikepdf.Array())
    groups = given if isinstance(given, pikepdf.Array) else [given]
    return {name: value for group in groups for name, value in group.items()}


# --- The document -----------------------------------------------------------------------------------------


def test_it_says_that_it_is_pdf_ua(read: pikepdf.Pdf):
    with read.open_metadata() as named:
        assert named["pdfuaid:part"] == "1"


def test_its_title_and_language_are_known(read: pikepdf.Pdf):
    with read.open_metadata() as named:
        assert named["dc:title"] == lifecycle.title_of(history.TWO_MONTHS)

    assert read.Root.ViewerPreferences.DisplayDocTitle
    assert str(read.Root.Lang) == "nl-NL"


def test_it_is_tagged_without_doubt(read: pikepdf.Pdf):
    assert read.Root.MarkInfo.Marked
    assert not read.Root.MarkInfo.get("/Suspects", False)
    assert tagged(read, "/Document")


def test_nothing_in_it_runs(read: pikepdf.Pdf):
    kinds = {str(one.get("/S")) for one in read.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one}

    assert not kinds & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(read.Root.keys())
    assert not read.is_encrypted


# --- The tags ---------------------------------------------------------------------------------------------


def test_headings_go_down_one_level_at_a_time(read: pikepdf.Pdf):
    levels = [int(str(one.S)[2:]) for one in elements(read.Root.StructTreeRoot.K) if re.match(r"/H\d$", str(one.S))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert 3 in levels


def test_each_table_has_a_head_whose_cells_say_what_they_head(read: pikepdf.Pdf):
    tables = tagged(read, "/Table")

    assert len(tables) >= 3
    for table in tables:
        heads = [one for one in elements(table) if one.S == "/TH"]
        assert len(heads) >= 2
        assert {str(attributes(head)["/Scope"]) for head in heads} == {"/Column"}


def test_each_cell_knows_its_head(read: pikepdf.Pdf):
    heads = {str(one.ID) for one in tagged(read, "/TH")}

    for cell in tagged(read, "/TD"):
        named = {str(head) for head in attributes(cell).get("/Headers", [])}
        assert named
        assert named <= heads


def test_each_row_is_as_long_as_the_others(read: pikepdf.Pdf):
    for table in tagged(read, "/Table"):
        rows = [one for one in elements(table) if one.S == "/TR"]
        assert len({sum(cell.S in ("/TH", "/TD") for cell in elements(row)) for row in rows}) == 1


def test_each_chart_has_words(read: pikepdf.Pdf):
    words = [str(one.Alt) for one in tagged(read, "/Figure")]

    assert [alternative.partition(":")[0] for alternative in words] == ["Figuur 1", "Figuur 2"]
    assert all(len(alternative) > 80 for alternative in words)


def test_lists_are_lists_and_the_footnote_is_a_note(read: pikepdf.Pdf):
    items = tagged(read, "/LI")

    assert len(items) > 5
    assert all({"/Lbl", "/LBody"} <= {str(one.S) for one in elements(item)} for item in items)
    assert [len(str(note.ID)) > 0 for note in tagged(read, "/Note")] == [True]


def test_each_kind_of_tag_is_a_standard_one_or_stands_for_one(read: pikepdf.Pdf):
    standard = "Document Part Div P H1 H2 H3 H4 L LI Lbl LBody Table THead TBody TR TH TD Caption Figure Note Link Span"
    roles = read.Root.StructTreeRoot.get("/RoleMap", pikepdf.Dictionary())

    used = {str(one.S) for one in elements(read.Root.StructTreeRoot.K)}
    assert {str(roles.get(kind, kind)).lstrip("/") for kind in used} <= set(standard.split())


# --- The pages --------------------------------------------------------------------------------------------


def test_one_tabs_through_a_page_in_the_order_of_the_tags(read: pikepdf.Pdf):
    assert {str(page.get("/Tabs")) for page in read.pages} == {"/S"}
    assert all("/StructParents" in page for page in read.pages)


def test_links_are_tagged_and_say_where_they_lead(read: pikepdf.Pdf):
    links = [link for page in read.pages for link in page.get("/Annots", [])]

    assert links
    assert all("/StructParent" in link and str(link.Contents) for link in links)
    assert len(tagged(read, "/Link")) == len(links)


def test_every_font_is_in_the_file_with_its_letters(read: pikepdf.Pdf):
    fonts = [font for page in read.pages for font in page.Resources.Font.values()]

    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.BaseFont
        assert "/ToUnicode" in font, font.BaseFont


def painted(page: pikepdf.Page) -> Iterator[str | int]:
    """For whatever is painted: the number of its tag, 'artifact' for what only adorns, 'nothing' for neither."""
    within: list[str | int] = []
    for one in pikepdf.parse_content_stream(page):
        operator = str(one.operator)
        if operator in ("BDC", "BMC"):
            within.append(mark(one.operands))
        elif operator == "EMC":
            within.pop()
        elif operator in PAINTS:
            yield next((found for found in reversed(within) if found != "nothing"), "nothing")


def mark(operands: Any) -> str | int:
    """What a piece of a page says that it is."""
    if str(operands[0]) == "/Artifact":
        return "artifact"
    named: Any = operands[1] if len(operands) > 1 else None
    return int(named.MCID) if isinstance(named, pikepdf.Dictionary) and "/MCID" in named else "nothing"


def test_whatever_is_painted_is_tagged_or_adorns(read: pikepdf.Pdf):
    for page in read.pages:
        found = set(painted(page))
        assert "nothing" not in found
        assert "artifact" in found  # the line above the number of the page
        assert len(found) > 2


def test_each_tag_of_a_page_is_in_the_tree(read: pikepdf.Pdf):
    told: dict[Any, set[int]] = {}
    for element in elements(read.Root.StructTreeRoot.K):
        for number, page in content_of(element):
            told.setdefault(page, set()).add(number)

    for page in read.pages:
        assert {found for found in painted(page) if isinstance(found, int)} <= told[page.obj.objgen]


def content_of(element: pikepdf.Dictionary) -> Iterator[tuple[int, Any]]:
    """The pieces of pages that an element holds itself."""
    own: Any = element.get("/K", pikepdf.Array())
    one: Any
    for one in own if isinstance(own, pikepdf.Array) else [own]:
        if isinstance(one, int):
            yield one, element.Pg.objgen
        elif isinstance(one, pikepdf.Dictionary) and "/MCID" in one:
            yield int(one.MCID), (one.Pg if "/Pg" in one else element.Pg).objgen


# --- Making it ---------------------------------------------------------------------------------------------


def test_the_same_letter_gives_the_same_bytes():
    history.happen()
    document = lifecycle.prepare_standard(history.TWO_MONTHS).document

    assert pdf.render_pdf(document, made_at=MOMENT) == pdf.render_pdf(document, made_at=MOMENT)


def test_a_sign_that_our_letters_lack_still_gives_a_pdf():
    history.happen()
    draft = history.letter(lifecycle.build_standard_source(history.TWO_MONTHS).numbers, salutation="Geachte 王先生 ,")

    assert pdf.render_pdf(draft, made_at=MOMENT).startswith(b"%PDF")


def test_a_table_of_more_than_two_years_of_weeks_fits_on_one_page():
    weeks = [(f"week van {1 + week % 28} september 2026", str(week)) for week in range(126)]
    table = Table("figuur", "De aantallen van figuur 1", ("Week", "Aantal"), weeks, frozenset({1}))

    made = pdf.render_pdf(Document("Rapportage", [table], concept=True), made_at=MOMENT)
    assert len(history.pdf_pages(made).pages) == 1

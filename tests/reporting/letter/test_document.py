"""The whole letter: in the ministry's order, with the numbers of the report, in every format."""

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from docx.api import Document as OpenedDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook

from reporting import comparison
from reporting.letter import docx, files, html, lifecycle
from reporting.letter.blocks import Document, Figure, Heading, Letterhead, Signature, Table
from reporting.letter.chapters import BY_SLUG
from reporting.report import compute_report
from tests.looping import each
from tests.reporting.letter import history
from tests.reporting.letter.history import TWO_MONTHS
from tests.reporting.letter.read_back import docx_words, pdf_words

pytestmark = pytest.mark.django_db
MOMENT = datetime(2025, 9, 29, tzinfo=UTC)
MINISTRY = [
    "Algemene update ZE-zones",
    "Data voor monitoring",
    "Naleving en ondersteuning van ondernemers",
    "Aangeleverde gegevens door gemeenten",
    "Signalen van branche- en belangenorganisaties",
    "Cijfers Centraal Loket",
    "Overzicht totaal aantallen ontheffingen",
    "Landelijke ontheffingen",
    "Bezwaren en beroep tegen beslissingen over ontheffingen",
    "Lokale ontheffingen",
    "Dagontheffingen",
    "Conclusie en vervolgstappen voor de volgende analyse",
]
"""The chapters of the letter of 29 September 2025 that need nothing from others, in its order."""


@pytest.fixture
def made() -> files.LetterFiles:
    history.happen()
    return lifecycle.prepare_standard(TWO_MONTHS)


@pytest.fixture
def document(made: files.LetterFiles) -> Document:
    return made.document


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


# --- Structure ------------------------------------------------------------------------------------------


def test_the_chapters_stand_in_the_order_of_the_ministry(document: Document):
    assert [text for text in headings(document) if text in MINISTRY] == MINISTRY
    assert isinstance(document.blocks[0], Letterhead)
    assert document.problems == []


def test_after_the_signature_come_the_annexes(document: Document):
    signed = next(place for place, block in enumerate(document.blocks) if isinstance(block, Signature))
    after = [block for block in document.blocks[signed:] if isinstance(block, Heading)]

    assert all(heading.new_page and heading.text.startswith("Bijlage") for heading in after)
    assert [heading.text for heading in after][-2:] == [
        "Bijlage: hoe de cijfers zijn geteld",
        "Bijlage: de cijfers bij de figuren",
    ]


def test_every_figure_that_is_told_of_is_defined(document: Document):
    definitions = next(block for block in document.blocks if isinstance(block, Table) and block.name == "definities")
    defined = {row[0][:3] for row in definitions.rows}

    assert {"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R09"} <= defined
    assert all(all(row) for row in definitions.rows)


def test_each_number_of_a_chart_stands_in_a_table(document: Document):
    weeks, months = document.figures

    assert [row[1] for row in weeks.table.rows if row[1] != "0"] == ["1", "1", "1", "2"]
    assert [row for row in months.table.rows if row[1:] != ["0", "0"]] == [
        ["mei 2025", "1", "0"],
        ["juli 2025", "1", "1"],
    ]
    assert list(document.blocks[-2:]) == [weeks.table, months.table]


def test_without_returns_it_says_so_and_counts_nothing_as_zero(document: Document):
    words = html.render_html(document.blocks)

    assert "heeft gegevens over juni en juli 2025 gedeeld" in words
    assert "geen aantallen passages" in words


# --- The contradictions of the letter of 29 September 2025 ----------------------------------------------


def words_of(document: Document) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.render_html(document.blocks)))


def test_applied_for_is_not_called_handled_and_what_is_open_is_told(document: Document):
    words = words_of(document)

    assert "afgehandelde aanvragen" not in words
    assert "Van 1 juli 2024 tot en met 31 juli 2025 zijn in totaal 4 landelijke ontheffingen aangevraagd." in words
    assert "Op die dag was nog 1 aanvraag in behandeling (25%)" in words


def test_no_period_begins_before_the_desk_opened(document: Document):
    assert "juni 2024" not in words_of(document)


def test_day_exemptions_say_that_only_granted_ones_count(document: Document):
    assert "Bij dagontheffingen worden alleen de toegekende ontheffingen geteld" in words_of(document)


def test_as_many_reasons_as_percentages():
    template = BY_SLUG["national"].standard
    named = set(re.findall(r"total\.R03\.(\w+)\|part", template)) - {"other"}

    assert named == set(history.known()["total"]["R03"]) - {"all", "rows"}


# --- The numbers, read back -----------------------------------------------------------------------------


def sentences() -> list[str]:
    """What the letter has to say of this history, from the computed report and not from the letter's own code."""
    report = compute_report(TWO_MONTHS)
    counts = {name: {row.key: row for row in found.rows} for name, found in report.figures.items()}
    return [
        f"zijn {counts['R01']['national'].count} landelijke ontheffingen aangevraagd",
        f"is {counts['R01']['local'].count} lokale ontheffing aangevraagd",
        f"zijn {counts['R01']['day'].count} dagontheffingen toegekend",
        f"Voor bestelauto’s is dat er {counts['R07']['van'].count},",
        f"Voor vrachtauto’s is dat er {counts['R07']['truck'].count},",
        "landelijke ontheffingen: 4;",
        "lokale (gemeentelijke) ontheffingen: 1;",
        "dagontheffingen: 3.",
        "2 meer dan in april en mei 2025 (toen 1)",
        "was 50% (2) op 31 juli 2025 toegekend",
    ]


@pytest.fixture
def page_of_pdf(made: files.LetterFiles, tmp_path) -> str:
    return pdf_words(files.make_file("pdf", made))


def test_the_pdf_says_what_the_report_counts(page_of_pdf: str):
    for sentence in sentences():
        assert sentence in page_of_pdf


def test_the_docx_says_the_same(made: files.LetterFiles):
    words = docx_words(files.make_file("docx", made))

    for sentence in sentences():
        assert sentence in words


@pytest.mark.parametrize(("name", "report"), [("xlsx", "current"), ("total.xlsx", "cumulative")])
def test_the_workbooks_hold_the_same_numbers(made: files.LetterFiles, name: str, report: str):
    book = load_workbook(io.BytesIO(files.make_file(name, made)))

    for figure, computed in getattr(made.reports, report).figures.items():
        assert [cell.value for cell in book[figure]["C"][1:]] == [row.count for row in computed.rows]


# --- The DOCX as a word processor wants it --------------------------------------------------------------


@pytest.fixture
def content(document: Document) -> bytes:
    return docx.render_docx(document, made_at=MOMENT)


def test_it_has_real_styles_and_a_language(content: bytes, document: Document):
    read: Any = OpenedDocument(io.BytesIO(content))
    used = {line.style.name for line in read.paragraphs}

    assert {"Title", "Heading 1", "Heading 2", "Normal", "List Bullet", "Caption"} <= used
    assert [line.text for line in read.paragraphs if line.style.name.startswith("Heading")] == headings(document)
    assert (read.core_properties.title, read.core_properties.language) == (document.title, "nl-NL")
    assert 'w:val="nl-NL"' in zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml").decode()


def test_its_tables_have_a_header_row_that_comes_back(content: bytes):
    read: Any = OpenedDocument(io.BytesIO(content))

    assert len(read.tables) >= 3
    for table in read.tables:
        assert table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_its_charts_have_words(content: bytes):
    pictures = history.docx_element(content, "wp:docPr")

    assert len(pictures) == 2
    assert all(len(picture.get("descr")) > 40 for picture in pictures)


def test_its_footnote_is_a_footnote(content: bytes):
    notes = zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml").decode()

    assert "Kamerstuk 36 600 XII, nr. 82." in notes
    assert [one.get(qn("w:id")) for one in history.docx_element(content, "w:footnoteReference")] == ["1"]


def test_each_numbered_list_begins_at_one():
    history.happen()
    words = "1. een\n2. twee\n\nTekst.\n\n1. een\n2. twee"
    draft = history.letter(lifecycle.build_standard_source(TWO_MONTHS).numbers, zones=words)
    numbered = history.docx_element(docx.render_docx(draft, made_at=MOMENT), "w:numId")

    assert [[one.get(qn("w:val")) for one in numbered].count(number) for number in list_numbers(numbered)] == [2, 2, 3]


def list_numbers(numbered: list[Any]) -> list[str]:
    """The numberings in the order in which they come."""
    return list(dict.fromkeys(one.get(qn("w:val")) for one in numbered))


# --- A draft says so ------------------------------------------------------------------------------------


@each("name", list(files.FORMATS))
def test_every_file_of_a_draft_says_concept(made: files.LetterFiles, name: str):
    content = files.make_file(name, made)

    if name.endswith("xlsx"):
        assert "CONCEPT" in load_workbook(io.BytesIO(content)).worksheets[0]["A1"].value
    elif name == "pdf":
        assert "CONCEPT" in pdf_words(content)
    elif name == "docx":
        assert "CONCEPT" in zipfile.ZipFile(io.BytesIO(content)).read("word/header1.xml").decode()
    else:
        assert b"CONCEPT" in content[:60]


def test_a_letter_over_everything_has_no_second_set_of_numbers():
    everything = lifecycle.prepare_standard(comparison.since_opening(TWO_MONTHS))

    assert not [name for name in files.list_formats(everything.reports) if name.startswith("total.")]
    assert "er is geen eerdere periode" not in words_of(everything.document)


# --- Words of an editor ---------------------------------------------------------------------------------


def test_an_editor_who_breaks_a_text_gets_a_sentence_in_its_place():
    document = history.letter(lifecycle.build_standard_source(TWO_MONTHS).numbers, zones="{% include 'x' %}")

    assert len(document.problems) == 1
    assert [text for text in headings(document) if text in MINISTRY] == MINISTRY[1:]


def test_an_emptied_text_is_left_out():
    document = history.letter(lifecycle.build_standard_source(TWO_MONTHS).numbers, zones="")

    assert "Algemene update ZE-zones" not in headings(document)
    assert document.problems == []


def test_markup_and_html_of_an_editor_stay_harmless():
    document = history.letter(
        lifecycle.build_standard_source(TWO_MONTHS).numbers, zones="<script>alert(1)</script> **vet** ^[noot <b>]"
    )
    page = html.render_html(document.blocks)

    assert "<script>" not in page
    assert "<strong>vet</strong>" in page
    assert "noot &lt;b&gt;" in page


def test_a_chart_that_does_not_exist_is_a_problem():
    document = history.letter(lifecycle.build_standard_source(TWO_MONTHS).numbers, zones="[figuur R99]")

    assert len(document.problems) == 1
    assert not [block for block in document.blocks if isinstance(block, Figure) and block.name == "R99"]

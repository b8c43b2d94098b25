"""Words that people typed, or handed in, do nothing in any file of the letter: they stay words."""

import csv
import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from casework.spreadsheets.cells import STARTS_FORMULA
from reporting.letter import files, lifecycle
from reporting.models import BranchSignal, MailTopic, ReportToParliament, SiteMonth, SiteMonthVersion
from tests.reporting.cases import moment
from tests.reporting.letter import history
from tests.reporting.letter.doors import address, edit
from tests.reporting.letter.read_back import docx_words, pdf_words
from tests.reporting.test_handed_in import UTRECHT, handed_in

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("https://kwaad.example","klik")'
TYPST = '#image("/etc/passwd") #panic("x") $x^2$ @bron <label> `code`'
XML = '</w:t></w:r><w:p><w:r><w:t>ingevoegd & "wel"'
TEMPLATE = "{{ R01.national }} {% include 'x' %} [tabel R10] **vet** ^[noot]"
ACTIVE = {"hyperlink", "altChunk", "object"}
"""The elements of a DOCX that lead elsewhere, or do something."""
HIDDEN = "\x1f"
"""What Word makes of its soft hyphen when one copies from it; XML has no such sign."""
HOSTILE = (FORMULA, TYPST, XML, TEMPLATE)
BLOCK = f"Tekst van een redacteur.\n\n{FORMULA}\n\n{TYPST}\n\n{XML}"
"""An editor's own words: a name between braces is theirs to use, so it is not among them."""


@pytest.fixture
def report(reporter: User) -> ReportToParliament:
    """A letter in which every place where people's words come has hostile ones."""
    history.happen()
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=1, context=" ".join(HOSTILE))
    for words in HOSTILE:
        BranchSignal.objects.create(
            organisation=words,
            topic=words,
            text=words,
            first=date(2025, 6, 1),
            last=date(2025, 7, 31),
            noted_at=moment("2025-07-01"),
        )
    month = SiteMonth.objects.create(month=date(2025, 6, 1))
    version = SiteMonthVersion.objects.create(
        site_month=month, number=1, delivered_at=moment("2025-07-01"), mails=9, source=FORMULA
    )
    MailTopic.objects.create(version=version, topic=FORMULA, tone="other", count=9)
    begun = history.begun(reporter)
    begun.write(by=reporter, block="zones", body=BLOCK, seen="")
    return begun


def content(report: ReportToParliament, name: str) -> bytes:
    return files.make_file(name, lifecycle.prepare_files(report))


def squeezed(words: str) -> str:
    """Without spaces: a PDF puts them where a line ends."""
    return re.sub(r"\s+", "", words.replace("\N{SOFT HYPHEN}", ""))


def test_the_letter_itself_is_whole(report: ReportToParliament):
    document = lifecycle.prepare_files(report).document

    assert document.problems == []
    assert not [block for block in document.blocks if getattr(block, "name", "") == "R10"]


def test_in_the_pdf_they_are_words(report: ReportToParliament):
    pdf = content(report, "pdf")
    words = squeezed(pdf_words(pdf)).replace("’", "'").replace("-", "")

    for hostile in (FORMULA, TYPST, XML):
        assert words.count(squeezed(hostile).replace("-", "")) >= 4  # in the text, in the note, and in a signal thrice
    assert squeezed("{{ R01.national }} {% include 'x' %}") in words


def test_the_pdf_leads_nowhere(report: ReportToParliament):
    read = history.pdf_pages(content(report, "pdf"))

    assert not [one for one in read.objects if getattr(one, "keys", None) and "/URI" in one.keys()]  # noqa: SIM118
    assert len([link for page in read.pages for link in page.get("/Annots", [])]) == 2  # our own footnote, to and fro


def test_in_the_docx_they_are_words_and_nothing_leads_out_of_it(report: ReportToParliament):
    docx = content(report, "docx")
    words = docx_words(docx)
    book = zipfile.ZipFile(io.BytesIO(docx))

    for hostile in (FORMULA, TYPST, XML):
        assert squeezed(words).count(squeezed(hostile)) >= 4
    for name in book.namelist():
        if name.endswith((".xml", ".rels")):
            parts = list(ElementTree.fromstring(book.read(name)).iter())
            assert not [part for part in parts if part.get("TargetMode") == "External"], name
            assert not {part.tag.rpartition("}")[2] for part in parts} & ACTIVE
    assert [name for name in book.namelist() if "vba" in name.lower() or "embed" in name.lower()] == []


@pytest.mark.parametrize("name", ["xlsx", "total.xlsx"])
def test_no_cell_of_a_workbook_is_a_formula(report: ReportToParliament, name: str):
    book = load_workbook(io.BytesIO(content(report, name)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]

    assert FORMULA in [cell.value for cell in book["R21"]["B"]]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize("name", ["csv", "total.csv"])
def test_no_cell_of_a_csv_is_taken_for_a_formula(report: ReportToParliament, name: str):
    rows = list(csv.reader(io.StringIO(content(report, name).decode())))
    cells = [cell for row in rows for cell in row]

    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell.startswith(STARTS_FORMULA)]


def test_the_page_shows_them_as_words(as_reporter, report: ReportToParliament):
    page = as_reporter.get(f"/cijfers/brieven/{report.key}/").content.decode()

    assert "=HYPERLINK(&quot;https://kwaad.example&quot;" in page
    assert "<w:p>" not in page
    assert 'href="https://kwaad.example' not in page


# --- Characters that no file can hold ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "csv", "json"])
def test_a_sign_that_no_file_can_hold_spoils_none(reporter: User, name: str):
    history.happen()
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=1, context=f"Minder {HIDDEN}camera's.")
    report = history.begun(reporter)
    report.write(by=reporter, block="zones", body=f"Zo{HIDDEN}nes.^[No{HIDDEN}ot.]\n\n- Pu{HIDDEN}nt.", seen="")

    assert content(report, name)


def test_the_words_around_it_stay(reporter: User):
    history.happen()
    report = history.begun(reporter)
    report.write(by=reporter, block="zones", body=f"Zo{HIDDEN}nes.", seen="")

    assert "Zones." in docx_words(content(report, "docx"))


def test_what_a_reporter_types_is_kept_without_it(as_reporter: Client, report: ReportToParliament):
    edit(as_reporter, report, f"Zo{HIDDEN}nes.")
    details = {
        **dict(as_reporter.get(address(report, "letter_details")).context["form"].initial),
        "title": f"Br{HIDDEN}ief",
    }
    as_reporter.post(address(report, "letter_details"), details)

    report.refresh_from_db()
    assert (report.words_of("zones"), report.title) == ("Zones.", "Brief")

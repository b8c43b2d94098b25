"""Letters as PDF: accessible, with everything that must be on them, and safe whatever people type."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from types import SimpleNamespace

import pikepdf
import pytest
import segno
from django.db import connection
from django.urls import reverse

from casework import letter_pdfs
from casework.models import CaseKey, Document, Dossier, Letter, Policy
from casework.models.letter import Words
from tests.reporting.letter.read_back import letters_of, page_words

pytestmark = pytest.mark.django_db

ADDRESS = "Bakkerij De Korst\nOudegracht 1\n3511 AA  Utrecht"
REFERENCE = "K7RT-4MWD-9XHC"
CASE = SimpleNamespace(CASE_TYPE="matter", pk=7)
"""All that a letter asks of a case."""


@pytest.fixture
def dossier():
    CaseKey.objects.create(case_type=CASE.CASE_TYPE, case_id=CASE.pk)
    return Dossier.objects.create(number="ZES-2041-000123")


def place(dossier, *, body="Dag.", subject="Besluit", language="nl", reference="", address=ADDRESS):
    words = Words(kind="granted", language=language, subject=subject, body=body)
    return dossier.place_letter(CASE, words, address=address, reference=reference)


def pages_of(content):
    """The words of each page."""
    return [
        page_words(page, {name: letters_of(font) for name, font in page.Resources.Font.items()})
        for page in opened(content).pages
    ]


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def structure(content):
    """The tags of a PDF in reading order, as `["Document", "H1", "P", …]`."""
    with opened(content) as file:
        return list(tags(file.Root.StructTreeRoot.K))


def tags(element):
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S).lstrip("/")
        yield from tags(element.get("/K", pikepdf.Array()))


def links(content):
    with opened(content) as file:
        return {str(note.A.URI) for page in file.pages for note in page.get("/Annots", []) if "/URI" in note.A}


def alternative_texts(element):
    if isinstance(element, pikepdf.Array):
        return [text for child in element for text in alternative_texts(child)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [str(element.Alt)] if "/Alt" in element else []
    return own + alternative_texts(element.get("/K", pikepdf.Array()))


# --- Accessible -----------------------------------------------------------------------------------------


def test_a_letter_is_a_tagged_pdf_of_the_accessible_kind(dossier):
    with opened(letter_pdfs.render_letter_pdf(place(dossier))) as file:
        assert file.Root.MarkInfo.Marked
        assert file.open_metadata()["pdfuaid:part"] == "1"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_letter_tells_its_language_and_title(dossier, language):
    with opened(
        letter_pdfs.render_letter_pdf(place(dossier, subject="Besluit: u krijgt een ontheffing", language=language))
    ) as file:
        assert str(file.Root.Lang).startswith(language)
        assert file.docinfo.Title == "Besluit: u krijgt een ontheffing"
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_headings_and_lists_are_tagged_as_what_they_are(dossier):
    found = structure(
        letter_pdfs.render_letter_pdf(place(dossier, body="Dag.\n\n## Waarom\n\n- een\n- twee\n\n## Wat nu\n\nNiets."))
    )

    assert [tag for tag in found if tag in {"H1", "H2", "L", "LI"}] == ["H1", "H2", "L", "LI", "LI", "H2"]


@pytest.mark.parametrize(
    "body", ["", "##\n\n- \n\nDag.", "- een\n\n  twee\n- drie\n  - vier", "1. een\n2. twee", "# Kop", "**a\nb**"]
)
def test_any_shape_of_text_can_be_printed(dossier, body):
    assert structure(letter_pdfs.render_letter_pdf(place(dossier, body=body)))[0] == "Document"


def test_a_long_letter_has_a_second_page(dossier):
    long_name = "Gebroeders Van der Wal-Öztürk Internationale Koel- en Vriestransporten Noordoost-Nederland B.V. " * 2
    letter = place(dossier, subject=long_name.strip(), address=long_name, body="Een alinea met woorden. " * 400)

    with opened(letter_pdfs.render_letter_pdf(letter)) as file:
        assert len(file.pages) > 1


# --- A decision can be checked ---------------------------------------------------------------------------


def test_a_decision_has_a_qr_code_with_an_alternative_text(dossier, settings):
    made = letter_pdfs.render_letter_pdf(place(dossier, reference=REFERENCE))

    address = settings.SITE_URL + reverse("verify_reference", args=[REFERENCE])
    with opened(made) as file:
        (alternative,) = alternative_texts(file.Root.StructTreeRoot.K)
    assert alternative.endswith(address)
    assert links(made) == {address}


def test_the_qr_code_has_the_dark_squares_of_its_address():
    rows = segno.make("https://loket.example/controle/K7RT-4MWD-9XHC", error="m", mask=letter_pdfs.QR_MASK).matrix

    drawn = letter_pdfs.draw_qr("https://loket.example/controle/K7RT-4MWD-9XHC")

    runs = [[int(number) for number in run] for run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn)]
    dark = {(x + step, y) for x, y, length in runs for step in range(length)}
    assert dark == {(x, y) for y, row in enumerate(rows) for x, square in enumerate(row) if square}
    assert f'width="{len(rows)}" height="{len(rows)}"' in drawn


def test_a_letter_that_is_no_decision_has_no_qr_code(dossier):
    assert "Figure" not in structure(letter_pdfs.render_letter_pdf(place(dossier)))


# --- Words are never code --------------------------------------------------------------------------------

HOSTILE = [
    '#panic("stop")',
    "#pagebreak()",
    '#link("https://evil.example")[klik]',
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    '#eval("1/0")',
    "= Kop",
    '"] #pagebreak() [',
    "$ x $ ` ` // /* @ref <label> \\ ~ --- '",
    "*vet _schuin",
    "https://evil.example/",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_typst_in_somebodys_words_is_only_text(dossier, words):
    plain = structure(letter_pdfs.render_letter_pdf(place(dossier, body="Gewone woorden.", reference=REFERENCE)))
    hostile = place(dossier, body=words, subject=words, address=words, reference=REFERENCE)

    made = letter_pdfs.render_letter_pdf(hostile)

    assert structure(made) == plain
    assert not any("evil" in link for link in links(made))


@pytest.mark.parametrize("words", ["漢字", "مرحبا", "🚚", "\x07", "Ж Ω ł ğ ș ẞ"])
def test_signs_that_our_fonts_lack_do_not_stop_a_letter(dossier, words):
    with opened(letter_pdfs.render_letter_pdf(place(dossier, body=words, address=words))) as file:
        assert len(file.pages) == 1


# --- Making those that are missing --------------------------------------------------------------------------


def test_a_letter_without_pdf_gets_one(dossier):
    letter = place(dossier)

    assert letter_pdfs.store_missing() == 1

    letter.refresh_from_db()
    assert letter.pdf.kind == Document.Kind.LETTER
    assert letter.pdf.content_type == "application/pdf"
    assert letter.pdf.file.open().read().startswith(b"%PDF")


def test_a_second_run_makes_nothing(dossier):
    place(dossier)
    letter_pdfs.store_missing()

    assert letter_pdfs.store_missing() == 0
    assert Document.objects.count() == 1


def test_a_letter_that_fails_does_not_stop_the_others(dossier, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    broken, good = place(dossier), place(Dossier.objects.create(number="ZES-2041-000124"))
    (tmp_path / str(dossier.pk)).touch()  # a file where the dossier's folder should come

    assert letter_pdfs.store_missing() == 1

    assert set(Letter.objects.filter(pdf=None)) == {broken}
    good.refresh_from_db()
    assert good.pdf


def test_a_run_has_an_end(dossier):
    for _number in range(3):
        place(dossier)

    assert [letter_pdfs.store_missing(limit=2), letter_pdfs.store_missing(limit=2)] == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_each_letter_once(dossier):
    for number in range(12):
        place(dossier, subject=f"Brief {number}")
    start = Barrier(2)

    def work(_worker):
        start.wait()
        try:
            return letter_pdfs.store_missing()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        made = list(workers.map(work, range(2)))

    assert sum(made) == 12
    assert Document.objects.count() == 12
    assert not Letter.objects.filter(pdf=None).exists()


# --- What was entered, as PDF ------------------------------------------------------------------------------


def test_a_summary_has_a_heading_for_each_part():
    made = letter_pdfs.summary_pdf(
        title="Uw aanvraag",
        language="nl",
        sections=[
            ("Voertuig", [("Kenteken", "V-123-BC")]),
            ("Waarom", [("Uitleg", "#panic()\n\n= kop"), ("Leeg", "")]),
        ],
    )

    found = structure(made)
    assert [tag for tag in found if tag.startswith("H")] == ["H1", "H2", "H2"]
    with opened(made) as file:
        assert file.open_metadata()["pdfuaid:part"] == "1"
        assert file.docinfo.Title == "Uw aanvraag"


def test_a_summary_without_answers_can_be_made():
    assert letter_pdfs.summary_pdf(title="Leeg", language="en", sections=[("Niets", [])]).startswith(b"%PDF")


# --- Who writes ----------------------------------------------------------------------------------------------


def test_the_sender_is_the_one_of_the_day_of_the_letter(dossier):
    Policy.objects.create(name="sender_name", value="Het Nieuwe Loket", valid_from=date(2030, 1, 1), source="a test")
    before = place(dossier)
    after = place(dossier)
    after.made_known_on = date(2031, 1, 1)

    with opened(letter_pdfs.render_letter_pdf(before)) as old, opened(letter_pdfs.render_letter_pdf(after)) as new:
        assert str(old.docinfo.Author) != "Het Nieuwe Loket"
        assert str(new.docinfo.Author) == "Het Nieuwe Loket"


@pytest.mark.parametrize("reference", ["", REFERENCE])
def test_no_page_begins_between_the_greeting_and_who_signs(dossier, reference):
    sign_off = "Met vriendelijke groet,\n\nnamens het college\n\nOlga Behandelaar, behandelaar\n\nIn mandaat."
    for lines in range(14, 24):
        letter = place(dossier, body="Regel.\n\n" * lines + sign_off, reference=reference)

        pages = pages_of(letter_pdfs.render_letter_pdf(letter))

        [signed] = [page for page in pages if "mandaat" in page]
        assert "vriendelijke groet" in signed
    assert len(pages) == 2

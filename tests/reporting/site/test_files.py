"""Bad files about the site: each gets a sentence, and nothing at all is kept."""

import struct
import tracemalloc

import pytest
from openpyxl import Workbook

from exemptions.filing.uploads import FileRefused
from reporting.models import SiteMonth, SiteUpload
from reporting.site import incoming
from tests.portal.files import PDF, PNG
from tests.reporting.returns.sheets import changed, saved, upload, with_part
from tests.reporting.site.sheets import as_csv, book, headers, mail, month, streamed, xlsx

pytestmark = pytest.mark.django_db

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refused(user, content, name="informatiesite.xlsx"):
    """The sentence; nothing was kept."""
    with pytest.raises(FileRefused) as met:
        incoming.take_in(upload(content, name), by=user)
    assert not SiteUpload.objects.exists()
    assert not SiteMonth.objects.exists()
    (sentence,) = met.value.messages
    return sentence


# --- What is no spreadsheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leeg.xlsx", "“leeg.xlsx” is empty"),
        (b"\n\n", "leeg.csv", "The file is empty"),
        (OLD_OFFICE, "oud.xls", "has a password or is an old Excel file"),
        (OLD_OFFICE, "beveiligd.xlsx", "Save it as .xlsx without password"),
        (PNG, "plaatje.xlsx", "cannot read this file as a spreadsheet"),
        (PDF, "brief.csv", "as a spreadsheet"),
        (b"PK\x03\x04 and then nothing", "half.xlsx", "damaged or not complete"),
        (as_csv(month()).decode("utf-8-sig").encode("utf-16-le"), "a.csv", "cannot read this file as a spreadsheet"),
        (b"\x81\x8d\x8f\x90", "a.csv", "cannot read this file as a spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet(editor, content, name, sentence):
    assert sentence in refused(editor, content, name)


def test_a_macro_file(editor):
    assert "has macros" in refused(editor, with_part(xlsx(month()), "xl/vbaProject.bin", b"program"), "site.xlsm")


def test_an_encrypted_zip_file(editor):
    content = bytearray(xlsx(month()))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, struct.unpack_from("<H", content, at + 8)[0] | 1)

    assert "has a password" in refused(editor, bytes(content))


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet9.xml"])
def test_a_zip_bomb(editor, part):
    content = with_part(xlsx(month()), part, b"0" * (61 * 1024 * 1024))

    assert len(content) < 200_000
    assert "far too large" in refused(editor, content)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"])
def test_a_file_that_is_broken_on_the_inside(editor, part):
    assert "damaged on the inside" in refused(editor, changed(xlsx(month(), mail()), part, b">", b"<"))


# --- What a sheet hides, merges or lacks ----------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [0, 1])
def test_merged_cells_are_named_on_either_sheet(editor, sheet):
    made = book(month(), month(month="2025-05"), mail(), mail(tone="overig"))
    made.worksheets[sheet].merge_cells("B2:B3")

    assert "B2:B3 are merged" in refused(editor, saved(made))


def test_a_hidden_sheet_is_named(editor):
    made = book(month())
    made.create_sheet("Geheim").sheet_state = "hidden"

    assert "hidden sheet: “Geheim”" in refused(editor, saved(made))


@pytest.mark.parametrize("name", ["Maanden", "Mails"])
def test_a_sheet_that_lacks_is_not_taken_for_nothing_handed_in(editor, name):
    made = book(month(), mail())
    del made[name]

    assert f"The sheet “{name}” is missing" in refused(editor, saved(made))


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([*headers(), "Likes"], "do not know the column “Likes” (Maanden!H1)"),
        (headers()[:-1], "columns are missing: Toelichting"),
        ([*headers(), "Maand"], "“Maand” is there twice"),
    ],
)
def test_a_header_that_is_not_ours(editor, names, sentence):
    made = book()
    made["Maanden"].delete_rows(1)
    made["Maanden"].append(names)

    assert sentence in refused(editor, saved(made))


def test_a_csv_file_with_a_column_that_is_not_ours(editor):
    content = as_csv(month()).replace(b"Bron", b"Herkomst")

    assert "do not know the column “Herkomst” (F1)" in refused(editor, content, "a.csv")


@pytest.mark.parametrize("content", [xlsx(), as_csv(), xlsx({"month": "2025-06", "source": "Statistiek"})])
def test_a_template_that_nobody_filled_in(editor, content):
    assert "No row has numbers" in refused(editor, content)


def test_a_workbook_without_anything(editor):
    assert "“Maanden” is missing" in refused(editor, saved(Workbook()))


def test_a_sheet_without_even_a_header(editor):
    made = book(month())
    made["Mails"].delete_rows(1)

    assert "The sheet “Mails” is empty" in refused(editor, saved(made))


# --- Very long ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_fifty_thousand_rows_are_refused_with_flat_memory(editor, kind):
    rows = [month(), *(mail(topic=f"Onderwerp {number}") for number in range(50_000))]
    content = streamed(*rows) if kind == "xlsx" else as_csv(*rows)
    tracemalloc.start()

    sentence = refused(editor, content)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 5000 rows" in sentence
    assert peak < len(content) * 3 + 20_000_000


def test_a_cell_at_the_very_end_of_a_sheet(editor):
    made = book(month())
    made["Mails"].cell(1_048_576, 4, 12)

    assert "continues below line 100000" in refused(editor, saved(made))


# --- Good ones, in every coat ---------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_in_every_coat(editor, delimiter, encoding):
    rows = month(source="Café"), mail(topic="Één, twee; drie")
    content = as_csv(*rows, delimiter=delimiter, encoding=encoding)

    taken = incoming.take_in(upload(content, "site.csv"), by=editor)

    assert taken.problems == []
    assert (taken.rows[0]["source"], taken.rows[0]["topics"]) == ("Café", [["Één, twee; drie", "complaint", 50]])


def test_the_same_in_both_kinds_of_file(editor):
    rows = month(month="2025-05", context="Andere telling."), month(), mail(), mail(month="mei 2025", count=3)

    taken = [incoming.take_in(upload(content), by=editor) for content in (xlsx(*rows), as_csv(*rows))]

    by_book, by_text = ([incoming.delivery.from_json(kept) for kept in one.rows] for one in taken)
    assert by_book == by_text
    assert [one.problems for one in taken] == [[], []]


def test_a_sheet_that_is_protected_against_typing_can_be_read(editor):
    made = book(month(), mail())
    made["Maanden"].protection.set_password("geheim")

    assert incoming.take_in(upload(saved(made)), by=editor).problems == []

"""Bad files: each gets a sentence, and nothing at all is kept."""

import io
import struct
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from casework.uploads.refusals import FileRefused
from reporting.models import MonthlyReturn, ReturnUpload
from reporting.returns import incoming
from tests.portal.files import PNG
from tests.reporting.returns import sheets
from tests.reporting.returns.sheets import HEADER, as_csv, book, row, saved, upload, with_part, xlsx

pytestmark = pytest.mark.django_db


def refused(user, content, name="opgaven.xlsx"):
    """The sentence; nothing was kept."""
    with pytest.raises(FileRefused) as met:
        incoming.take_in(upload(content, name), by=user)
    assert not ReturnUpload.objects.exists()
    assert not MonthlyReturn.objects.exists()
    (sentence,) = met.value.messages
    return sentence


# --- What is no spreadsheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "The file is empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "has a password or is an old Excel file"),
        (PNG, "cannot read this file as a spreadsheet"),
        (as_csv(row(), encoding="utf-16-le"), "cannot read this file as a spreadsheet"),
        (b"PK\x03\x04 and then nothing", "damaged or not complete"),
        (b"%PDF-1.4\n%%EOF", "as a spreadsheet"),
        (b"\x00\x01\x02\x03", "cannot read this file"),
        (b"\x81\x8d\x8f\x90", "cannot read this file"),
        (b"MZ\x90\x00\x03", "cannot read this file"),
    ],
)
def test_what_is_no_spreadsheet(municipal_reporter, content, sentence):
    assert sentence in refused(municipal_reporter, content)


def test_a_file_that_is_too_large(municipal_reporter, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    assert "larger than 1 MB" in refused(municipal_reporter, b"x" * (1024 * 1024 + 1))


def test_another_office_file(municipal_reporter):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert "not an Excel file" in refused(municipal_reporter, file.getvalue())


@pytest.mark.parametrize("part", ["xl/workbook.bin", "content.xml"])
def test_a_spreadsheet_of_another_kind(municipal_reporter, part):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "x")

    assert "Send it as .xlsx or .csv" in refused(municipal_reporter, file.getvalue(), "opgaven.xlsb")


def test_a_macro_file(municipal_reporter):
    content = with_part(xlsx(row()), "xl/vbaProject.bin", b"program")

    assert "has macros" in refused(municipal_reporter, content, "opgaven.xlsm")


def test_a_macro_file_that_hides_its_program(municipal_reporter):
    content = sheets.changed(
        xlsx(row()), "[Content_Types].xml", b"officedocument.spreadsheetml.sheet.main", b"macroEnabled.main"
    )

    assert "has macros" in refused(municipal_reporter, content)


def test_an_encrypted_zip_file(municipal_reporter):
    content = bytearray(xlsx(row()))
    at = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, struct.unpack_from("<H", content, at + 8)[0] | 1)

    assert "has a password" in refused(municipal_reporter, bytes(content))


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet9.xml"])
def test_a_zip_bomb(municipal_reporter, part):
    content = with_part(xlsx(row()), part, b"0" * (61 * 1024 * 1024))

    assert len(content) < 200_000
    assert "far too large" in refused(municipal_reporter, content)


def test_entities_that_multiply(municipal_reporter):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    content = sheets.changed(xlsx(row()), "xl/worksheets/sheet1.xml", b"<worksheet", bomb + b"]><worksheet")

    assert "far too large" in refused(
        municipal_reporter, sheets.changed(content, "xl/worksheets/sheet1.xml", b"Utrecht", b"&j;")
    )


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_file_that_is_broken_on_the_inside(municipal_reporter, part):
    content = sheets.changed(xlsx(row()), part, b">", b"<")

    assert "damaged on the inside" in refused(municipal_reporter, content)


# --- What a sheet hides, merges or lacks ----------------------------------------------------------------------


def test_merged_cells_are_named(municipal_reporter):
    made = book(row(), row(month="2025-05"))
    made.worksheets[0].merge_cells("D2:D3")

    assert "D2:D3 are merged" in refused(municipal_reporter, saved(made))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named(municipal_reporter, state):
    made = book(row())
    made.create_sheet("Geheim").sheet_state = state

    assert "hidden sheet: “Geheim”" in refused(municipal_reporter, saved(made))


def test_several_sheets_without_our_name(municipal_reporter):
    made = book(row(), title="Januari")
    made.create_sheet("Februari")

    assert "“Opgaven”" in refused(municipal_reporter, saved(made))


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ([*HEADER, "Boetes"], "do not know the column “Boetes” (O1)"),
        ([name for name in HEADER if name != "Waarschuwingsbrieven"], "columns are missing: Waarschuwingsbrieven"),
        ([*HEADER, "Maand"], "“Maand” is there twice"),
    ],
)
def test_a_header_that_is_not_ours(municipal_reporter, header, sentence):
    assert sentence in refused(municipal_reporter, xlsx(row(), header=header))


def test_a_sheet_without_numbers(municipal_reporter):
    empty = ["GM0344", "Utrecht", "2025-06"]

    assert "No row has numbers" in refused(municipal_reporter, xlsx(empty))


def test_a_sheet_without_anything(municipal_reporter):
    assert "The file is empty" in refused(municipal_reporter, saved(Workbook()))


# --- Very long ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_fifty_thousand_rows_are_refused_with_flat_memory(municipal_reporter, kind):
    rows = [row(month="2025-06", context=f"regel {number}") for number in range(50_000)]
    content = streamed(rows) if kind == "xlsx" else as_csv(*rows)
    tracemalloc.start()

    sentence = refused(municipal_reporter, content)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 1000 rows" in sentence
    assert peak < len(content) * 3 + 20_000_000


def streamed(rows):
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Opgaven")
    for line in (HEADER, *rows):
        sheet.append(line)
    return saved(made)


def test_a_cell_at_the_very_end_of_a_sheet(municipal_reporter):
    made = book(row())
    made.worksheets[0].cell(1_048_576, 4, 12)

    assert "continues below line 100000" in refused(municipal_reporter, saved(made))


def test_a_size_that_the_file_makes_up_is_not_believed(municipal_reporter):
    content = sheets.changed(
        xlsx(row()), "xl/worksheets/sheet1.xml", b'<dimension ref="A1:N2"', b'<dimension ref="A1:A1"'
    )

    assert len(incoming.take_in(upload(content), by=municipal_reporter).rows) == 1


# --- Good ones, in every coat ---------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_in_every_coat(municipal_reporter, delimiter, encoding):
    content = as_csv(row(zone_km2="3,25", context="Één camera"), delimiter=delimiter, encoding=encoding)

    taken = incoming.take_in(upload(content, "opgaven.csv"), by=municipal_reporter)

    assert taken.problems == []
    assert (taken.rows[0]["values"]["warnings"], taken.rows[0]["values"]["context"]) == (120, "Één camera")


def test_the_line_that_excel_adds_to_a_csv_file_is_no_header(municipal_reporter):
    content = b"sep=;\r\n" + as_csv(row(warnings="x"), encoding="utf-8")

    assert incoming.take_in(upload(content, "a.csv"), by=municipal_reporter).problems[0]["cell"] == "D3"


def test_a_sheet_that_is_protected_against_typing_can_be_read(municipal_reporter):
    made = book(row())
    made.worksheets[0].protection.set_password("geheim")

    assert incoming.take_in(upload(saved(made)), by=municipal_reporter).problems == []


def test_digits_that_are_text_are_a_number(municipal_reporter):
    taken = incoming.take_in(upload(xlsx(row(warnings="1204"))), by=municipal_reporter)

    assert taken.rows[0]["values"]["warnings"] == 1204


def test_the_same_in_both_kinds_of_file(municipal_reporter):
    xlsx_rows = incoming.take_in(upload(xlsx(row(month="2025-05"), row())), by=municipal_reporter).rows
    csv_rows = incoming.take_in(upload(as_csv(row(month="2025-05"), row()), "a.csv"), by=municipal_reporter).rows

    assert xlsx_rows == csv_rows

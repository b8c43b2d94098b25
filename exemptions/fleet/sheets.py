"""Reads vehicles from a CSV or XLSX file: which columns have the plates and remarks, and what is wrong with a cell."""

from itertools import chain
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casework.spreadsheets import uploaded_file
from casework.spreadsheets.lines import Formula, Line, Lines, filter_filled_lines, name_cell
from casework.uploads.refusals import FileRefused
from exemptions.fleet.paste_parser import LONGEST_TYPED, Entry, make_entry, too_many

PLATE_TITLES = ("kenteken", "kentekens", "kentekennummer", "plate", "number plate", "license plate", "licence plate")
REMARK_TITLES = ("opmerking", "opmerkingen", "bijnaam", "naam", "omschrijving", "remark", "remarks", "nickname", "name")


def read_upload(upload: "UploadedFile[Any]", *, most: int) -> tuple[str, list[Entry]]:
    """The displayed name of the file and every vehicle in it. Raises FileRefused if the file as a whole is unusable."""
    name, lines = uploaded_file.lines_of(upload)
    return name, read_entries(filter_filled_lines(lines), most=most)


def read_entries(lines: Lines, *, most: int) -> list[Entry]:
    """By the titles in the first line; without titles, the first column has the plates and the second the remarks."""
    first = next(lines, None)
    if first is None:
        raise FileRefused(_("The file is empty. Download our example and fill it in."))
    titles = [read_cell_text(cell).strip().lower() for cell in first.cells]
    plate, remark = place_of(titles, PLATE_TITLES), place_of(titles, REMARK_TITLES)
    rows = lines if plate is not None else chain([first], lines)
    columns = (plate, remark) if plate is not None else (0, 1)
    found: list[Entry] = []
    for line in rows:
        found.append(read_entry(line, *columns))
        if len(found) > most:
            raise FileRefused(too_many(most))
    if not found:
        raise FileRefused(_("The file has no plates below its first line. Fill it in, and send it again."))
    return found


def place_of(titles: list[str], known: tuple[str, ...]) -> int | None:
    """The index of the column with one of these titles; None if there is none."""
    return next((place for place, title in enumerate(titles) if title in known), None)


def read_entry(line: Line, plate: int, remark: int | None) -> Entry:
    """One vehicle, or what is wrong with its cells."""
    typed, said = cell_at(line, plate), cell_at(line, remark)
    if is_formula(typed):
        return refuse_formula(line, plate)
    if remark is not None and is_formula(said):
        return refuse_formula(line, remark)
    return make_entry(
        read_cell_text(typed), number=line.number, cell=name_cell(line.number, plate), remark=read_cell_text(said)
    )


def is_formula(cell: object) -> bool:
    """Whether it is a formula, whose value depends on the program that opens it. In a CSV file it is text."""
    return isinstance(cell, Formula) or read_cell_text(cell).startswith("=")


def refuse_formula(line: Line, place: int) -> Entry:
    """An unusable row, with the message about its formula."""
    sentence = _("Here is a formula. Copy the cell, and paste it back as a value.")
    shown = read_cell_text(cell_at(line, place))[:LONGEST_TYPED]
    return Entry(line.number, name_cell(line.number, place), shown, problem=sentence)


def cell_at(line: Line, place: int | None) -> object:
    """A cell of the line; None if the line is shorter."""
    return line.cells[place] if place is not None and place < len(line.cells) else None


def read_cell_text(cell: object) -> str:
    """A cell as text, whatever its type in the spreadsheet."""
    if isinstance(cell, Formula):
        return cell.text
    return "" if cell is None else str(cell).replace("\0", "")

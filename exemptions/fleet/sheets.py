"""Vehicles from a CSV or XLSX file: where the plates and the remarks stand, and what is wrong with a cell."""

from itertools import chain
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casework.file_checks import FileRefused
from casework.spreadsheets import uploaded_file
from casework.spreadsheets.lines import Formula, Line, Lines, address, filled
from exemptions.fleet.paste_parser import LONGEST_TYPED, Entry, entry, too_many

PLATE_TITLES = ("kenteken", "kentekens", "kentekennummer", "plate", "number plate", "license plate", "licence plate")
REMARK_TITLES = ("opmerking", "opmerkingen", "bijnaam", "naam", "omschrijving", "remark", "remarks", "nickname", "name")


def read(upload: "UploadedFile[Any]", *, most: int) -> tuple[str, list[Entry]]:
    """The name to show and every vehicle of the file; raises FileRefused where the file as a whole is of no use."""
    name, lines = uploaded_file.lines_of(upload)
    return name, entries(filled(lines), most=most)


def entries(lines: Lines, *, most: int) -> list[Entry]:
    """By the names in the first line; without them the first column has the plates and the second the remarks."""
    first = next(lines, None)
    if first is None:
        raise FileRefused(_("The file is empty. Download our example and fill it in."))
    titles = [words(cell).strip().lower() for cell in first.cells]
    plate, remark = place_of(titles, PLATE_TITLES), place_of(titles, REMARK_TITLES)
    rows = lines if plate is not None else chain([first], lines)
    columns = (plate, remark) if plate is not None else (0, 1)
    found: list[Entry] = []
    for line in rows:
        found.append(of_row(line, *columns))
        if len(found) > most:
            raise FileRefused(too_many(most))
    if not found:
        raise FileRefused(_("The file has no plates below its first line. Fill it in, and send it again."))
    return found


def place_of(titles: list[str], known: tuple[str, ...]) -> int | None:
    """In which column one of these names stands."""
    return next((place for place, title in enumerate(titles) if title in known), None)


def of_row(line: Line, plate: int, remark: int | None) -> Entry:
    """One vehicle, or what is wrong with its cells."""
    typed, said = cell_at(line, plate), cell_at(line, remark)
    if computes(typed):
        return refused(line, plate)
    if remark is not None and computes(said):
        return refused(line, remark)
    return entry(words(typed), number=line.number, cell=address(line.number, plate), remark=words(said))


def computes(cell: object) -> bool:
    """Whether it is a formula: what that gives depends on the program that opens it. A CSV file has it as words."""
    return isinstance(cell, Formula) or words(cell).startswith("=")


def refused(line: Line, place: int) -> Entry:
    """A row with a formula in it."""
    sentence = _("Here is a formula. Copy the cell, and paste it back as a value.")
    shown = words(cell_at(line, place))[:LONGEST_TYPED]
    return Entry(line.number, address(line.number, place), shown, problem=sentence)


def cell_at(line: Line, place: int | None) -> object:
    """A cell; nothing where the line is shorter."""
    return line.cells[place] if place is not None and place < len(line.cells) else None


def words(cell: object) -> str:
    """A cell as text, whatever a spreadsheet made of it."""
    if isinstance(cell, Formula):
        return cell.text
    return "" if cell is None else str(cell).replace("\0", "")

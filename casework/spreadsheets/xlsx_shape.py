"""Whether the inside of a workbook has the shape of one, asked before any of it is kept in memory.

The library builds a row as a whole before it gives it. A packed file of a tenth of a megabyte can hold a row of many
millions of cells, which takes minutes and gigabytes.
"""

from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

MOST_IN_A_ROW = 100_000
"""Elements between the beginnings of two rows, or of two texts: the widest row of Excel has some fifty thousand."""
MOST, MOST_TEXTS, DEEPEST = 3_000_000, 300_000, 100
"""Elements in one part, in one that holds the texts of the cells, and in each other: half a minute at the worst."""
TEXT = "si"
BEGINS_ANEW = ("row", TEXT)
PIECE = 64 * 1024


class BloatedSheet(Exception):
    """No spreadsheet program writes this."""


class Shape:
    """Counts what begins and ends in a part, and keeps nothing of it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.begin, self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.depth = self.in_row = self.number = 0
        self.most = MOST

    def begin(self, name: str, _attributes: object) -> None:
        """One element more."""
        self.depth, self.number = self.depth + 1, self.number + 1
        bare = name.rpartition(":")[2]
        self.in_row = 0 if bare in BEGINS_ANEW else self.in_row + 1
        self.most = MOST_TEXTS if bare == TEXT else self.most
        if self.in_row > MOST_IN_A_ROW or self.number > self.most or self.depth > DEEPEST:
            raise BloatedSheet

    def end(self, _name: str) -> None:
        """One that is over."""
        self.depth -= 1

    def refuse(self, *_declared: object) -> None:
        """Entities make much of little, and no workbook declares any."""
        raise BloatedSheet


def is_bloated(archive: ZipFile) -> bool:
    """Whether a workbook is made to harm its reader."""
    try:
        for part in archive.infolist():
            with archive.open(part) as file:
                look_through(file)
    except BloatedSheet:
        return True
    return False


def look_through(file: IO[bytes]) -> None:
    """One part, up to where it stops being XML (an image: at once). Broken files are refused by the library itself."""
    shape = Shape()
    try:
        while piece := file.read(PIECE):
            shape.parser.Parse(piece)
    except expat.ExpatError:
        return

"""Which sheet of a workbook is read, and how many of its rows."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from casework.file_checks import FileRefused
from casework.spreadsheets import lines
from casework.spreadsheets.lines import Lines

SHEET_NAME = "Opgaven"
MOST_ROWS = 1000
"""Rows with something in them: all municipalities over more than three years. What one request can still check."""


def filled(read: Lines) -> Lines:
    """A header and the rows with something in them; raises FileRefused for too many, before the rest is read."""
    for seen, line in enumerate(lines.filled(read)):
        if seen > MOST_ROWS:
            raise FileRefused(
                _("The file has more than %(most)s rows. Send only the months that are new or changed.")
                % {"most": MOST_ROWS}
            )
        yield line


def ours_or_only(sheets: Sequence[Any]) -> Any:
    """The sheet with our name; a workbook with a single sheet means that one, however it is called."""
    found = named(SHEET_NAME, sheets) or (sheets[0] if len(sheets) == 1 else None)
    if found is None:
        raise FileRefused(
            _("We do not know which sheet to read. Call the sheet with the returns “%(name)s”.") % {"name": SHEET_NAME}
        )
    return found


def named(name: str, sheets: Sequence[Any]) -> Any:
    """The first sheet of this name, None without one."""
    return next((sheet for sheet in sheets if sheet.title.strip().lower() == name.lower()), None)

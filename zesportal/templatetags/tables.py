"""Shows the lists of Django's own admin as cards on a phone, like our worklists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()
CELL, NAME = '<td class="field-', "<th "


@register.filter
def cell_starts(headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """How a cell of each column begins: with its heading, which a phone does not show otherwise."""
    return [format_html('<td data-label="{}"', capfirst(str(header["text"]))) for header in headers]


@register.filter
def begin_with(cells: Iterable[SafeString], starts: Iterable[SafeString]) -> list[SafeString]:
    """The cells of a row; the header of the row and the checkbox need no heading."""
    return [set_start(cell, start) for cell, start in zip(cells, starts, strict=False)]


def set_start(cell: SafeString, start: SafeString) -> SafeString:
    """A cell as Django made it, with another beginning."""
    if cell.startswith(NAME):
        return mark_safe('<th scope="row" ' + cell.removeprefix(NAME))  # noqa: S308 -- what Django made
    if not cell.startswith(CELL):
        return cell
    return start + mark_safe(cell.removeprefix("<td"))  # noqa: S308 -- the rest of what Django made

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
def with_labels(cells: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """The cells of a row, each with the heading of its column, which a phone does not show otherwise."""
    return [with_label(cell, str(header["text"])) for cell, header in zip(cells, headers, strict=False)]


def with_label(cell: SafeString, label: str) -> SafeString:
    """One cell; the header of the row and the checkbox need no label."""
    if cell.startswith(NAME):
        return mark_safe('<th scope="row" ' + cell.removeprefix(NAME))  # noqa: S308 -- what Django made
    if not cell.startswith(CELL):
        return cell
    rest = mark_safe(cell.removeprefix("<td"))  # noqa: S308 -- the rest of what Django made
    return format_html('<td data-label="{}"', capfirst(label)) + rest

"""The formats of an answer: JSON, CSV and JSON-LD."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from casework.spreadsheets.cells import csv_row


class CsvRenderer(BaseRenderer):
    """One line per row, below a header; what all rows share is repeated on each. Errors remain JSON."""

    media_type = "text/csv"
    format = "csv"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        context = dict(renderer_context or {})
        if context["response"].exception:
            return bytes(JSONRenderer().render(data))
        if data is None:
            return b""
        view = context["view"]
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow((*view.csv_beside, *view.csv_columns))
        for row in data[view.csv_rows]:
            values = [*(data[name] for name in view.csv_beside), *(row[name] for name in view.csv_columns)]
            writer.writerow(csv_row(plain_cell(value) for value in values))
        return file.getvalue().encode()


def plain_cell(value: Any) -> Any:
    """A value as the text of a cell."""
    if isinstance(value, list):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else value


class JsonLdRenderer(JSONRenderer):
    """Linked data as JSON."""

    media_type = "application/ld+json"
    format = "jsonld"


class Negotiation(DefaultContentNegotiation):
    """Answers 406 to an unknown format, even one named in the query string, for which the library answers 404."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer of the requested format; raises NotAcceptable, listing the formats there are."""
        had = list(renderers)
        try:
            found: tuple[BaseRenderer, str] = super().select_renderer(request, had, format_suffix)
        except NotAcceptable as error:
            forms = ", ".join(renderer.media_type for renderer in had)
            words = _("We do not have this form. Ask for one of these: %(forms)s.") % {"forms": forms}
            raise NotAcceptable(words, available_renderers=error.available_renderers) from error
        return found

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:
        if found := [renderer for renderer in renderers if renderer.format == format]:
            return found
        raise NotAcceptable

"""What an export holds, as its reader sees it: `rows(as_caseworker, "application", list="open")`."""

import csv
import io
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from openpyxl import Workbook, load_workbook

from casework.models import Export, Policy
from casework.tasks import make_exports


def content(response: HttpResponseBase) -> bytes:
    """All of a file."""
    assert response.status_code == 200
    return b"".join(response)


def address(name: str, format: str = "csv") -> str:
    """Where a list is exported."""
    return f"/lijsten/{name}/{format}/"


def table(data: bytes) -> list[list[str]]:
    """The lines of a CSV file, its header included."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def rows(client: Client, name: str, **filters: str) -> list[dict[str, str]]:
    """A list as CSV, each row by the names of its columns."""
    head, *lines = table(content(client.get(address(name), filters)))
    return [dict(zip(head, line, strict=True)) for line in lines]


def book(client: Client, name: str, **filters: str) -> Workbook:
    """A list as XLSX."""
    return load_workbook(io.BytesIO(content(client.get(address(name, "xlsx"), filters))))


def numbers(client: Client, name: str = "application", **filters: str) -> list[str]:
    """The first column."""
    return [next(iter(row.values())) for row in rows(client, name, **filters)]


def direct_rows(number: int) -> None:
    """Lists of more rows are made in the background."""
    Policy.objects.filter(name="export_direct_rows").update(value=number)


def ask(client: Client, name: str = "application", format: str = "csv", **filters: str) -> Any:
    """Press the button on the page about a long list."""
    query = "&".join(f"{key}={value}" for key, value in filters.items())
    return client.post(f"{address(name, format)}?{query}")


def asked(client: Client, name: str = "application", format: str = "csv", **filters: str) -> Export:
    """What waits for the worker then."""
    assert ask(client, name, format, **filters).status_code == 302
    return Export.objects.latest("pk")


def made(client: Client, name: str = "application", format: str = "csv", **filters: str) -> Export:
    """What the worker has made of it."""
    export = asked(client, name, format, **filters)
    make_exports()
    export.refresh_from_db()
    assert export.state == Export.State.READY
    return export


def file_of(export: Export) -> str:
    """Where its owner downloads it."""
    return f"/lijsten/klaar/{export.key}/bestand/"


def page_of(export: Export) -> str:
    """Where the mail leads."""
    return f"/lijsten/klaar/{export.key}/"

"""What one does on the pages of a letter."""

from django.test import Client
from django.urls import reverse

from reporting.models import ReportToParliament


def address(report: ReportToParliament, name: str = "letter_to_parliament", *more: str) -> str:
    return reverse(name, args=[report.key, *more])


def edit(client: Client, report: ReportToParliament, body: str, **more: str):
    data = {"body": body, "seen": report.stamp("zones"), "action": "keep", **more}
    return client.post(address(report, "letter_block", "zones"), data)


def take(client: Client, report: ReportToParliament, name: str, seen: str | None = None):
    """As the button of the page does it; `seen` is what an older page had seen."""
    page = client.get(address(report))
    numbers = page.context["numbers_seen"] if page.status_code == 200 else ""
    told = {"seen": seen or report.fingerprint(), "numbers_seen": numbers, "sure": "on"}
    return client.post(address(report, "letter_step", name), told)

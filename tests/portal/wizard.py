"""Somebody filling in the form, without a browser: `wizard.send("period", wanted_from="2026-12-01")`."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application

DETAILS = {
    "role": "owner",
    "form": "organisation",
    "name": "Timmerbedrijf De Zaag",
    "kvk_number": "23456789",
    "branch_number": "",
    "street": "Werfstraat 2",
    "postcode": "3511 BB",
    "city": "Utrecht",
    "country": "NL",
    "email": "post@zaag.example",
    "phone": "",
}
ANSWERS: dict[str, Any] = {
    "acquisition": "purchase",
    "ordered_vehicle": "eTruck 12",
    "ordered_on": "2026-01-05",
    "expected_on": "2039-02-05",
    "shown": ["acquisition", "ordered_vehicle", "ordered_on", "expected_on"],
}
SIGNED: dict[str, Any] = {
    "declaration": "on",
    "declared": "Ik verklaar dat het bestelde voertuig het voertuig van deze aanvraag vervangt.",
    "channel": "portal",
}
"""What the button of the last page sends, with what the page showed: the declaration of a long delivery time."""


class Wizard:
    """One draft of one user."""

    def __init__(self, client: Client, key: uuid.UUID) -> None:
        self.client, self.key = client, key

    @property
    def draft(self) -> Application:
        """As the database has it now."""
        found: Application = Application.objects.get(key=self.key)
        return found

    def url(self, screen: str, query: str = "") -> str:
        return reverse("apply", args=[self.key, screen]) + query

    def look(self, screen: str, query: str = "") -> str:
        """The words of a screen."""
        return self.client.get(self.url(screen, query)).content.decode()

    def send(self, screen: str, query: str = "", **fields: Any) -> Any:
        """Send a screen; the answer as it comes, redirects not followed."""
        return self.client.post(self.url(screen, query), fields)


def started(client: Client, **wish: str) -> Wizard:
    """The start button was pressed."""
    key = uuid.uuid4()
    client.post(reverse("apply_start"), {"key": str(key), **wish}, follow=True)
    return Wizard(client, key)


def filled_in(client: Client, user: User, *, plate: str = "TRU01E") -> Wizard:
    """Everything but the evidence: a truck with a long delivery time, for the user's own firm."""
    wizard = started(client)
    wizard.send("applicant", applicant=str(user.mandates.get().applicant_id))
    wizard.send("vehicle", plate=plate, country="NL")
    wizard.send("vehicle", verdict="right")
    wizard.send("kind", kind="LEV")
    wizard.send("questions", **ANSWERS)
    wizard.send("period", wanted_from="2030-01-07", wanted_until="")
    return wizard


def goes_to(answer: HttpResponse, wizard: Wizard, screen: str) -> bool:
    """Whether an answer leads to a screen."""
    return answer.status_code == 302 and answer.headers["Location"] == wizard.url(screen)

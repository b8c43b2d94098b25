"""Objecting as people do it: page by page, each form with what it showed."""

from typing import Any

from django.test import Client
from django.urls import reverse

from objections.models import Objection

GROUNDS = "Mijn bus is wel geschikt."


class Filing:
    """The pages of filing, as one person's browser holds them: each form carries what it showed."""

    def __init__(self, client: Client, application: Any, *, reference: str = "") -> None:
        self.client, self.application, self.seen = client, application, ""
        self.reference = reference

    def url(self, name: str = "object_to") -> str:
        return reverse(name, args=[self.application.key, *filter(None, [self.reference])])

    def look(self, name: str = "object_to") -> str:
        response = self.client.get(self.url(name))
        self.seen = response.context["seen"]
        return response.content.decode()

    def type(self, button: str, name: str = "object_to", **fields: Any) -> Any:
        response = self.client.post(self.url(name), {"seen": self.seen, button: "1", **fields})
        self.seen = response.context["seen"] if response.context and "seen" in response.context else self.seen
        return response

    def send(self) -> Any:
        self.look("object_check")
        return self.type("send", "object_check")


def words(response: Any) -> str:
    return str(response.content.decode())


def steps(objection: Objection) -> list[str]:
    events = objection.dossier.events.filter(case_type="objection").order_by("at", "pk")
    return list(events.values_list("step", flat=True))


def url(objection: Objection, name: str = "objection") -> str:
    return reverse(name, args=[objection.key])


def page(client: Client, objection: Objection, name: str = "objection") -> str:
    """The words of one of its pages, which must be there."""
    response = client.get(url(objection, name))
    assert response.status_code == 200
    return words(response)

"""Addresses of the desk, and what its forms send."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from casework.desk.conflict import seen_now
from exemptions.models import Application


def worklist(name: str) -> str:
    """One worklist."""
    return f"{reverse('admin:exemptions_application_changelist')}?list={name}"


def case(application: Application) -> str:
    """The case page."""
    return reverse("admin:exemptions_application_change", args=[application.pk])


def step(application: Application, name: str) -> str:
    """The page of a step."""
    return reverse("admin:exemptions_application_step", args=[application.pk, name])


def document(application: Application, pk: int) -> str:
    """A file of the case."""
    return reverse("admin:exemptions_application_document", args=[application.pk, pk])


def letter(application: Application) -> str:
    """The first letter of the case, as PDF."""
    return reverse(
        "admin:exemptions_application_letter", args=[application.pk, application.dossier.letters.all()[0].pk]
    )


def send(client: Client, application: Application, name: str, *, action: str = "send", **fields: Any) -> Any:
    """Send the form of a step, from a page that was just opened."""
    seen = fields.pop("seen", None) or seen_now(application)
    return client.post(step(application, name), {"action": action, "seen": seen, **fields})


def search(client: Client, words: str) -> str:
    """The text of the page with what was found."""
    return text(client.post(reverse("admin:exemptions_application_search"), {"q": words}))


def text(response: Any) -> str:
    """A page as text."""
    return str(response.content.decode())


def status(application: Application) -> str:
    """Where the case stands in the database."""
    application.refresh_from_db()
    return str(application.status)


def refused(response: Any, *sentences: str) -> str:
    """The form again, with these sentences on it, in Dutch; gives the page."""
    page = text(response)
    assert response.status_code == 422
    for sentence in sentences:
        assert escape(gettext(sentence)) in page
    return page

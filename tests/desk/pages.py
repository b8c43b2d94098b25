"""Addresses of the desk, and what its forms send."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from casework.desk.conflict import seen_now
from complaints.models import Complaint
from correspondence.models import Submission
from exemptions.models import Application
from objections.models import Appeal, Objection

DIFFERS = {"what_1": "Tarief", "given_1": "Bijzonder tarief", "found_1": "Gewoon tarief (kentekenregister)"}
"""What the form of a request for a view is sent with."""
AnyCase = Application | Objection | Appeal | Complaint | Submission


def worklist(name: str, *, of: str = "exemptions_application") -> str:
    """One worklist, of applications or of another type of case."""
    return f"{reverse(f'admin:{of}_changelist')}?list={name}"


def address(page: str, case: AnyCase, *more: Any) -> str:
    """A page of a case."""
    return reverse(f"admin:{case._meta.app_label}_{case._meta.model_name}_{page}", args=[case.pk, *more])


def case(case: AnyCase) -> str:
    """The case page."""
    return address("change", case)


def step(case: AnyCase, name: str) -> str:
    """The page of a step."""
    return address("step", case, name)


def document(case: AnyCase, pk: int) -> str:
    """A file of the case."""
    return address("document", case, pk)


def letter(case: AnyCase) -> str:
    """The first letter of the case, as PDF."""
    return address("letter", case, case.dossier.letters.all()[0].pk)


def send(client: Client, case: AnyCase, name: str, *, action: str = "send", **fields: Any) -> Any:
    """Send the form of a step, from a page that was just opened."""
    seen = fields.pop("seen", None) or seen_now(case)
    return client.post(step(case, name), {"action": action, "seen": seen, **fields})


def search(client: Client, words: str) -> str:
    """The text of the page with what was found."""
    return text(client.post(reverse("admin:exemptions_application_search"), {"q": words}, follow=True))


def text(response: Any) -> str:
    """A page as text."""
    return str(response.content.decode())


def status(case: AnyCase) -> str:
    """The status of the case in the database."""
    case.refresh_from_db()
    return str(case.status)


def refused(response: Any, *sentences: str) -> str:
    """The form again, with these sentences on it, in Dutch; gives the page."""
    page = text(response)
    assert response.status_code == 422
    for sentence in sentences:
        assert escape(gettext(sentence)) in page
    return page

"""Files and letters of one's own applications: who gets them, and what a hostile file cannot do."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework import letter_pdfs
from casework.models import Document
from exemptions.models import Application
from tests import given

HTML = b"<html><script>alert(1)</script></html>"


def evidence(application: Application) -> Document:
    found: Document = application.evidence_items.with_all()[0].documents.all()[0]
    return found


def address(application: Application, document: Document) -> str:
    return reverse("document", args=[application.key, document.pk])


def attached(application: Application, name: str, content: bytes, content_type: str) -> Document:
    document = Document(dossier=application.dossier)
    document.fill(content, name=name, content_type=content_type)
    document.save()
    application.evidence_items.with_all()[0].documents.add(document)
    return document


@pytest.fixture
def application(applicant: User) -> Application:
    return given.filed(by=applicant)


def test_a_pdf_is_shown_and_can_do_nothing(as_applicant: Client, application: Application) -> None:
    response: Any = as_applicant.get(address(application, evidence(application)))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == given.PDF


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [
        ("image/png", True),
        ("image/jpeg", True),
        ("image/svg+xml", False),
        ("text/html", False),
        ("image/heic", False),
        ("application/vnd.oasis.opendocument.text", False),
    ],
)
def test_only_pictures_and_pdf_are_shown(
    as_applicant: Client, application: Application, content_type: str, shown: bool
) -> None:
    document = attached(application, "bestand", HTML, content_type)

    response = as_applicant.get(address(application, document))

    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    ['a"; filename="b.exe', "../../etc/passwd", "naam\r\nX-Kwaad: ja", "ünïcode ☃.pdf", "<script>.pdf", "a" * 190],
)
def test_a_hostile_name_stays_a_name(as_applicant: Client, application: Application, name: str) -> None:
    document = attached(application, name, given.PDF, "application/pdf")

    response = as_applicant.get(address(application, document))
    page = as_applicant.get(reverse("application", args=[application.key])).content.decode()

    assert response.status_code == 200
    assert "X-Kwaad" not in response.headers
    assert "<script>.pdf" not in page


def test_a_removed_file_is_gone_and_only_named(as_applicant: Client, application: Application) -> None:
    document = evidence(application)
    Document.objects.filter(pk=document.pk).update(removed_at=timezone.now())

    assert as_applicant.get(address(application, document)).status_code == 404
    page = as_applicant.get(reverse("application", args=[application.key])).content.decode()
    assert "gezien, en verwijderd" in page
    assert address(application, document) not in page


def test_a_file_that_the_storage_lost_is_not_found(as_applicant: Client, application: Application) -> None:
    document = evidence(application)
    document.file.storage.delete(str(document.file.name))

    assert as_applicant.get(address(application, document)).status_code == 404


def test_a_file_of_another_application_is_not_found(
    as_applicant: Client, application: Application, stranger: User
) -> None:
    other = given.filed(by=stranger, plate="VX999Z")

    assert as_applicant.get(address(application, evidence(other))).status_code == 404
    assert as_applicant.get(address(other, evidence(other))).status_code == 404


def test_a_successor_shows_the_files_it_took_over(as_applicant: Client, applicant: User, caseworker: User) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)
    old.convert(by=caseworker, kind=given.kind("NET"), reason="Past beter.")
    successor = Application.objects.get(converted_from=old)
    shared = [item.documents.first() for item in successor.evidence_items.with_all()]

    taken_over = [document for document in shared if document]

    assert taken_over
    assert all(as_applicant.get(address(successor, document)).status_code == 200 for document in taken_over)


# --- Letters ------------------------------------------------------------------------------------------


def test_a_letter_says_the_same_on_the_page_and_is_there_as_pdf_at_once(
    as_applicant: Client, application: Application
) -> None:
    letter = application.dossier.letters.get()

    page = as_applicant.get(reverse("letter", args=[application.key, letter.pk]))
    paper: Any = as_applicant.get(reverse("letter_pdf", args=[application.key, letter.pk]))

    assert letter_pdfs.render_letter_html(letter.body) in page.content.decode()
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert letter.pdf is None


def test_the_stored_pdf_is_given_once_it_is_there(as_applicant: Client, application: Application) -> None:
    letter_pdfs.store_missing()
    letter = application.dossier.letters.get()

    paper: Any = as_applicant.get(reverse("letter_pdf", args=[application.key, letter.pk]))

    assert b"".join(paper.streaming_content) == Document.objects.get(letter=letter).file.read()


def test_a_letter_of_somebody_else_is_not_found(as_applicant: Client, application: Application, stranger: User) -> None:
    letter = given.filed(by=stranger, plate="VX999Z").dossier.letters.get()

    for name in ("letter", "letter_pdf"):
        assert as_applicant.get(reverse(name, args=[application.key, letter.pk])).status_code == 404

"""Files at the desk: shown where that is safe, saved otherwise, and never trusted."""

import pytest

from casework.models import Document
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant):
    return given.filed(by=applicant)


def file(application, *, name, content_type, content=b"<script>alert(1)</script>"):
    document = Document(dossier=application.dossier)
    document.fill(content, name=name, content_type=content_type)
    document.save()
    return document


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "image/jpeg"])
def test_pictures_and_pdfs_are_shown_beside_the_case(as_caseworker, application, content_type):
    document = file(application, name="bewijs", content_type=content_type)

    answer = as_caseworker.get(pages.document(application, document.pk))

    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/zip", "text/plain"])
def test_anything_else_is_saved(as_caseworker, application, content_type):
    document = file(application, name="bewijs.html", content_type=content_type)

    answer = as_caseworker.get(pages.document(application, document.pk))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_letter_is_a_pdf_also_before_the_worker_made_it(as_caseworker, application):
    answer = as_caseworker.get(pages.letter(application))

    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_files_stay_out_of_caches(as_caseworker, application):
    assert "no-store" in as_caseworker.get(pages.letter(application))["Cache-Control"]


def test_whoever_opens_a_file_is_told_that_no_virus_scanner_looked(as_caseworker, application, settings):
    words = "zijn niet op virussen gecontroleerd"
    assert words not in pages.text(as_caseworker.get(pages.case(application)))
    settings.PRODUCTION = True
    assert words in pages.text(as_caseworker.get(pages.case(application)))
    settings.CLAMAV_HOST = "clamav"
    assert words not in pages.text(as_caseworker.get(pages.case(application)))

"""A dossier as one numbered PDF: asked on the desk, made by the worker, for its owner, and safe whatever a file is."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from casework.dossier_pdf import conversion
from casework.dossier_pdf.pieces import Purpose, list_pieces
from casework.models import Document, Export, Message
from casework.tasks import make_exports
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    """Granted, with its proof, and a note."""
    found = given.granted(by=applicant, desk=caseworker)
    found.note(by=caseworker, text="Alleen voor ons.")
    return found


@pytest.fixture
def appeal(applicant, caseworker, other_caseworker, objection_officer):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    return contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)


def address(case):
    return reverse("admin:dossier_pdf", args=[case.CASE_TYPE, case.pk])


def add(case, content, *, name="stuk.bin", content_type="application/pdf"):
    document = Document(dossier=case.dossier)
    document.fill(content, name=name, content_type=content_type)
    document.save()
    return document


def make(client, case, *, purpose="court", **more):
    """Ask it, and let the worker make it."""
    asked = client.post(address(case), {"purpose": purpose, "make": "1", **more})
    assert asked.url == reverse("exports")
    make_exports()
    return Export.objects.latest("pk")


def book_of(client, export):
    return pikepdf.open(io.BytesIO(b"".join(client.get(reverse("export_file", args=[export.key])))))


def outline_of(book):
    with book.open_outline() as outline:
        return [item.title for item in outline.root]


def picture(**size):
    made = io.BytesIO()
    Image.new("RGB", (size.get("width", 40), size.get("height", 30)), "red").save(made, size.get("kind", "PNG"))
    return made.getvalue()


# --- What it holds ------------------------------------------------------------------------------------------


def test_all_pieces_stand_in_it_in_order_each_with_its_pages(as_caseworker, application):
    export = make(as_caseworker, application)

    book = book_of(as_caseworker, export)
    titles = outline_of(book)
    assert titles[:2] == ["Inventaris", "1. Aanvraag"]
    assert any("Brief:" in title for title in titles)
    assert [title.split(".")[0] for title in titles[1:]] == [str(number) for number in range(1, len(titles))]
    assert export.rows == len(titles) - 1
    assert Message.objects.filter(kind="mail_dossier_ready").count() == 1


def test_internal_notes_go_along_only_where_they_are_asked(as_caseworker, application):
    without = outline_of(book_of(as_caseworker, make(as_caseworker, application)))
    with_notes = outline_of(book_of(as_caseworker, make(as_caseworker, application, notes="1")))

    assert not any("notitie" in title for title in without)
    assert any("notitie" in title for title in with_notes)


def test_an_appeal_has_the_pieces_of_application_and_objection(as_objection_officer, appeal, objection_officer):
    titles = [one.title for one in list_pieces(appeal, user=objection_officer, purpose=Purpose.COURT, with_notes=False)]

    assert "Aanvraag" in titles
    assert "Bezwaar" in titles
    assert len(titles) == len(set(titles)) or titles.count("Aanvraag") == 1


def test_what_went_to_the_court_is_only_for_who_asks_for_all(appeal, objection_officer):
    paper = add(appeal, given.PDF, name="verweer.pdf")
    appeal.send_papers(by=objection_officer, title="Verweer", dated_on=appeal.filed_on, document=paper)

    def titles(purpose):
        return [one.title for one in list_pieces(appeal, user=objection_officer, purpose=purpose, with_notes=False)]

    assert "verweer.pdf" not in titles(Purpose.COURT) + titles(Purpose.INSPECTION)
    assert "verweer.pdf" in titles(Purpose.DISCLOSURE)


def test_who_sees_no_objections_gets_none_of_their_pieces(appeal, caseworker):
    found = list_pieces(appeal.application, user=caseworker, purpose=Purpose.DISCLOSURE, with_notes=True)

    assert "Bezwaar" not in [one.title for one in found]


# --- Whatever a file is -------------------------------------------------------------------------------------


def locked():
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(given.PDF)) as pdf:
        pdf.save(content, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return content.getvalue()


FILES = {
    "damaged": (b"%PDF-1.7\nkapot", "application/pdf", True),
    "word": (b"PK\x03\x04", "application/msword", True),
    "bomb": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff" * 8, "image/png", True),
    "half a picture": (picture()[:40], "image/png", True),
    "picture": (picture(), "image/png", False),
    "photo": (picture(kind="JPEG"), "image/jpeg", False),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_pages_or_a_page_that_says_why_not(name, as_caseworker, application):
    content, content_type, apart = FILES[name]
    document = add(application, content, name=f"{name}.x", content_type=content_type)
    piece = next(
        one
        for one in list_pieces(application, user=application.assigned_to, purpose=Purpose.COURT, with_notes=False)
        if one.document == document
    )

    pages_made = conversion.convert_piece(piece, language="nl")

    assert bool(pages_made.apart) is apart
    assert pikepdf.open(io.BytesIO(pages_made.content)).pages


def test_bad_files_do_not_break_the_others(as_caseworker, application):
    for name, (content, content_type, _apart) in FILES.items():
        add(application, content, name=name, content_type=content_type)
    add(application, locked(), name="op slot.pdf")
    gone = add(application, given.PDF, name="weg.pdf")
    Path(gone.file.path).unlink()

    export = make(as_caseworker, application)

    assert export.state == Export.State.READY
    titles = outline_of(book_of(as_caseworker, export))
    assert any("op slot" in title for title in titles)
    assert any("weg.pdf" in title for title in titles)


def test_a_turned_and_a_wide_page_keep_their_shape_under_the_strip(as_caseworker, application):
    wide, content = pikepdf.new(), io.BytesIO()
    wide.add_blank_page(page_size=(900, 400))
    wide.add_blank_page(page_size=(400, 900))
    wide.pages[1].obj["/Rotate"] = 90
    wide.save(content)
    add(application, content.getvalue(), name="breed.pdf")

    book = book_of(as_caseworker, make(as_caseworker, application))

    shapes = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in book.pages]
    assert shapes.count(True) == 2


# --- Who, and for how long ----------------------------------------------------------------------------------


def test_only_its_owner_gets_it_and_the_page_tells_who_made_and_downloaded_it(
    as_caseworker, as_team_lead, application, caseworker
):
    export = make(as_caseworker, application)
    file = reverse("export_file", args=[export.key])
    assert as_team_lead.get(file).status_code == 404
    assert "gedownload op" not in pages.text(as_team_lead.get(address(application)))

    as_caseworker.get(file)

    page = pages.text(as_team_lead.get(address(application)))
    assert f"gevraagd door {caseworker}" in page
    assert "gedownload op" in page


def test_who_lost_the_right_does_not_get_what_was_made_before(as_caseworker, application, caseworker):
    export = make(as_caseworker, application)
    caseworker.groups.clear()

    assert as_caseworker.get(reverse("export_file", args=[export.key])).status_code in (403, 404)


def test_who_cannot_see_the_case_finds_no_page(as_editor, as_objection_officer, login, applicant, application):
    for client in (as_editor, login(applicant)):
        assert client.get(address(application)).status_code in (302, 403, 404)
    strange = {"purpose": "court", "case": "application-1", "number": "ZES-2026-999999"}
    assert as_objection_officer.post("/lijsten/dossier/pdf/", strange).status_code == 404


@pytest.mark.parametrize("filters", ["", "case=application-0", "case=geen", "case=application-1&purpose=x&number=1"])
def test_an_address_that_was_made_up_is_not_found(filters, as_caseworker, application):
    made = as_caseworker.post(f"/lijsten/dossier/pdf/?{filters}", {"make": "1"})
    assert made.status_code == 404 or "/loket/dossier/" in made.url
    assert not Export.objects.exists()
    assert as_caseworker.get(f"/lijsten/dossier/csv/?{filters}").status_code == 404


def test_a_second_click_asks_once(as_caseworker, application):
    for _click in range(2):
        as_caseworker.post(address(application), {"purpose": "court", "make": "1"})

    assert Export.objects.count() == 1


def test_looking_first_makes_nothing_and_shows_the_pieces(as_caseworker, application):
    page = as_caseworker.post(address(application), {"purpose": "court", "notes": "1", "look": "1"})

    assert "Interne notitie" in pages.text(page)
    assert not Export.objects.exists()
    assert as_caseworker.post(address(application), {"purpose": "?", "make": "1"}).status_code == 422


def test_more_files_cost_no_more_queries(caseworker, application):
    def count():
        with CaptureQueriesContext(connection) as queries:
            list_pieces(application, user=caseworker, purpose=Purpose.COURT, with_notes=True)
        return len(queries)

    count()
    few = count()
    for number in range(5):
        add(application, given.PDF, name=f"{number}.pdf")

    assert count() == few


# --- To the court --------------------------------------------------------------------------------------------


def test_the_dossier_goes_to_the_court_as_it_was_made(as_objection_officer, appeal):
    assert "made" not in as_objection_officer.get(pages.step(appeal, "send_papers")).context["form"].fields
    export = make(as_objection_officer, appeal)

    about = {"title": "Stukken", "dated_on": appeal.filed_on, "made": export.pk}
    assert pages.send(as_objection_officer, appeal, "send_papers", **about).status_code == 302

    document = appeal.papers.get().document
    assert document.content_type == "application/pdf"
    assert document.size == export.file.size


def test_only_one_that_was_made_for_the_court_of_this_case_is_offered(as_objection_officer, appeal):
    make(as_objection_officer, appeal, purpose="disclosure", notes="1")
    make(as_objection_officer, appeal.application)

    assert "made" not in as_objection_officer.get(pages.step(appeal, "send_papers")).context["form"].fields

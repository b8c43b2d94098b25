"""Writing down an objection that came by post: in time or late, once however often one clicks."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.models import Document
from objections.models import Objection
from tests import cast, contest, given
from tests.desk import pages
from tests.desk.pages import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


def address(application):
    return reverse("admin:objections_objection_register", args=[application.pk])


def letter(application, **fields):
    """What the form sends about a letter that came in today."""
    usual = {
        "decision": application.decisions.standing().get().pk,
        "channel": "post",
        "received_on": timezone.localdate(),
        "grounds": "Ik ben het er niet mee eens.",
        "signed": "on",
    }
    return {**usual, **fields}


def scan(content=given.PDF):
    return SimpleUploadedFile("scan.pdf", content, "application/pdf")


def test_the_way_stands_on_the_page_of_a_decided_application(as_objection_officer, rejected):
    page = as_objection_officer.get(pages.case(rejected))

    assert f'href="{address(rejected)}"' in pages.text(page)


def test_where_nothing_was_decided_there_is_nothing_to_register(as_objection_officer, applicant):
    application = given.filed(by=applicant)

    assert address(application) not in pages.text(as_objection_officer.get(pages.case(application)))
    assert as_objection_officer.get(address(application)).status_code == 404


def test_the_decision_that_stands_is_chosen_already(as_objection_officer, rejected):
    form = as_objection_officer.get(address(rejected)).context["form"]

    assert form.initial["decision"] == rejected.decisions.standing().get()


def test_a_letter_is_registered_confirmed_and_assigned(as_objection_officer, rejected, objection_officer):
    answer = as_objection_officer.post(address(rejected), letter(rejected, documents=[scan()], costs_asked="on"))

    objection = Objection.objects.get()
    assert answer.url == pages.case(objection)
    assert (objection.status, objection.channel, objection.assigned_to) == ("registered", "post", objection_officer)
    assert (objection.signed, objection.costs_asked) == (True, True)
    assert [document.name for document in objection.documents.all()] == ["scan.pdf"]
    assert objection.dossier.letters.filter(kind="objection_receipt").count() == 1


def test_posted_in_time_and_received_within_the_week_is_in_time(login, rejected, objection_officer, time_machine):
    last_day = contest.draft(rejected, by=objection_officer).object_until
    Objection.objects.all().delete()
    time_machine.move_to(timezone.localtime() + (last_day - timezone.localdate()) + timedelta(days=4))

    login(objection_officer).post(address(rejected), letter(rejected, posted_on=last_day))

    objection = Objection.objects.get()
    assert objection.is_in_time
    assert not objection.needs_excuse


def test_a_late_one_is_registered_and_waits_for_a_judgement(login, rejected, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(weeks=8))
    client = login(objection_officer)

    client.post(address(rejected), letter(rejected, late_reason="Op reis."))

    objection = Objection.objects.get()
    page = pages.text(client.get(pages.case(objection)))
    assert (objection.status, objection.needs_excuse) == ("registered", True)
    assert "Op reis." in page


def test_a_second_click_registers_it_once(as_objection_officer, rejected):
    first, second = (as_objection_officer.post(address(rejected), letter(rejected)) for _click in range(2))

    assert first.url == second.url == pages.case(Objection.objects.get())
    assert Objection.objects.get().dossier.letters.filter(kind="objection_receipt").count() == 1


def test_a_colleague_meets_the_objection_that_is_open(login, as_objection_officer, rejected):
    as_objection_officer.post(address(rejected), letter(rejected))
    other = login(cast.staff("Oscar Ander", "objection officer"))

    answer = other.post(address(rejected), letter(rejected, grounds="Een lange uitleg."))

    page = pages.text(answer)
    assert answer.status_code == 409
    assert pages.case(Objection.objects.get()) in page
    assert "Een lange uitleg." in page


def test_what_was_begun_in_the_portal_gives_way(as_objection_officer, rejected, applicant):
    draft = contest.draft(rejected, by=applicant)

    as_objection_officer.post(address(rejected), letter(rejected))

    assert Objection.objects.get().pk != draft.pk
    assert Objection.objects.get().channel == "post"


@pytest.mark.parametrize(
    "fields",
    [
        {"received_on": ""},
        {"received_on": "9999-12-31"},
        {"received_on": "2020-01-01"},
        {"posted_on": "9999-12-31"},
        {"decision": "0"},
        {"channel": "portal"},
        {"grounds": ""},
    ],
)
def test_what_cannot_be_is_refused_and_makes_nothing(as_objection_officer, rejected, fields):
    answer = as_objection_officer.post(address(rejected), letter(rejected, **fields))

    assert answer.status_code == 422
    assert not Objection.objects.exists()


def test_a_file_that_is_no_document_is_refused(as_objection_officer, rejected):
    before = Document.objects.count()

    answer = as_objection_officer.post(address(rejected), letter(rejected, documents=[scan(b"MZ\x90")]))

    assert answer.status_code == 422
    assert Document.objects.count() == before


def test_a_refusal_keeps_no_file(as_objection_officer, rejected):
    before = Document.objects.count()

    answer = as_objection_officer.post(
        address(rejected), letter(rejected, documents=[scan()], received_on="2020-01-01")
    )

    refused(answer, "The decision was taken later than that day. Is it about another decision?")
    assert Document.objects.count() == before


def test_what_was_typed_survives_a_login_that_expired(client, rejected, objection_officer):
    client.post(address(rejected), letter(rejected, grounds="Een lange uitleg."))
    client.force_login(objection_officer)

    assert "Een lange uitleg." in pages.text(client.get(address(rejected)))


def test_4_18_an_objection_on_paper_to_the_penalty_alone_is_registered(as_objection_officer, rejected, caseworker):
    penalty = given.penalty(rejected, by=caseworker)

    as_objection_officer.post(address(rejected), letter(rejected, decision=penalty.pk))

    assert (Objection.objects.get().decision, Objection.objects.get().penalty) == (penalty, None)


def test_4_19_a_letter_against_both_is_one_objection(as_objection_officer, rejected, caseworker):
    penalty = given.penalty(rejected, by=caseworker)

    as_objection_officer.post(address(rejected), letter(rejected, contests_penalty="on"))

    assert Objection.objects.get().penalty == penalty
    assert penalty.reference in pages.text(as_objection_officer.get(pages.case(Objection.objects.get())))

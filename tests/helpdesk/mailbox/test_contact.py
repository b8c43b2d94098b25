"""The form to ask something: for everybody, without JavaScript, and nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Message
from helpdesk.models import Attachment, Mail, Question
from tests import given
from tests.limits import set_limit
from tests.portal.files import MACROS, PDF, upload

pytestmark = pytest.mark.django_db
ASKED = {
    "question": "Mag ik met mijn bus de zone in?",
    "email": "anna@example.org",
    "name": "Anna",
    "dossier": "",
    "website": "",
}


def test_a_question_gets_a_number_and_a_confirmation(client):
    response = client.post("/contact/", ASKED, follow=True)

    question = Question.objects.get()
    assert question.number in response.content.decode()
    assert question.mails.filter(direction="in").get().text == ASKED["question"]
    assert Message.objects.get().to == "anna@example.org"


def test_the_confirmation_repeats_nothing_that_was_typed(client):
    client.post("/contact/", {**ASKED, "name": "KOOP NU", "question": "https://koop.example/ nu"})

    message = Message.objects.get()
    assert "koop" not in (message.subject + message.body).lower()


@pytest.mark.parametrize(
    "name", ["Anna\r\nBcc: kwaad@example.com", "An\u202ena Bcc:\tkwaad@example.com", "Anna\x1b[31m", "Anna\u200b\n"]
)
def test_a_name_is_one_line_without_signs_that_nobody_sees(client, name):
    client.post("/contact/", {**ASKED, "name": name})

    question = Question.objects.get()
    for kept in (question.name, question.mails.get(direction="in").sender):
        assert kept.isprintable()
    assert [message.to for message in Message.objects.all()] == ["anna@example.org"]


def test_what_was_typed_stays_when_something_is_wrong(client):
    response = client.post("/contact/", {**ASKED, "email": "geen adres", "dossier": "12"})

    page = response.content.decode()
    assert ASKED["question"] in page
    assert "geen adres" in page
    assert 'href="#id_email"' in page
    assert 'href="#id_dossier"' in page
    assert not Question.objects.exists()


def test_files_come_along_and_each_refused_one_is_named(client):
    files = [upload(PDF, "goed.pdf"), upload(MACROS, "macro.docm")]
    refused = client.post("/contact/", {**ASKED, "attachments": files})
    client.post("/contact/", {**ASKED, "attachments": [upload(PDF, "a.pdf"), upload(PDF, "b.pdf")]})

    assert "macro.docm" in refused.content.decode()
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.pdf", "b.pdf"]
    assert all(re.fullmatch(r"mailbox/[0-9a-f]{32}", one.file.name) for one in Attachment.objects.all())


def test_the_form_sent_twice_is_one_question(client):
    key = re.search(r'name="key" value="([^"]+)"', client.get("/contact/").content.decode())
    assert key
    for _click in range(2):
        client.post("/contact/", {**ASKED, "key": key[1]})

    assert Question.objects.count() == 1


def test_who_goes_back_and_asks_another_thing_asks_another_question(client):
    form = {**ASKED, "key": str(uuid4())}
    for question in ("De eerste", "De tweede", "De tweede"):
        client.post("/contact/", {**form, "question": question})

    assert [mail.text for mail in Mail.objects.filter(direction="in").order_by("pk")] == ["De eerste", "De tweede"]


def test_files_of_forms_that_are_not_right_are_not_looked_through_without_end(client):
    set_limit("contact_files_an_hour", 4)
    wrong, two = {**ASKED, "email": "geen adres"}, ("a.pdf", "b.pdf")
    answers = [
        client.post("/contact/", {**wrong, "attachments": [upload(PDF, name) for name in two]}) for _click in range(3)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert ASKED["question"] in answers[-1].content.decode()


def test_what_a_program_fills_in_goes_to_spam_without_an_answer(client):
    response = client.post("/contact/", {**ASKED, "website": "https://koop.example"})

    assert response.status_code == 302
    assert Question.objects.get().status == Question.Status.SPAM
    assert not Message.objects.exists()


def test_who_asks_very_often_must_wait_and_keeps_what_was_typed(client):
    answers = [client.post("/contact/", {**ASKED, "question": f"Vraag {number}"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Vraag 10" in answers[-1].content.decode()


def test_without_redis_a_question_comes_in_all_the_same(client, redis_away):
    assert client.post("/contact/", ASKED).status_code == 302


def test_the_dossier_is_filed_for_the_applicant_and_only_named_for_a_stranger(client, applicant, stranger):
    case = given.filed(by=applicant)
    for email in (applicant.email, stranger.email):
        client.post("/contact/", {**ASKED, "email": email, "dossier": case.dossier.number})

    own, other = Question.objects.order_by("pk")
    assert (own.case_dossier, other.case_dossier, other.named_dossier) == (case.dossier, None, case.dossier.number)


def test_somebody_who_is_logged_in_need_not_type_who_they_are(as_applicant, applicant):
    assert applicant.email in as_applicant.get("/contact/").content.decode()


def test_a_full_disk_is_told_and_costs_no_words(client, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked / "documents"

    response = client.post("/contact/", {**ASKED, "attachments": [SimpleUploadedFile("a.pdf", PDF)]})

    assert response.status_code == 503
    assert ASKED["question"] in response.content.decode()
    assert not Question.objects.exists()

"""'My messages' shows what the editors answered about one's case, and never the words of a stranger."""

import pytest

from casework.models import Message
from tests import given
from tests.helpdesk.mailbox import mails
from tests.helpdesk.mailbox.editing import answered

ANSWER = "Ja, vanaf maandag mag het."


def messages(client):
    return client.get("/mijn/berichten/").content.decode()


@pytest.fixture
def case(applicant):
    return given.filed(by=applicant)


@pytest.fixture
def asked(receive, case, applicant, editor):
    """The applicant mailed about the case, and an editor answered."""
    question = receive(mails.mail("Wanneer mag het?", subject=f"Over {case.dossier}", sender=applicant.email))
    answered(question, ANSWER, by=editor)
    return question


def test_the_applicant_and_a_colleague_read_the_answer(as_applicant, as_colleague, asked):
    for client in (as_applicant, as_colleague):
        page = messages(client)
        assert asked.number in page
        assert ANSWER in page


def test_a_stranger_reads_none_of_it(as_stranger, asked):
    page = messages(as_stranger)

    assert asked.number not in page
    assert ANSWER not in page


def test_a_stranger_who_writes_the_number_makes_nothing_appear(receive, as_applicant, case, stranger, editor):
    question = receive(mails.mail("Betaal hier!", subject=f"Over {case.dossier}", sender=stranger.email))
    answered(question, ANSWER, by=editor)

    page = messages(as_applicant)
    for words in (question.number, ANSWER, "Betaal hier", stranger.email):
        assert words not in page


def test_not_even_when_an_editor_files_it_there(receive, as_applicant, as_stranger, case, stranger, editor):
    question = receive(mails.mail("Betaal hier!", subject=f"Over {case.dossier}", sender=stranger.email))
    question.file(by=editor, dossier=case.dossier)
    answered(question, ANSWER, by=editor)

    for client in (as_applicant, as_stranger):
        page = messages(client) + client.get(f"/aanvragen/{case.key}/").content.decode()
        for words in (ANSWER, "Betaal hier"):
            assert words not in page


def test_who_writes_under_the_address_of_another_makes_no_words_appear(receive, as_applicant, asked, applicant, case):
    receive(mails.mail("Betaal hier!", subject=f"Klik: {case.dossier}", sender=applicant.email))
    receive(mails.mail("En hier!", subject=f"Re: {asked.number} Klik", sender=applicant.email))

    page = messages(as_applicant) + as_applicant.get(f"/aanvragen/{case.key}/").content.decode()
    for words in ("Betaal hier", "En hier", "Klik"):
        assert words not in page


def test_who_no_longer_acts_is_a_stranger(as_applicant, as_colleague, asked, applicant):
    applicant.mandates.update(ended_at="2026-01-01T00:00Z")

    assert asked.number not in messages(as_applicant)
    assert asked.number not in messages(as_colleague)


def test_the_mail_that_quotes_the_question_is_not_among_those_of_the_dossier(asked, case):
    assert Message.objects.filter(kind="mail_question_answered").get().dossier is None
    assert not case.dossier.outgoing_mail.filter(kind__startswith="mail_question").exists()


def test_more_questions_ask_no_more_of_the_database(
    receive, as_applicant, applicant, asked, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as few:
        messages(as_applicant)
    for number in range(4):
        receive(mails.mail(f"Vraag {number}", subject=f"Over {asked.case_dossier}", sender=applicant.email))
    with django_assert_max_num_queries(len(few)):
        messages(as_applicant)

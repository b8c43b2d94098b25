"""What becomes of a mail: once, with its number, filed only where the sender may know of the dossier."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from casework.models import Message
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Mail, Question
from tests import given
from tests.helpdesk.mailbox import mails


def test_the_same_mail_twice_is_as_once(receive):
    receive(mails.mail(message_id="<een@x.example>"))
    receive(mails.mail(message_id="<een@x.example>"))

    assert Question.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_mail_without_message_id_twice_is_as_once(receive):
    bare = b"From: anna@example.org\r\nSubject: vraag\r\n\r\nMag ik erin?\r\n"
    receive(bare)
    receive(b"Received: by another way\r\n" + bare)

    assert Question.objects.count() == 1


def test_another_mail_under_a_message_id_that_we_have_is_kept_too(receive):
    receive(mails.mail("De eerste vraag", message_id="<zelfde@x.example>"))
    receive(mails.mail("Een heel andere vraag", message_id="<zelfde@x.example>"))

    assert Mail.objects.filter(direction="in").count() == 2


@pytest.mark.django_db(transaction=True)
def test_numbers_follow_each_other_when_many_ask_at_once():
    at_once = Barrier(6)

    def ask(number: int) -> None:
        at_once.wait()
        open_question(channel="form", email=f"a{number}@example.org", text="Mag ik erin?")
        connection.close()

    threads = [Thread(target=ask, args=[number]) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    numbers = sorted(Question.objects.values_list("number", flat=True))
    assert [int(number.rpartition("-")[2]) for number in numbers] == [1, 2, 3, 4, 5, 6]
    assert numbers[0].startswith("V-20")


def test_a_question_of_the_applicant_is_filed_in_the_dossier_it_names(receive, applicant, colleague, representative):
    case = given.filed(by=applicant)
    addresses = [case.applicant.email, applicant.email, colleague.email, representative.email.upper()]

    found = [receive(mails.mail(subject=f"Over {case.dossier.number}", sender=address)) for address in addresses]

    assert [question.case_dossier for question in found] == [case.dossier] * 4


def test_a_stranger_is_told_nothing_of_a_dossier_and_the_editor_sees_only_the_number(receive, applicant, stranger):
    case = given.filed(by=applicant)
    real = receive(mails.mail(subject=f"Over {case.dossier.number}", sender=stranger.email))
    invented = receive(mails.mail(subject="Over ZES-2026-999999", sender=stranger.email))

    assert (real.case_dossier, real.named_dossier) == (None, case.dossier.number)
    bodies = Message.objects.filter(kind="mail_question_received").values_list("body", flat=True)
    assert {body.replace(real.number, "N").replace(invented.number, "N") for body in bodies} == {
        bodies[0].replace(real.number, "N").replace(invented.number, "N")
    }
    assert not any("ZES-" in body for body in bodies)


def test_who_no_longer_acts_is_a_stranger(receive, applicant, colleague):
    case = given.filed(by=applicant)
    colleague.mandates.update(ended_at="2026-01-01T00:00Z")

    assert receive(mails.mail(subject=case.dossier.number, sender=colleague.email)).case_dossier is None


def test_topic_tone_and_language_are_suggested(receive):
    complaint = receive(
        mails.mail("Dit is belachelijk, ik wacht al weken en krijg geen reactie. Ik dien een klacht in.")
    )
    english = receive(mails.mail("When am I allowed to enter the zone with my van? I would like to know the rules."))

    assert (complaint.suggested_tone, complaint.language) == ("complaint", "nl")
    assert (english.suggested_tone, english.language) == ("informing", "en")


def test_nobody_gets_more_confirmations_in_a_day_than_the_policy_says(receive):
    for number in range(5):
        receive(mails.mail(f"Vraag {number}"))

    assert Question.objects.count() == 5
    assert Message.objects.filter(kind="mail_question_received").count() == 3

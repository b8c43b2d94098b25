"""Machines, post offices and our own mails: nobody answers them, and nothing goes round."""

import pytest
from django.utils import timezone

from casework.models import Message, Policy
from helpdesk.models import Mail, Question
from tests.helpdesk.mailbox import mails
from tests.helpdesk.mailbox.editing import answered

AUTOMATIC = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; owner-email=x@example.org"},
    {"Precedence": "bulk"},
    {"Precedence": "List"},
    {"Precedence": "junk"},
    {"Return_Path": "<>"},
    {"List_Id": "<nieuws.example.org>"},
    {"X_Spam_Flag": "YES"},
]


@pytest.mark.parametrize("headers", AUTOMATIC)
def test_a_machine_gets_no_answer_and_does_not_stand_among_what_waits(receive, headers):
    question = receive(mails.mail("Ik ben tot maandag afwezig.", **headers))

    assert question.status == Question.Status.SPAM
    assert not Message.objects.exists()


def test_a_person_who_says_that_they_are_one_gets_an_answer(receive):
    assert receive(mails.mail(Auto_Submitted="no")).status == Question.Status.OPEN
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "own",
    [
        {"sender": "Centraal Loket <LOKET@example.org>"},
        {"sender": "redactie@zes.example"},
        {"X_Loop": "redactie@zes.example"},
    ],
)
def test_a_mail_of_our_own_is_put_aside(inbox, receive, own):
    receive(mails.mail("Eerst een echte vraag"))
    receive(mails.mail("Antwoord op uw vraag", **own))

    assert Question.objects.count() == 1
    assert (inbox.count("INBOX"), inbox.count("Verwerkt")) == (0, 2)


def test_two_machines_do_not_go_on_writing_to_each_other(post_office, send_all, receive):
    receive(mails.mail())
    for _round in range(5):
        send_all()
        for sent in post_office.sent:
            post_office.mail(mails.mail("Afwezig", In_Reply_To=sent["Message-ID"], Auto_Submitted="auto-replied"))
        post_office.sent.clear()
        receive(mails.mail("Nog een", sender="sven@example.org", message_id="<zelfde@x.example>"))

    assert Message.objects.filter(to="anna@example.org").count() == 1


def test_an_automatic_reply_stands_in_the_thread_and_reopens_nothing(receive, editor):
    question = receive(mails.mail())
    sent = answered(question, "Ja.", by=editor)

    receive(mails.mail("Afwezig", In_Reply_To=sent.message_id, Auto_Submitted="auto-replied"))

    question.refresh_from_db()
    assert question.status == Question.Status.ANSWERED
    assert question.mails.order_by("pk").last().sort == Mail.Sort.AUTOMATIC


def test_a_bounce_is_shown_on_the_question_whose_mail_came_back(receive, editor, login):
    question = receive(mails.mail())
    sent = answered(question, "Ja.", by=editor)
    before = Message.objects.count()

    receive(mails.bounce(sent.message_id))

    page = login(editor).get(f"/loket/vragen/{question.number}/").content.decode()
    assert question.mails.filter(sort=Mail.Sort.BOUNCE).count() == 1
    assert "kon niet worden bezorgd" in page
    assert "User unknown" in page
    assert Message.objects.count() == before


def test_who_was_marked_as_spam_thrice_goes_there_by_themselves(receive, editor):
    for number in range(3):
        question = receive(mails.mail(f"Koop nu {number}", sender="koop@nu.example"))
        assert question.status == Question.Status.OPEN
        question.mark_as_spam(by=editor)
    told = Message.objects.count()

    assert receive(mails.mail("Koop nog meer", sender="KOOP@nu.example")).status == Question.Status.SPAM
    assert Message.objects.count() == told
    assert receive(mails.mail("Echte vraag")).status == Question.Status.OPEN


def test_answers_of_a_program_that_an_editor_filed_make_nobody_a_spammer(receive, editor):
    for number in range(3):
        away = receive(mails.mail(f"Afwezig {number}", Auto_Submitted="auto-replied"))
        away.sort(by=editor, topic=None, tone="informing")

    assert receive(mails.mail("Een echte vraag")).status == Question.Status.OPEN


def test_without_an_address_nobody_is_known_as_a_spammer(receive, editor):
    for number in range(3):
        question = receive(mails.mail(f"Koop nu {number}", sender="niemand"))
        question.mark_as_spam(by=editor)

    assert receive(mails.mail("Een vraag", sender="ook niemand")).status == Question.Status.OPEN


def test_a_person_who_writes_from_the_address_of_the_desk_is_no_loop(receive):
    Policy.objects.create(
        name="contact_email", valid_from=timezone.localdate(), value="balie@example.org", source="test"
    )

    assert receive(mails.mail("Fwd: een vraag", sender="balie@example.org")).email == "balie@example.org"


def test_a_bounce_in_another_code_is_read_all_the_same(receive, editor):
    question = receive(mails.mail())
    sent = answered(question, "Ja.", by=editor)

    receive(mails.bounce(sent.message_id).replace(b"Action: failed", b"Diagnostic-Code: smtp; gesch\xe4ft\x00 zu"))

    assert "geschäft" in question.mails.order_by("pk").last().text


def test_spam_that_answers_itself_stays_spam(receive, editor):
    question = receive(mails.mail(message_id="<spam@x.example>"))
    question.mark_as_spam(by=editor)

    receive(mails.mail("Hallo?", References="<spam@x.example>"))

    question.refresh_from_db()
    assert question.status == Question.Status.SPAM

"""A question by mail, through a real mail server and a real mailbox: asked, answered, asked again."""

from helpdesk.mailbox import collection
from helpdesk.models import Question
from tests.helpdesk.mailbox import mails
from tests.helpdesk.mailbox.editing import answered
from tests.helpdesk.mailbox.servers import ADDRESS
from tests.portal.files import PDF


def test_a_mail_becomes_a_question_is_answered_and_a_reply_reopens_it(post_office, send_all, editor, db):
    asked = mails.mail(message_id="<vraag.1@mail.example.org>", files=(("kenteken bewijs.pdf", PDF),))
    post_office.mail(asked)
    assert collection.collect_mail() == 1
    question = Question.objects.get()
    send_all()
    [confirmation] = post_office.sent
    assert (confirmation["To"], confirmation["In-Reply-To"]) == ("anna@example.org", "<vraag.1@mail.example.org>")
    assert confirmation["Auto-Submitted"] == "auto-replied"
    assert question.number in confirmation["Subject"]

    answered(question, "Dat hangt af van de klasse.", by=editor)
    send_all()
    answer = post_office.sent[1]
    assert answer["In-Reply-To"] == "<vraag.1@mail.example.org>"
    assert "<vraag.1@mail.example.org>" in answer["References"]
    assert (answer["Auto-Submitted"], answer["X-Loop"], answer["Reply-To"]) == ("no", ADDRESS, ADDRESS)
    assert "> Wanneer mag ik" in answer.get_content()

    post_office.mail(mails.mail("Het is klasse 4.", subject="Re: iets anders", In_Reply_To=answer["Message-ID"]))
    collection.collect_mail()
    question.refresh_from_db()
    assert question.status == Question.Status.OPEN
    assert [mail.direction for mail in question.mails.order_by("pk")] == ["in", "out", "out", "in"]


def test_the_same_mail_sent_again_by_the_outbox_has_the_same_message_id(post_office, send_all, receive):
    question = receive(mails.mail())
    message = question.mails.get(direction="out").outgoing
    send_all()
    message.sent_at = None
    message.save()
    send_all()

    assert [mail["Message-ID"] for mail in post_office.sent] == [message.message_id] * 2


def test_a_reply_with_only_the_number_in_its_subject_finds_its_question(receive):
    question = receive(mails.mail())

    again = receive(mails.mail("Nog iets.", subject=f"Fwd: {question.number.lower()}"))

    assert again == question
    assert question.mails.filter(direction="in").count() == 2


def test_the_number_of_somebody_elses_question_opens_nothing(receive):
    question = receive(mails.mail())

    other = receive(mails.mail("Wat staat daar?", subject=question.number, sender="sven@example.org"))

    assert other != question
    assert question.mails.filter(direction="in").count() == 1

"""Two editors at the same moment: one answers, and the other reads that before anything goes out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from casework.desk.conflict import seen_now
from casework.models import Message
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Question
from tests.cast import staff
from tests.helpdesk.mailbox.editing import answered
from tests.locks import wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("is_answered", [False, True])
def test_one_of_two_answers_goes_out(is_answered, login, editor):
    question = open_question(channel="form", email="anna@example.org", text="Mag ik erin?")
    if is_answered:
        answered(question, "Ja.", by=editor)
    desks, seen = [login(editor), login(staff("Els Redacteur", "editor"))], seen_now(question)

    def send(desk, number):
        sent = {"answer-answer": f"Antwoord {number}", "answer-tone": "informing", "seen": seen, "action": "send"}
        try:
            return desk.post(f"/loket/vragen/{question.number}/answer/", sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Question.objects.select_for_update().get(pk=question.pk)
            sending = [threads.submit(send, desk, number) for number, desk in enumerate(desks)]
            wait_until_blocked(2)
        answers = [one.result() for one in sending]

    assert sorted(answers) == [302, 409]
    assert Message.objects.filter(body__contains="Antwoord ").count() == 1

"""What may happen to a question, by whom, and what its log says of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import workflow_drawing
from casework.models import Dossier, Event
from helpdesk.mailbox import retention
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Question
from tests.helpdesk.mailbox import mails
from tests.helpdesk.mailbox.editing import answered

pytestmark = pytest.mark.django_db

ANY = {"open", "answered", "closed", "spam"}
TABLE = {
    "receive": (ANY, None),
    "answer": ({"open", "answered", "closed"}, "answered"),
    "forward": ({"open"}, "answered"),
    "sort": (ANY, None),
    "file": (ANY, None),
    "close": ({"open"}, "closed"),
    "mark_as_spam": ({"open", "answered", "closed"}, "spam"),
    "reopen": ({"answered", "closed", "spam"}, "open"),
}


def ask(**about):
    return open_question(**{"channel": "form", "email": "anna@example.org", "text": "Mag ik erin?", **about})


def told(question):
    return [(event.step, event.to_status, event.by) for event in Event.objects.of(question)]


def test_the_table_is_the_code():
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(Question)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}


def test_the_log_tells_who_did_what(receive, editor):
    question = receive(mails.mail())
    sent = answered(question, "Ja.", by=editor)
    receive(mails.mail("En morgen?", In_Reply_To=sent.message_id))
    question.close(by=editor)

    assert told(question) == [
        ("receive", "open", None),
        ("answer", "answered", editor),
        ("receive", "answered", None),
        ("reopen", "open", None),
        ("close", "closed", editor),
    ]


def test_spam_that_comes_in_is_put_aside_by_the_system():
    assert told(ask(is_spam=True)) == [("receive", "open", None), ("mark_as_spam", "spam", None)]


@pytest.mark.parametrize("step", ["close", "mark_as_spam", "reopen"])
def test_only_an_editor_takes_a_step(step, caseworker, editor):
    question = ask()
    if step == "reopen":
        question.close(by=editor)

    with pytest.raises(PermissionDenied):
        getattr(question, step)(by=caseworker)


def test_without_an_address_nobody_is_answered(editor):
    question = ask(email="")

    with pytest.raises(TransitionNotAllowed):
        question.answer(by=editor, answer="Ja.", topic=None, tone="informing")


def test_the_log_has_no_words_of_a_person_and_stays_when_the_question_goes(editor):
    question = ask(name="Anna")
    answered(question, "Beste Anna, ja.", by=editor)
    long_ago = timezone.now() - timedelta(days=400)
    Question.objects.filter(pk=question.pk).update(answered_at=long_ago, changed_at=long_ago)

    assert retention.remove_old(now=timezone.now()) == 1

    assert "anna" not in str(list(Event.objects.of(question).values())).casefold()
    assert [event.step for event in Event.objects.of(question)] == ["receive", "answer"]


def test_the_dossier_of_a_question_takes_no_number_of_a_case():
    dossier = ask().dossier

    assert dossier.number is None
    assert list(Dossier.objects.exclude(number=None)) == []

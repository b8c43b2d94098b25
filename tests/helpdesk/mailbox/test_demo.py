"""The questions of the demo: a dozen, in every state, and loaded once however often."""

import pytest
from django.utils import timezone

from casework.models import Message
from demo import helpdesk_questions
from helpdesk.models import Mail, Question


@pytest.mark.django_db
def test_the_demo_has_questions_in_every_state_and_sends_nothing(editor):
    editor.email = helpdesk_questions.EDITOR
    editor.save()

    for _load in range(2):
        helpdesk_questions.load_questions(today=timezone.localdate())

    assert Question.objects.count() == 12
    assert set(Question.objects.values_list("status", flat=True)) == set(Question.Status.values)
    assert Question.objects.get(name="Karin Smit").status == Question.Status.OPEN
    assert Mail.objects.filter(attachments__refused__gt="").count() == 1
    assert not Message.objects.filter(sent_at=None).exists()

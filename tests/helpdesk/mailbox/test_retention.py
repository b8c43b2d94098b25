"""Questions go a year after their end, with every mail and file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from casework.models import Message
from helpdesk.mailbox import attachments, retention
from helpdesk.mailbox.parts import File
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Mail, Question
from tests.portal.files import PDF

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ended(days: int, **values: object) -> Question:
    """A question that ended a number of days ago."""
    files = attachments.check_files([File("a.pdf", PDF)])
    question = open_question(channel="form", email="anna@example.org", text="Mag ik erin?", files=files)
    moment = timezone.now() - days * DAY
    changes = {"status": "answered", "answered_at": moment, "changed_at": moment, **values}
    Question.objects.filter(pk=question.pk).update(**changes)
    return question


def files_on_disk(settings) -> list[str]:
    return [path.name for path in Path(settings.MEDIA_ROOT, "mailbox").glob("*")]


def test_a_question_goes_a_year_after_its_end_with_mails_and_files(settings):
    ended(366)
    kept = ended(364)

    assert retention.remove_old(now=timezone.now()) == 1
    assert list(Question.objects.all()) == [kept]
    assert Mail.objects.exclude(question=kept).count() == 0
    assert Message.objects.count() == 1
    assert len(files_on_disk(settings)) == 1


def test_what_waits_and_what_came_in_since_stays():
    ended(900, status="open")
    ended(900, changed_at=timezone.now() - 5 * DAY)

    assert retention.remove_old(now=timezone.now()) == 0

"""A question that is for another body is forwarded, and the sender is told (Awb 2:3(1))."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.desk.conflict import seen_now
from casework.models import OtherBody
from tests.helpdesk.mailbox.test_steps import ask

pytestmark = pytest.mark.django_db
WHY = "Over een boete beslist de officier van justitie."


def test_2_3_the_sender_is_told_to_whom_and_the_log_keeps_it(editor):
    question, cvom = ask(), OtherBody.objects.get(code="cvom")
    question.forward(by=editor, body=cvom, because=WHY)

    told = question.mails.get(direction="out", written=WHY)
    assert (question.status, told.outgoing.to) == ("answered", "anna@example.org")
    assert "Postbus 50000, 3500 MJ Utrecht" in told.text
    assert question.dossier.events.get(step="forward").detail == {"body": cvom.pk}


def test_2_3_from_the_page_of_the_question(login, editor):
    question = ask()
    typed = {"forward-body": OtherBody.objects.get(code="cvom").pk, "forward-because": WHY, "seen": seen_now(question)}
    page = login(editor).post(reverse("question_step", args=[question.number, "forward"]), typed, follow=True)

    assert page.status_code == 200
    question.refresh_from_db()
    assert question.status == "answered"


def test_one_does_not_forward_to_an_ombudsman():
    names = [str(one) for one in OtherBody.objects.to_forward_to(on=ask().asked_at.date())]
    assert "Nationale ombudsman" not in names


def test_others_do_not_forward(caseworker):
    with pytest.raises(PermissionDenied):
        ask().forward(by=caseworker, body=OtherBody.objects.get(code="cvom"), because=WHY)

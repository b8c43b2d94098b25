"""Words full of code, in every free text of an objection and of the case before the court, on everybody's pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from objections.models import Hearing
from tests import contest, given
from tests.desk import pages
from tests.portal.objecting import page

pytestmark = pytest.mark.django_db

CODE = "<img src=x onerror=alert(1)>{{ 7 * 7 }}</textarea></script>"
LIVE = "<img src=x"


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def planned(rejected, applicant, objection_officer):
    """An objection with a hearing; every text in it is code."""
    objection = contest.hearing_offered(
        rejected, by=applicant, desk=objection_officer, grounds=CODE, late_reason=CODE, costs_asked=True
    )
    objection.answer_hearing(by=applicant, wants=True, reply=CODE)
    objection.plan_hearing(by=objection_officer, held_at=contest.at_ten(21), place=CODE, heard_by=objection_officer)
    objection.note(by=objection_officer, text=CODE)
    objection.ask_relief(by=objection_officer, court=CODE, asked_on=timezone.localdate(), case_number=CODE[:50])
    return objection


@pytest.fixture
def lost(planned, objection_officer):
    """The same, decided and at the court."""
    Hearing.objects.update(held_at=timezone.now())
    planned.refresh_from_db()
    planned.hold_hearing(by=objection_officer, attended=True, report=CODE)
    planned.declare_unfounded(by=objection_officer, explanation=CODE, costs_because=CODE)
    appeal = contest.appeal(planned, desk=objection_officer, court=CODE, case_number=CODE[:50])
    appeal.receive_paper(by=objection_officer, title=CODE, dated_on=timezone.localdate())
    appeal.find_unfounded(by=objection_officer, judged_on=timezone.localdate(), judgment=CODE)
    return appeal


def test_the_objector_reads_words(as_applicant, lost):
    objection = lost.objection
    letters = objection.dossier.letters.values_list("pk", flat=True)
    shown = [
        as_applicant.get(reverse("letter", args=[objection.application.key, pk])).content.decode() for pk in letters
    ]

    assert CODE.startswith(LIVE)
    assert all(LIVE not in words for words in [page(as_applicant, objection), *shown])
    assert any("&lt;img src=x" in words for words in shown)


def test_the_desk_reads_words(as_objection_officer, lost):
    of_case = [pages.case(case) for case in (lost, lost.objection, lost.objection.application)]
    lists = [pages.worklist("ended", of=sort) for sort in ("objections_objection", "objections_appeal")]

    assert all(LIVE not in pages.text(as_objection_officer.get(address)) for address in (*of_case, *lists))


def test_the_forms_of_the_desk_show_words(as_objection_officer, planned):
    shown = [
        as_objection_officer.get(pages.step(planned, name)) for name in ("plan_hearing", "judge_relief", "withdraw")
    ]

    assert {response.status_code for response in shown} == {200}
    assert all(LIVE not in pages.text(response) for response in shown)


def test_the_court_cannot_write_a_mail_of_its_own(lost):
    mails = lost.dossier.outgoing_mail.all()

    assert mails
    assert all("<img" not in mail.subject and "\n" not in mail.subject for mail in mails)

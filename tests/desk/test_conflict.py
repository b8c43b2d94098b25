"""Two caseworkers at once: one wins, the other reads what happened and keeps what they typed."""

import pytest
from django.utils import timezone

from casework.desk.conflict import seen_now
from casework.models import CaseKey
from exemptions.models import Ground
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    """A case in which all proof was accepted: there is no reason not to grant it."""
    return given.judged(by=applicant, desk=caseworker)


def test_the_second_reads_who_did_what_and_keeps_what_they_typed(
    as_caseworker, application, other_caseworker, applicant
):
    seen = seen_now(application)
    ground = given.ground(Ground.Outcome.REJECT, application)
    application.withdraw(by=other_caseworker, reason="Auto verkocht.")

    answer = pages.send(
        as_caseworker, application, "propose_rejection", seen=seen, ground=ground.pk, explanation="Een lange uitleg."
    )

    page = pages.text(answer)
    assert answer.status_code == 409
    assert "Olga Behandelaar" in page
    assert "Ingetrokken" in page
    assert "Een lange uitleg." in page
    assert str(ground) in page
    assert not application.proposals.exists()


def test_of_two_who_grant_at_once_one_wins(as_caseworker, as_other_caseworker, application):
    seen, today = seen_now(application), timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)
    fields = {"seen": seen, "ground": ground.pk, "starts_on": today, "ends_on": today, "explanation": "Zo lang."}

    first = pages.send(as_caseworker, application, "grant", **fields)
    second = pages.send(as_other_caseworker, application, "grant", **fields)

    assert (first.status_code, second.status_code) == (302, 409)
    assert application.decisions.count() == 1


def test_a_second_click_does_nothing_and_says_that_it_is_done(as_caseworker, application):
    seen = seen_now(application)

    first, second = (pages.send(as_caseworker, application, "withdraw", seen=seen) for _click in range(2))

    assert first.url == second.url == pages.case(application)
    assert application.dossier.letters.filter(kind="withdrawn").count() == 1


def test_a_colleagues_note_is_no_conflict(as_caseworker, application, other_caseworker):
    seen = seen_now(application)
    application.note(by=other_caseworker, text="Gebeld.")

    assert pages.send(as_caseworker, application, "withdraw", seen=seen).status_code == 302


def test_ones_own_judgement_in_another_window_is_no_conflict(as_caseworker, application, caseworker):
    seen = seen_now(application)
    application.judge(by=caseworker, item=application.evidence_items.first(), verdict="accepted")

    assert pages.send(as_caseworker, application, "withdraw", seen=seen).status_code == 302


def test_a_colleagues_judgement_is_a_conflict(as_caseworker, application, other_caseworker):
    seen = seen_now(application)
    application.judge(by=other_caseworker, item=application.evidence_items.first(), verdict="accepted")

    assert pages.send(as_caseworker, application, "withdraw", seen=seen).status_code == 409


def of_another_case(application, by):
    """An objection in the same dossier takes a step of the same name."""
    CaseKey.objects.create(case_type="objection", case_id=1)
    application.dossier.events.create(
        case_type="objection", case_id=1, step="withdraw", from_status="registered", to_status="withdrawn", by=by
    )


def test_what_happens_to_another_case_of_the_dossier_is_no_conflict(as_caseworker, application, other_caseworker):
    seen = seen_now(application)
    of_another_case(application, by=other_caseworker)

    assert pages.send(as_caseworker, application, "withdraw", seen=seen).status_code == 302


def test_the_same_step_of_another_case_is_no_second_click(as_caseworker, application, caseworker):
    seen = seen_now(application)
    of_another_case(application, by=caseworker)

    pages.send(as_caseworker, application, "withdraw", seen=seen)

    assert pages.status(application) == "withdrawn"


def test_the_preview_of_a_stale_page_is_a_conflict_too(as_caseworker, application, other_caseworker):
    seen = seen_now(application)
    application.withdraw(by=other_caseworker)

    assert pages.send(as_caseworker, application, "withdraw", action="preview", seen=seen).status_code == 409


def test_a_page_that_is_opened_too_late_says_so(as_caseworker, application, other_caseworker):
    application.withdraw(by=other_caseworker)

    assert as_caseworker.get(pages.step(application, "grant")).status_code == 409


@pytest.mark.parametrize("seen", ["", "x", "-1", "²"])
def test_a_form_without_a_sound_mark_takes_no_step_twice(as_caseworker, applicant, caseworker, seen):
    application = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")

    answer = as_caseworker.post(pages.step(application, "take_up"), {"action": "send", "seen": seen})

    assert answer.status_code == 409

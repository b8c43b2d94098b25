"""The clock without a person: reminded once, asked again, ready to set aside; killed and run again, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework.models import Deadline, Message
from exemptions import deadline_monitoring, letters
from exemptions.intake import drafts
from exemptions.models import Application, Ground, Status
from tests import given

START = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def day(days: int) -> date:
    return (START + timedelta(days=days)).date()


def on_day(days: int) -> time_machine.travel:
    return time_machine.travel(START + timedelta(days=days), tick=False)


def run_on(days: int) -> int:
    with on_day(days):
        return deadline_monitoring.take_due_steps(today=timezone.localdate())


@pytest.fixture
def asked(applicant: User, caseworker: User) -> Application:
    with on_day(0):
        return given.waiting(by=applicant, desk=caseworker)


def mails(application: Application, kind: str) -> int:
    return Message.objects.filter(dossier=application.dossier, kind=kind, to=application.owner.email).count()


def test_after_two_weeks_of_silence_the_applicant_is_reminded(asked: Application) -> None:
    assert run_on(13) == 0
    assert run_on(14) == 1

    assert mails(asked, "mail_reminder") == 1
    assert asked.dossier.letters.filter(kind="reminder").count() == 1


def test_twice_on_a_day_and_every_day_after_it_is_still_one_reminder(asked: Application) -> None:
    for days in (14, 14, 15, 16, 20):
        run_on(days)

    assert mails(asked, "mail_reminder") == 1


def test_who_has_answered_is_not_reminded(asked: Application, applicant: User) -> None:
    with on_day(10):
        asked.supply(by=applicant, answer="Hier is het.")

    assert run_on(14) == 0


def test_a_term_that_passed_in_silence_is_asked_again_with_a_reminder_of_its_own(asked: Application) -> None:
    run_on(14)
    run_on(22)
    run_on(36)

    assert list(asked.completion_requests.values_list("round", flat=True)) == [1, 2]
    assert asked.completion_requests.exclude(reminded_at=None).count() == 2


def test_after_the_second_silence_it_can_be_set_aside_for_four_weeks(asked: Application, caseworker: User) -> None:
    for days in (14, 22, 36, 44):
        run_on(days)

    listed: Any = Application.objects.to_set_aside(today=day(44)).get()
    assert listed.set_aside_by == given_set_aside_day(asked)
    with on_day(45):
        asked.set_aside(by=caseworker, ground=Ground.objects.get(code="no_response"), explanation=given.EXPLAINED)
    assert asked.status == Status.SET_ASIDE


def given_set_aside_day(application: Application) -> date:
    """Four weeks after the last term ended, on a working day here."""
    return application.completion_requests.latest("round").ends_on + timedelta(weeks=4)


def test_when_the_law_allows_it_no_more_the_case_leaves_the_list_and_is_decided_on_the_merits(
    asked: Application, caseworker: User
) -> None:
    for days in (14, 22, 36, 44):
        run_on(days)

    with on_day(44 + 40):
        assert not Application.objects.to_set_aside(today=day(44 + 40)).exists()
        asked.go_on_unanswered(by=caseworker)
        reason = given.ground(Ground.Outcome.REJECT, asked, code="evidence_insufficient")
        asked.propose_rejection(
            by=caseworker, ground=reason, explanation="Het contract is niet getekend.", doubts_reason=given.EXPLAINED
        )
    assert asked.status == Status.PROPOSED


def test_a_caseworker_goes_on_after_the_first_silence_and_not_before_its_end(
    asked: Application, caseworker: User
) -> None:
    with on_day(20), pytest.raises(TransitionNotAllowed):
        asked.go_on_unanswered(by=caseworker)
    with on_day(22), pytest.raises(TransitionNotAllowed):
        asked.let_lapse(by=caseworker)  # one silence is not enough for the worklist 'to set aside'

    with on_day(22):
        asked.go_on_unanswered(by=caseworker)

    assert asked.status == Status.IN_REVIEW


def test_a_term_leaves_time_for_the_reminder(applicant: User, caseworker: User) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)
    item = application.evidence_items.with_all()[0]

    with pytest.raises(given.Refused, match="15"):
        application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=given.working_day(8))


def test_four_weeks_later_setting_aside_is_refused(asked: Application, caseworker: User) -> None:
    for days in (14, 22, 36, 44):
        run_on(days)
    ground = Ground.objects.get(code="no_response")

    with on_day(44 + 40), pytest.raises(given.Refused, match="2026"):
        asked.set_aside(by=caseworker, ground=ground, explanation=given.EXPLAINED)


def test_one_silence_is_not_enough_to_set_aside(asked: Application, caseworker: User) -> None:
    with on_day(22):
        asked.go_on_unanswered(by=caseworker)
    with on_day(22), pytest.raises(given.Refused):
        asked.set_aside(by=caseworker, ground=Ground.objects.get(code="no_response"), explanation=given.EXPLAINED)


def test_killed_half_way_and_run_again_nobody_is_mailed_twice_and_nobody_forgotten(
    applicant: User, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_day(0):
        cases = [given.waiting(by=applicant, desk=caseworker, plate=f"VX12{number}Z") for number in range(4)]
    die_after(2, monkeypatch)

    with pytest.raises(KeyboardInterrupt):
        run_on(14)
    monkeypatch.undo()
    assert run_on(14) == 2

    assert [mails(case, "mail_reminder") for case in cases] == [1, 1, 1, 1]


def die_after(letters_placed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is killed inside a step, when it places its next letter."""
    real, placed = letters.place_letter, iter(range(letters_placed))

    def place(*args: Any, **about: Any) -> object:
        if next(placed, None) is None:
            raise KeyboardInterrupt
        return real(*args, **about)

    monkeypatch.setattr(letters, "place_letter", place)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(asked: Application) -> None:
    def worker(_number: int) -> int:
        try:
            return deadline_monitoring.take_due_steps(today=day(14))
        finally:
            connection.close()

    with on_day(14), ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(worker, range(2))) == 1

    assert mails(asked, "mail_reminder") == 1


def test_a_hearing_without_a_view_goes_on_after_its_term(applicant: User, caseworker: User) -> None:
    with on_day(0):
        application = given.taken_up(by=applicant, desk=caseworker)
        application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day(14))

    assert run_on(10) == 0
    assert run_on(15) == 1
    assert Application.objects.get().status == Status.IN_REVIEW


def test_an_old_draft_is_dropped_and_a_fresh_one_stays(applicant: User) -> None:
    with on_day(0):
        given.draft(by=applicant)
        Application.objects.update(changed_at=timezone.now())
        assert drafts.drop_old_drafts(today=day(0)) == 0

    with on_day(91):
        assert drafts.drop_old_drafts(today=day(91)) == 1
    assert not Application.objects.exists()


def test_the_clock_stands_still_while_the_applicant_is_asked(asked: Application, applicant: User) -> None:
    before = asked.dossier.deadlines.open().get(kind=Deadline.Kind.DECIDE).due
    with on_day(10):
        asked.supply(by=applicant, answer="Hier is het.")

    deadline = asked.dossier.deadlines.open().get(kind=Deadline.Kind.DECIDE)
    assert deadline.due < before  # the whole term was counted on; nine days were used
    assert deadline.basis["suspended_days"] == 9


def test_the_way_back_to_a_draft_names_the_last_day_on_which_it_is_surely_there(applicant: User) -> None:
    with on_day(0):
        drafts.mail_link(given.draft(by=applicant), to=applicant)

    mail = Message.objects.get(kind="mail_resume_draft")
    assert "Doe dat uiterlijk op 29 november 2026." in mail.body
    with on_day(89):
        assert drafts.drop_old_drafts(today=day(89)) == 0

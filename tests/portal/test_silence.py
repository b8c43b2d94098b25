"""Going to court because we do not decide, on the page of the case (Awb 6:2, 6:12, 8:55b)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Application, Ground
from tests import contest, given
from tests.given import EXPLAINED

pytestmark = pytest.mark.django_db
OPEN = "U kunt naar de rechter omdat wij niet beslissen"


@pytest.fixture
def late(applicant, caseworker, time_machine):
    """Nobody decided for seventy days."""
    application = given.judged(by=applicant, desk=caseworker)
    pass_days(time_machine, 70)
    return application


@pytest.fixture
def noticed(late, applicant):
    """The notice of default came in today."""
    late.receive_default_notice(by=applicant, received_on=timezone.localdate())
    return late


@pytest.fixture
def silent(noticed, time_machine):
    """Two weeks later there is no decision."""
    pass_days(time_machine, 15)
    return Application.objects.get(pk=noticed.pk)


def pass_days(time_machine, days):
    time_machine.move_to(timezone.localtime() + timedelta(days=days), tick=False)


def page(client, case):
    name = "application" if isinstance(case, Application) else "objection"
    return client.get(reverse(name, args=[case.key])).content.decode()


def test_without_a_notice_of_default_nothing_is_shown(late, login, applicant):
    assert OPEN not in page(login(applicant), late)


def test_6_12_it_is_open_the_day_after_the_two_weeks(noticed, login, applicant, time_machine):
    pass_days(time_machine, 14)
    assert OPEN not in page(login(applicant), noticed)

    pass_days(time_machine, 1)
    assert OPEN in page(login(applicant), noticed)


def test_it_tells_which_court_until_when_and_what_stays(silent, login, applicant):
    words = page(login(applicant), silent)

    assert "de rechtbank" in words
    assert "Er is geen laatste dag, maar wacht niet onredelijk lang." in words
    assert str(silent.dossier) in words
    assert "griffierecht" in words
    assert "Uw ingebrekestelling en het geld" in words


def test_a_notice_that_came_too_early_opens_nothing(applicant, caseworker, login, time_machine):
    application = given.judged(by=applicant, desk=caseworker)
    application.receive_default_notice(by=applicant, received_on=timezone.localdate())
    pass_days(time_machine, 70)

    assert OPEN not in page(login(applicant), application)


def test_a_stranger_sees_nothing(silent, login, stranger):
    assert login(stranger).get(reverse("application", args=[silent.key])).status_code == 404


def test_once_we_have_decided_it_is_gone(silent, login, applicant, caseworker, team_lead):
    ground = given.ground(Ground.Outcome.REJECT, silent)
    silent.propose_rejection(by=caseworker, ground=ground, explanation="U voldoet niet.", doubts_reason=EXPLAINED)
    silent.approve_rejection(by=team_lead, doubts_reason=EXPLAINED)

    assert OPEN not in page(login(applicant), silent)


def test_once_it_is_withdrawn_it_is_gone(silent, login, applicant):
    silent.withdraw(by=applicant)

    assert OPEN not in page(login(applicant), silent)


def test_an_appeal_that_the_court_told_us_of_is_shown_in_its_place(silent, login, applicant, objection_officer):
    contest.appeal_against_silence(silent, desk=objection_officer, case_number="ARN 26/1")

    words = page(login(applicant), silent)
    assert OPEN not in words
    assert "ARN 26/1" in words


def test_after_an_order_of_the_court_its_day_counts(silent, login, applicant, objection_officer, time_machine):
    appeal = contest.appeal_against_silence(silent, desk=objection_officer)
    today = timezone.localdate()
    order = {"until": today + timedelta(days=14), "euros_a_day": 100, "most_eur": 15_000, "unheard": True}
    appeal.win_with_order(by=objection_officer, judged_on=today, judgment="Beslis alsnog.", **order)
    pass_days(time_machine, 15)

    assert OPEN not in page(login(applicant), silent)


def test_6_2_the_same_holds_for_an_objection(applicant, rejected, parties, login, time_machine):
    objection = contest.handling(rejected, **parties)
    pass_days(time_machine, 120)
    type(objection).objects.get(pk=objection.pk).receive_default_notice(by=applicant, received_on=timezone.localdate())
    pass_days(time_machine, 14)
    assert OPEN not in page(login(applicant), objection)

    pass_days(time_machine, 1)
    assert OPEN in page(login(applicant), objection)

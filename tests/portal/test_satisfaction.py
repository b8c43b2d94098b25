"""Once after a decision somebody can say how satisfied they are, and nobody reads whose answer it is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed, can_proceed

from casework.models import Policy
from exemptions.models import Satisfaction
from reporting.figures.satisfaction import count_scores
from reporting.period import Period
from reporting.team.satisfaction import list_opinions
from tests import given

pytestmark = pytest.mark.django_db

QUESTION = "Laat weten hoe tevreden u bent"


def today_only() -> Period:
    today = timezone.localdate()
    return Period(today, today, today)


def page_of(client, application) -> str:
    page: str = client.get(reverse("application", args=[application.key])).content.decode()
    return page


def test_it_is_asked_after_the_decision_and_not_before(as_applicant, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    before = page_of(as_applicant, application)
    given.grant(application, desk=caseworker)

    assert QUESTION not in before
    assert QUESTION in page_of(as_applicant, application)


def test_it_is_asked_once(as_applicant, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)
    application.rate(by=applicant, score=2)

    assert QUESTION not in page_of(as_applicant, application)
    with pytest.raises(TransitionNotAllowed):
        application.rate(by=applicant, score=5)
    assert Satisfaction.objects.get().score == 2


def test_it_is_asked_for_a_month(applicant, caseworker, time_machine):
    time_machine.move_to("2026-03-02T10:00")
    application = given.granted(by=applicant, desk=caseworker)

    time_machine.move_to("2026-04-01T10:00")
    assert can_proceed(application.rate)
    time_machine.move_to("2026-04-02T10:00")
    assert not can_proceed(application.rate)


def test_it_is_never_asked_where_the_setting_says_so(applicant, caseworker):
    Policy.objects.create(name="satisfaction_days", value=0, valid_from=timezone.localdate(), source="Besluit")
    application = given.granted(by=applicant, desk=caseworker)

    assert not can_proceed(application.rate)


def test_whoever_decided_cannot_say_it_for_the_applicant(applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    with pytest.raises(PermissionDenied):
        application.rate(by=caseworker, score=5)


def test_a_stranger_finds_no_such_page(as_stranger, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    assert as_stranger.get(reverse("rate", args=[application.key])).status_code == 404


def test_looking_at_the_question_answers_nothing(as_applicant, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    as_applicant.get(reverse("rate", args=[application.key]))

    assert not Satisfaction.objects.exists()


def test_an_answer_leads_back_to_the_application(as_applicant, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    answer = as_applicant.post(reverse("rate", args=[application.key]), {"score": "4", "remark": "Snel."}, follow=True)

    assert "Dank u wel" in answer.content.decode()
    assert (application.satisfaction.score, application.satisfaction.remark) == (4, "Snel.")


def test_a_score_that_is_none_is_refused_by_form_and_database(as_applicant, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    answer = as_applicant.post(reverse("rate", args=[application.key]), {"score": "9", "remark": "Prima."})

    assert "Prima." in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Satisfaction.objects.create(application=application, score=9)


def test_the_caseworker_reads_that_something_was_said_and_not_what(as_caseworker, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)
    application.rate(by=applicant, score=1, remark="Traag en onvriendelijk.")

    page = as_caseworker.get(f"/loket/exemptions/application/{application.pk}/change/").content.decode()

    assert "onvriendelijk" not in page
    assert "zeer ontevreden" not in page


def test_r28_counts_the_answers_by_score(applicant, caseworker):
    for number, score in enumerate((5, 5, 1, 4)):
        given.granted(by=applicant, desk=caseworker, plate=f"V00{number}AA").rate(by=applicant, score=score)

    assert {row.key: (row.count, row.percent) for row in count_scores(today_only())} == {
        "5": (2, 50), "4": (1, 25), "3": (0, 0), "2": (0, 0), "1": (1, 25)
    }  # fmt: skip


def test_words_are_read_only_among_those_of_enough_others(applicant, caseworker):
    for number in range(5):
        assert list_opinions(today_only()).remarks == []
        given.granted(by=applicant, desk=caseworker, plate=f"V00{number}AA").rate(by=applicant, score=3, remark="Goed.")

    assert [one.remark for one in list_opinions(today_only()).remarks] == ["Goed."] * 5

"""The next case: what nobody has and is due first, of what somebody handles, and never to two people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from casework.models import Policy
from casework.steps import StepRefused
from exemptions.allocation import take_next
from exemptions.models import Application
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db
NEXT = reverse("admin:exemptions_application_next")
PLATES = ("V001AA", "V002AA")


@pytest.fixture
def new(applicant):
    """Two that nobody has; the second is due first."""
    cases = [given.filed(by=applicant, plate=plate) for plate in PLATES]
    Application.objects.filter(pk=cases[1].pk).update(decide_by=timezone.localdate())
    return cases


def test_one_gets_what_is_due_first_and_it_is_taken_up(as_caseworker, new, caseworker):
    answer = as_caseworker.post(NEXT)

    new[1].refresh_from_db()
    assert answer.url == pages.case(new[1])
    assert (new[1].status, new[1].assigned_to) == ("in_review", caseworker)


def test_the_start_page_and_the_lists_offer_it_to_who_handles_them(as_caseworker, as_objection_officer, new):
    for address in ("/loket/", reverse("admin:exemptions_application_changelist")):
        assert "Geef mij de volgende" in pages.text(as_caseworker.get(address))
        assert "Geef mij de volgende" not in pages.text(as_objection_officer.get(address))


def test_what_somebody_has_is_not_given(as_caseworker, new, other_caseworker):
    for case in new:
        case.assign(by=None, to=other_caseworker)

    page = as_caseworker.post(NEXT, follow=True)
    assert "Er wacht nu niets nieuws op u." in pages.text(page)


@pytest.mark.parametrize(("chosen", "plate"), [(["NEV"], "V003AA"), (["LEV"], "V002AA"), ([], "V002AA")])
def test_one_gets_the_kinds_that_one_handles(new, applicant, caseworker, chosen, plate):
    given.filed(by=applicant, plate="V003AA", code="NEV")
    caseworker.kinds = chosen

    assert take_next(caseworker).plate == plate


def test_one_gets_the_languages_that_one_writes(new, caseworker):
    Application.objects.filter(pk=new[0].pk).update(language="en")
    caseworker.letter_languages = ["en"]

    assert take_next(caseworker) == new[0]
    assert take_next(caseworker) is None


def test_a_municipality_gets_its_own_alone(new, applicant, municipal_caseworker):
    assert take_next(municipal_caseworker) is None
    local = given.filed(by=applicant, plate="V003AA", code="HAR")

    assert take_next(municipal_caseworker) == local


def test_who_is_away_gets_nothing(as_caseworker, new, caseworker):
    today = timezone.localdate()
    caseworker.absences.create(first_day=today - timedelta(days=1), last_day=today)

    assert "U bent vandaag afwezig" in pages.text(as_caseworker.post(NEXT, follow=True))
    assert not Application.objects.filter(assigned_to=caseworker).exists()


def test_who_has_enough_in_hand_gets_no_more(new, caseworker):
    Policy.objects.filter(name="next_case_most_open").update(value=1)
    take_next(caseworker)

    with pytest.raises(StepRefused):
        take_next(caseworker)
    assert Application.objects.filter(assigned_to=caseworker).count() == 1


def test_only_who_handles_applications_asks_and_only_by_the_button(as_caseworker, as_objection_officer, new):
    assert as_objection_officer.post(NEXT).status_code == 403
    assert as_caseworker.get(NEXT).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_two_cases(new, caseworker, other_caseworker):
    def ask(person):
        try:
            with transaction.atomic():
                found = take_next(person)
                taken.append(found.plate)
                if len(taken) == 1:  # while the first still holds its row, the second asks
                    hurried.append(desk.submit(ask, other_caseworker).result(timeout=30))
                return found.plate
        finally:
            connection.close()

    taken, hurried = [], []
    with ThreadPoolExecutor(2) as desk:
        first = desk.submit(ask, caseworker).result(timeout=60)

    assert sorted([first, *hurried]) == ["V001AA", "V002AA"]
    assert set(Application.objects.values_list("plate", "assigned_to__name")) == {
        (first, "Kees Behandelaar"),
        (hurried[0], "Olga Behandelaar"),
    }

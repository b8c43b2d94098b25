"""No page and no letter says that one may not enter while one may: by the rules, or by an exemption of one's own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions import access_today
from exemptions.models import Exemption, FactsRecord, Ground
from tests import given
from zones.access import VehicleFacts

pytestmark = pytest.mark.django_db
EURO_6 = VehicleFacts(category="van", emission_class="6", first_admission=date(2020, 1, 1))
ELECTRIC = VehicleFacts(category="van", emission_class="Z", first_admission=date(2024, 1, 1))


def page_of(client, name, application):
    return client.get(reverse(name, args=[application.key])).content.decode()


def extension_of(application, *, by):
    again = given.draft(by=by)
    again.renews = Exemption.objects.get(application=application)
    again.save()
    again.file(by=by)
    return again


def test_an_extension_says_until_when_the_exemption_still_holds(as_applicant, applicant, caseworker):
    running = given.granted(by=applicant, desk=caseworker, days=30)
    again = extension_of(running, by=applicant)

    for name in ("application", "receipt"):
        page = page_of(as_applicant, name, again)
        assert "Uw ontheffing voor dit voertuig geldt tot en met" in page
        assert "U hebt nog geen ontheffing" not in page
    assert "Uw ontheffing voor dit voertuig geldt" in again.dossier.letters.get(kind="receipt").body


def test_a_rejected_extension_does_not_take_the_old_exemption_away(applicant, caseworker, other_caseworker):
    running = given.granted(by=applicant, desk=caseworker, days=30)
    again = extension_of(running, by=applicant)
    again.take_up(by=caseworker)
    ground = given.ground(Ground.Outcome.REJECT, again)
    doubts = {"doubts_reason": given.EXPLAINED}
    again.propose_rejection(by=caseworker, ground=ground, explanation="Het contract is verlopen.", **doubts)
    again.approve_rejection(by=other_caseworker, **doubts)

    assert "Uw ontheffing voor dit voertuig geldt tot en met" in again.dossier.letters.get(kind="rejected").body


def test_somebody_elses_exemption_for_the_plate_is_not_told_of(login, applicant, stranger, caseworker):
    given.granted(by=applicant, desk=caseworker)
    theirs = given.filed(by=stranger)

    assert access_today.find_access_today(theirs).exemption is None
    assert "U hebt nog geen ontheffing" in page_of(login(stranger), "application", theirs)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (given.VAN, "Zonder ontheffing mag u met dit voertuig niet de zone in. U kunt een boete krijgen."),
        (ELECTRIC, "Volgens de regels mag u met dit voertuig zonder ontheffing de zone in."),
        (EURO_6, "U mag met dit voertuig zonder ontheffing de zone in tot en met 31 december 2028."),
    ],
)
def test_the_rules_are_told_as_they_are_for_this_vehicle(as_applicant, applicant, facts, words):
    assert words in page_of(as_applicant, "application", given.filed(by=applicant, facts=facts))


def test_what_somebody_typed_is_not_taken_for_sure(as_applicant, applicant):
    typed = given.filed(by=applicant, facts=ELECTRIC, source=FactsRecord.Source.APPLICANT)

    assert "tenzij het volgens de regels al toegang heeft" in page_of(as_applicant, "application", typed)


def test_after_its_last_day_an_exemption_does_not_count(applicant, caseworker, time_machine):
    running = given.granted(by=applicant, desk=caseworker, days=5)
    again = extension_of(running, by=applicant)
    time_machine.move_to(timezone.localtime() + timedelta(days=7))

    assert access_today.find_access_today(again).last_day is None


def test_it_takes_few_queries(applicant, caseworker, django_assert_max_num_queries):
    again = extension_of(given.granted(by=applicant, desk=caseworker), by=applicant)

    with django_assert_max_num_queries(5):
        assert access_today.find_access_today(again).sentence

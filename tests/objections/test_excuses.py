"""What may excuse lateness by law is shown where it is judged, with what the system knows (Awb 2:21 to 2:24, 6:11)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Message
from helpdesk.models import Outage
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def page(rejected, applicant, objection_officer, login, time_machine):
    """The page, and the form to handle it, of an objection that comes in seven weeks after the decision."""

    def read(name=""):
        time_machine.move_to(timezone.now() + timedelta(weeks=7))
        objection = contest.filed(rejected, by=applicant, late_reason="Opname.")
        address = pages.step(objection, name) if name else pages.case(objection)
        return pages.text(login(objection_officer).get(address))

    return read


@pytest.mark.parametrize("name", ["", "admit", "declare_inadmissible"])
def test_2_22_a_notification_that_failed_is_shown(page, rejected, name):
    letter = rejected.dossier.letters.get(kind="rejected")
    Message.objects.filter(letter=letter).update(given_up_at=timezone.now(), error="SMTPRecipientsRefused: 550")

    words = page(name)

    assert "Awb 2:22" in words
    assert "is mislukt: het adres" in words


def test_2_22_that_none_was_sent_is_shown(page, rejected):
    Message.objects.filter(letter__kind="rejected").delete()

    assert "Er is geen e-mail over de brief van dit besluit verstuurd." in page()


def test_2_21_outages_in_the_term_to_object_are_shown(page):
    now = timezone.now()
    hours = {"began_at": now + timedelta(days=40), "ended_at": now + timedelta(days=40, hours=3)}
    Outage.objects.create(what_nl="Inloggen lukte niet.", what_en="Logging in failed.", **hours)
    long_ago = {"began_at": now - timedelta(days=9), "ended_at": now - timedelta(days=8)}
    Outage.objects.create(what_nl="Lang geleden.", what_en="Long ago.", **long_ago)

    words = page()

    assert "Inloggen lukte niet." in words
    assert "Lang geleden." not in words


def test_2_21_that_there_was_no_outage_is_said_too(page):
    assert "Er is geen storing genoteerd" in page()


def test_2_23_the_way_in_which_it_came_is_shown(page):
    words = page()

    assert "Awb 2:23, 2:24" in words
    assert "Binnengekomen via: portaal." in words


def test_6_11_of_an_objection_in_time_there_is_nothing_to_excuse(rejected, applicant, as_objection_officer):
    objection = contest.filed(rejected, by=applicant)

    assert "Awb 2:22" not in pages.text(as_objection_officer.get(pages.case(objection)))

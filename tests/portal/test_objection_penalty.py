"""Objecting in the portal to the penalty for deciding late: alone (Awb 4:18), or beside the decision (4:19)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Decision
from objections.models import Objection
from tests import contest, given
from tests.portal.objecting import GROUNDS, Filing, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def penalty(rejected, caseworker) -> Decision:
    """Of 1442 euros, set today."""
    return given.penalty(rejected, by=caseworker)


@pytest.fixture
def against_penalty(as_applicant, rejected, penalty) -> Filing:
    return Filing(as_applicant, rejected, reference=penalty.reference)


def test_4_18_the_page_of_the_application_leads_to_objecting_to_the_penalty(as_applicant, rejected, penalty):
    shown = words(as_applicant.get(reverse("application", args=[rejected.key])))

    assert reverse("object_to", args=[rejected.key, penalty.reference]) in shown
    assert reverse("object_to", args=[rejected.key]) in shown
    assert "1442" in shown


def test_4_18_the_penalty_alone_is_objected_to_with_the_same_form(against_penalty, penalty):
    assert penalty.reference in against_penalty.look()
    against_penalty.type("check", grounds=GROUNDS)
    response = against_penalty.send()

    objection = Objection.objects.get()
    assert (objection.decision, objection.status, objection.grounds) == (penalty, "registered", GROUNDS)
    assert response.headers["Location"] == reverse("objection", args=[objection.key])


def test_4_18_a_draft_about_each_is_kept_apart(against_penalty, filing, penalty):
    against_penalty.look()
    against_penalty.type("later", grounds="De dwangsom is te laag.")
    filing.look()
    filing.type("later", grounds=GROUNDS)

    assert "te laag" in against_penalty.look()
    assert GROUNDS in filing.look()
    assert Objection.objects.count() == 2


def test_4_18_who_sent_it_is_led_to_its_page(against_penalty, applicant, rejected, penalty):
    sent = contest.filed(rejected, by=applicant, decision=penalty)

    response = against_penalty.client.get(against_penalty.url())

    assert response.headers["Location"] == reverse("objection", args=[sent.key])


def test_4_18_a_draft_is_discarded_on_its_own(against_penalty, filing):
    against_penalty.look()
    against_penalty.type("later", grounds="De dwangsom is te laag.")
    filing.look()
    filing.type("later", grounds=GROUNDS)

    against_penalty.client.post(against_penalty.url("object_discard"))

    assert [one.grounds for one in Objection.objects.all()] == [GROUNDS]


def test_4_18_what_was_decided_on_it_stands_on_its_page(as_applicant, rejected, penalty, applicant, objection_officer):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer, decision=penalty)
    objection.uphold_penalty(by=objection_officer, explanation="Lager.", penalty_eur=910, skip_hearing=True)

    assert "910" in page(as_applicant, objection)


def test_a_stranger_finds_no_penalty(client, against_penalty, as_stranger):
    assert as_stranger.get(against_penalty.url()).status_code == 404


@pytest.mark.parametrize("reference", ["BBBB-BBBB-BBBB", "x"])
def test_a_reference_of_nothing_leads_nowhere(as_applicant, rejected, reference):
    response = as_applicant.get(reverse("object_to", args=[rejected.key, reference]), follow=True)

    assert response.status_code in {200, 404, 409}
    assert not Objection.objects.exists()


# --- Beside the decision (Awb 4:19) --------------------------------------------------------------------------


def test_4_19_one_box_makes_the_objection_about_the_penalty_too(filing, penalty):
    filing.look()
    filing.type("check", grounds=GROUNDS, contests_penalty="on")
    assert "dwangsom" in filing.look("object_check")
    filing.send()

    assert Objection.objects.get().penalty == penalty


def test_4_19_without_a_penalty_nothing_is_asked_about_it(filing):
    assert "contests_penalty" not in filing.look()


def test_4_19_it_can_be_added_on_the_page_of_the_objection(as_applicant, rejected, penalty, applicant):
    objection = contest.filed(rejected, by=applicant)
    assert reverse("objection_penalty", args=[objection.key]) in page(as_applicant, objection)

    as_applicant.post(reverse("objection_penalty", args=[objection.key]))

    assert Objection.objects.get().penalty == penalty
    assert reverse("objection_penalty", args=[objection.key]) not in page(as_applicant, objection)


def test_anybody_can_check_a_decision_on_a_penalty(client, penalty):
    shown = words(client.get(reverse("verify_reference", args=[penalty.reference])))

    assert "dwangsom" in shown
    assert str(timezone.localdate().year) in shown


def test_4_18_the_penalty_of_another_application_is_not_to_be_reached_from_ones_own(
    login, stranger, penalty, caseworker, other_caseworker
):
    own = given.rejected(by=stranger, desk=caseworker, second=other_caseworker)
    forged, portal = [own.key, penalty.reference], login(stranger)
    ways = [reverse(name, args=forged) for name in ("object_to", "object_check", "object_discard")]
    pages = [send(way, {"grounds": GROUNDS, "check": "1"}) for way in ways for send in (portal.get, portal.post)]

    assert not Objection.objects.exists()
    assert {one.status_code for one in pages} <= {200, 302, 409}
    assert not any("1442" in one.content.decode() for one in pages)
    theirs = reverse("object_to", args=[penalty.application.key, penalty.reference])
    assert portal.get(theirs).status_code == 404

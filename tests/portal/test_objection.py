"""Filing an objection: begun, gone on with by a colleague, looked over, sent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from exemptions.steps.revision import Cause
from objections.models import Objection
from tests import contest, given
from tests.portal import files
from tests.portal.files import upload
from tests.portal.objecting import GROUNDS, Filing, steps, words
from zesportal.templatetags.loket import mark_unbroken

pytestmark = pytest.mark.django_db


def test_the_page_of_a_decision_leads_to_objecting(as_applicant, rejected):
    page = words(as_applicant.get(reverse("application", args=[rejected.key])))

    assert reverse("object_to", args=[rejected.key]) in page
    assert as_applicant.get(reverse("object_to", args=[rejected.key])).context["decision"] == rejected.decisions.get()


def test_looking_begins_nothing(filing):
    filing.look()

    assert not Objection.objects.exists()


def test_what_was_looked_over_is_sent(filing, applicant):
    filing.look()
    assert filing.type("check", grounds=GROUNDS, costs_asked="on").headers["Location"] == filing.url("object_check")
    assert GROUNDS in filing.look("object_check")

    response = filing.send()

    objection = Objection.objects.get()
    assert response.headers["Location"] == reverse("objection", args=[objection.key])
    assert (objection.status, objection.grounds, objection.costs_asked) == ("registered", GROUNDS, True)
    assert (objection.signed, objection.received_on, steps(objection)) == (True, timezone.localdate(), ["file"])
    receipt = objection.dossier.letters.get(kind="objection_receipt")
    page = words(filing.client.get(response.headers["Location"]))
    assert reverse("letter", args=[filing.application.key, receipt.pk]) in page
    assert filing.client.get(reverse("objection_pdf", args=[objection.key])).content.startswith(b"%PDF")


def test_going_on_later_keeps_words_and_files_and_sends_nothing(filing, of_colleague):
    filing.look()
    response = filing.type("later", grounds=GROUNDS, added=[upload(files.PDF, "offerte.pdf")])

    assert response.headers["Location"] == reverse("application", args=[filing.application.key])
    page = of_colleague.look()
    assert GROUNDS in page
    assert "offerte.pdf" in page
    assert (Objection.objects.get().status, Objection.objects.get().dossier.letters.count()) == ("draft", 2)


def test_a_draft_waits_on_my_applications(filing):
    filing.look()
    filing.type("later", grounds=GROUNDS)

    group = filing.client.get(reverse("my_applications")).context["groups"][0]

    assert group.besides[0].action.url == filing.url()


def test_a_colleagues_other_words_are_not_wiped_out(filing, of_colleague):
    filing.look()
    of_colleague.look()
    of_colleague.type("add", grounds="Woorden van Cem.")

    response = filing.type("check", grounds=GROUNDS)

    assert response.status_code == 200
    assert "Woorden van Cem." in words(response)
    assert GROUNDS in words(response)
    assert Objection.objects.get().grounds == "Woorden van Cem."
    assert filing.type("check", grounds="Samen.").status_code == 302
    assert Objection.objects.get().grounds == "Samen."


def test_what_changed_after_it_was_looked_over_is_not_sent_unseen(filing, of_colleague):
    filing.look()
    filing.type("check", grounds=GROUNDS)
    filing.look("object_check")
    of_colleague.look()
    of_colleague.type("add", grounds="Iets anders.")

    response = filing.type("send", "object_check")

    assert "Iets anders." in words(response)
    assert Objection.objects.get().is_draft
    assert filing.type("send", "object_check").status_code == 302


def test_a_second_click_leads_to_what_the_first_one_sent(filing):
    filing.look()
    filing.type("check", grounds=GROUNDS)

    first, second = filing.send(), filing.type("send", "object_check")

    assert first.headers["Location"] == second.headers["Location"]
    assert steps(Objection.objects.get()) == ["file"]
    assert Objection.objects.get().dossier.letters.filter(kind="objection_receipt").count() == 1


def at_once(browsers: list[Filing], button: str, name: str, **fields: str) -> list[int]:
    """What each gets who presses the same button at the same time."""
    together = Barrier(len(browsers))

    def press(browser: Filing) -> int:
        together.wait()
        try:
            return int(browser.type(button, name, **fields).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(browsers)) as all_of_them:
        return list(all_of_them.map(press, browsers))


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_begin_one_draft(filing, of_colleague):
    filing.look()
    of_colleague.look()

    assert at_once([filing, of_colleague] * 3, "add", "object_to", grounds=GROUNDS) == [200] * 6
    assert Objection.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_send_it_once(filing, of_colleague):
    filing.look()
    filing.type("check", grounds=GROUNDS)
    for browser in (filing, of_colleague):
        browser.look("object_check")

    assert at_once([filing, of_colleague], "send", "object_check") == [302, 302]
    assert steps(Objection.objects.get()) == ["file"]


def test_words_for_what_a_colleague_has_sent_come_back_on_a_page(filing, of_colleague):
    filing.look()
    of_colleague.look()
    of_colleague.type("check", grounds=GROUNDS)
    of_colleague.send()

    late = filing.type("later", grounds="Nog niet klaar.")

    assert late.status_code == 409
    assert "Nog niet klaar." in words(late)
    assert reverse("objection", args=[Objection.objects.get().key]) in words(late)


def test_words_typed_before_the_login_expired_come_back(client, applicant, rejected):
    address = reverse("object_to", args=[rejected.key])
    client.post(address, {"grounds": GROUNDS, "check": "1"})

    client.force_login(applicant)

    assert GROUNDS in words(client.get(address))


def test_a_representative_may_object_too(as_representative, rejected):
    filing = Filing(as_representative, rejected)
    filing.look()
    filing.type("check", grounds=GROUNDS)

    assert filing.send().status_code == 302


@pytest.mark.parametrize("name", ["object_to", "object_check", "object_discard"])
@pytest.mark.parametrize("who", ["as_stranger", "as_caseworker", "as_objection_officer", "as_administrator"])
def test_for_others_there_is_nothing(request, applicant, rejected, who, name):
    contest.draft(rejected, by=applicant)
    browser, address = request.getfixturevalue(who), reverse(name, args=[rejected.key])

    assert (browser.get(address).status_code, browser.post(address, {"check": "1"}).status_code) == (404, 404)


# --- Late -------------------------------------------------------------------------------------------------


# --- Files --------------------------------------------------------------------------------------------------


# --- Whether one can ----------------------------------------------------------------------------------------


def test_the_check_page_is_there_again_after_the_login_expired(client, rejected, applicant):
    contest.draft(rejected, by=applicant)
    address = reverse("object_check", args=[rejected.key])
    client.post(address, {"seen": "x"})

    client.force_login(applicant)

    assert contest.GROUNDS in words(client.get(address))
    assert Objection.objects.get().is_draft


def test_what_was_begun_goes_on_against_a_newer_decision(filing, rejected, applicant, objection_officer):
    contest.draft(rejected, by=applicant)
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate() + timedelta(days=9)}
    reason = given.ground("grant", rejected)
    rejected.revise(by=objection_officer, cause=Cause.RENEWAL, ground=reason, explanation=given.SHORTER, **days)

    filing.look()
    filing.type("check", grounds=GROUNDS)
    filing.send()

    assert Objection.objects.get().decision == rejected.decisions.standing().get()


def test_the_way_back_and_the_exemption_are_kept_apart(as_applicant, rejected):
    page = as_applicant.get(reverse("object_to", args=[rejected.key]), follow=True).content.decode()

    assert f'{mark_unbroken(rejected)}</a> · <span class="loket-muted">{rejected.kind}</span>' in page

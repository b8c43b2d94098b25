"""Filing an objection: begun, gone on with by a colleague, sent once; late, without grounds yet, with files."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Document
from exemptions.models import Status
from objections.models import Objection, ObjectionStatus
from tests import contest, given
from tests.portal import files
from tests.portal.files import upload

pytestmark = pytest.mark.django_db
GROUNDS = "Mijn bus is wel geschikt."
AFTER_THE_TERM = timedelta(days=60)


class Filing:
    """The pages of filing, as one person's browser holds them: each form carries what it showed."""

    def __init__(self, client: Client, application: Any) -> None:
        self.client, self.application, self.seen = client, application, ""

    def url(self, name: str = "object_to") -> str:
        return reverse(name, args=[self.application.key])

    def look(self, name: str = "object_to") -> str:
        response = self.client.get(self.url(name))
        self.seen = response.context["seen"]
        return response.content.decode()

    def type(self, button: str, name: str = "object_to", **fields: Any) -> Any:
        response = self.client.post(self.url(name), {"seen": self.seen, button: "1", **fields})
        self.seen = response.context["seen"] if response.context and "seen" in response.context else self.seen
        return response

    def send(self) -> Any:
        self.look("object_check")
        return self.type("send", "object_check")


def words(response: Any) -> str:
    return str(response.content.decode())


def steps(objection: Objection) -> list[str]:
    events = objection.dossier.events.filter(case_type="objection").order_by("at", "pk")
    return list(events.values_list("step", flat=True))


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def filing(as_applicant, rejected):
    return Filing(as_applicant, rejected)


@pytest.fixture
def of_colleague(as_colleague, rejected):
    return Filing(as_colleague, rejected)


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


def test_without_grounds_it_asks_for_them_or_for_the_wish_to_send_them_later(filing):
    filing.look()

    assert "grounds" in filing.type("check").context["form"].errors
    assert filing.type("check", pro_forma="on").status_code == 302
    filing.send()

    assert (Objection.objects.get().status, Objection.objects.get().grounds) == (ObjectionStatus.REGISTERED, "")


def test_going_on_later_keeps_words_and_files_and_sends_nothing(filing, of_colleague):
    filing.look()
    response = filing.type("later", grounds=GROUNDS, files=[upload(files.PDF, "offerte.pdf")])

    assert response.headers["Location"] == reverse("application", args=[filing.application.key])
    page = of_colleague.look()
    assert GROUNDS in page
    assert "offerte.pdf" in page
    assert (Objection.objects.get().status, Objection.objects.get().dossier.letters.count()) == ("draft", 2)


def test_a_draft_waits_on_my_applications(filing):
    filing.look()
    filing.type("later", grounds=GROUNDS)

    group = filing.client.get(reverse("my_applications")).context["groups"][0]

    assert [one.action.url for one in group.besides] == [filing.url()]


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


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_send_it_once(filing, of_colleague):
    filing.look()
    filing.type("check", grounds=GROUNDS)
    together = Barrier(2)
    for browser in (filing, of_colleague):
        browser.look("object_check")

    def send(browser: Filing) -> int:
        together.wait()
        try:
            return int(browser.type("send", "object_check").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(send, [filing, of_colleague])) == [302, 302]
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


def test_who_is_late_must_tell_why(rejected, applicant, login):
    with time_machine.travel(timezone.now() + AFTER_THE_TERM):
        filing = Filing(login(applicant), rejected)
        filing.look()
        assert "late_reason" in filing.type("check", grounds=GROUNDS).context["form"].errors
        filing.type("check", grounds=GROUNDS, late_reason="Ik lag in het ziekenhuis.")
        filing.send()

    objection = Objection.objects.get()
    assert (objection.status, objection.late_reason) == (ObjectionStatus.REGISTERED, "Ik lag in het ziekenhuis.")
    assert objection.needs_excuse


def test_the_page_of_an_old_decision_says_that_one_can_still_object(rejected, applicant, login):
    with time_machine.travel(timezone.now() + AFTER_THE_TERM):
        page = words(login(applicant).get(reverse("application", args=[rejected.key])))

    assert reverse("object_to", args=[rejected.key]) in page


def test_in_time_nobody_is_asked_why(filing):
    assert "late_reason" not in filing.look()


def test_a_draft_that_becomes_late_is_not_sent_without_a_reason(rejected, applicant, login):
    contest.draft(rejected, by=applicant)
    with time_machine.travel(timezone.now() + AFTER_THE_TERM):
        filing = Filing(login(applicant), rejected)
        response = filing.send()

        assert response.status_code == 200
        assert f"{filing.url()}?check=1#id_late_reason" in words(response)
    assert Objection.objects.get().is_draft


# --- Files --------------------------------------------------------------------------------------------------


def test_files_are_added_several_at_once_and_removed_one_by_one(filing):
    filing.look()
    one, two = upload(files.PDF, "een.pdf"), upload(files.PNG, "twee.png")

    assert "twee.png" in words(filing.type("add", grounds=GROUNDS, files=[one, two]))
    page = words(filing.type("remove", remove=Document.objects.get(name="een.pdf").pk, grounds=GROUNDS))

    assert "een.pdf</a>" not in page
    assert GROUNDS in page
    assert [document.name for document in Objection.objects.get().documents.all()] == ["twee.png"]


@pytest.mark.parametrize("hostile", [b"MZ\x90", b"<html>", files.MACROS, b""])
def test_a_hostile_file_is_refused_and_the_good_one_and_the_words_are_kept(filing, hostile):
    filing.look()

    page = filing.type("check", grounds=GROUNDS, files=[upload(hostile, "kwaad.pdf"), upload(files.PDF, "goed.pdf")])

    assert page.status_code == 200
    assert "kwaad.pdf" in str(page.context["form"].errors["files"])
    assert GROUNDS in words(page)
    assert [document.name for document in Objection.objects.get().documents.all()] == ["goed.pdf"]


def test_the_same_file_twice_is_kept_once(filing):
    filing.look()
    for _click in range(2):
        filing.type("add", files=[upload(files.PDF, "offerte.pdf")])

    assert Objection.objects.get().documents.count() == 1


def test_more_files_than_fit_are_told(filing):
    filing.look()

    page = filing.type("add", files=[upload(files.PDF + b"%d" % number, f"{number}.pdf") for number in range(21)])

    assert "files" in page.context["form"].errors
    assert not Objection.objects.get().documents.exists()


def test_a_file_of_the_application_cannot_be_taken_out_here(filing, rejected):
    evidence = rejected.evidence_items.with_all()[0].documents.all()[0]
    filing.look()

    filing.type("remove", remove=evidence.pk)

    assert Document.objects.filter(pk=evidence.pk, removed_at=None).exists()


def test_the_desk_does_not_see_files_of_what_was_not_sent(filing, rejected, applicant):
    from exemptions import files as case_files

    draft = contest.draft(rejected, by=applicant)
    document = given.attach(rejected.evidence_items.with_all()[0], name="concept.pdf")
    document.evidenceitem_set.clear()
    draft.documents.add(document)

    assert document not in case_files.of(rejected)
    assert document in case_files.for_applicant(rejected)
    draft.file(by=applicant, received_on=timezone.localdate())
    assert document in case_files.of(rejected)


# --- Whether one can ----------------------------------------------------------------------------------------


def test_one_cannot_object_before_there_is_a_decision(as_applicant, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)

    response = as_applicant.get(reverse("object_to", args=[application.key]))

    assert response.headers["Location"] == reverse("application", args=[application.key])


def test_one_can_object_to_what_was_granted(as_applicant, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)

    assert as_applicant.get(reverse("object_to", args=[application.key])).status_code == 200


def test_a_second_objection_leads_to_the_first(filing, rejected, applicant):
    objection = contest.filed(rejected, by=applicant)

    response = filing.client.get(filing.url())

    assert response.headers["Location"] == reverse("objection", args=[objection.key])


def test_what_came_by_post_is_found_here_too(filing, rejected, objection_officer):
    objection = contest.by_post(rejected, desk=objection_officer, received_on=timezone.localdate())

    assert filing.client.get(filing.url()).headers["Location"] == reverse("objection", args=[objection.key])


def test_after_taking_it_back_one_can_object_again(filing, rejected, applicant):
    contest.filed(rejected, by=applicant).withdraw(by=applicant)
    filing.look()
    filing.type("check", grounds=GROUNDS)
    filing.send()

    assert sorted(Objection.objects.values_list("status", flat=True)) == ["registered", "withdrawn"]


def test_against_what_was_won_one_goes_to_the_court(filing, rejected, applicant, objection_officer):
    contest.upheld(contest.handling(rejected, by=applicant, desk=objection_officer), by=objection_officer)
    rejected.refresh_from_db()

    assert rejected.status == Status.GRANTED
    assert filing.client.get(filing.url()).status_code == 302


def test_a_draft_is_thrown_away_after_a_confirmation(filing, rejected, applicant):
    draft = contest.draft(rejected, by=applicant)
    assert filing.client.get(filing.url("object_discard")).status_code == 200

    filing.client.post(filing.url("object_discard"))

    assert not Objection.objects.filter(pk=draft.pk).exists()
    assert filing.client.post(filing.url("object_discard")).status_code == 409


def test_the_form_asks_as_many_queries_with_more_files(filing):
    filing.look()
    counts = []
    for number in (1, 4):
        for more in range(number):
            filing.type("add", files=[upload(files.PDF + b"%d%d" % (number, more), f"{number}-{more}.pdf")])
        with CaptureQueriesContext(connection) as queries:
            filing.look()
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_page_of_an_application_asks_as_many_queries_with_objections(as_applicant, rejected, applicant):
    address = reverse("application", args=[rejected.key])
    contest.filed(rejected, by=applicant).withdraw(by=applicant)
    with CaptureQueriesContext(connection) as few:
        as_applicant.get(address)
    for _again in range(3):
        contest.filed(rejected, by=applicant).withdraw(by=applicant)
    with CaptureQueriesContext(connection) as many:
        as_applicant.get(address)

    assert len(many) == len(few)

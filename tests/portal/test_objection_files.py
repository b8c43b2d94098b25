"""Filing an objection late, with files, and where one cannot (any more)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Document
from exemptions import files as case_files
from exemptions.models import Status
from objections.models import Objection, ObjectionStatus
from tests import contest, given
from tests.looping import each
from tests.portal import files
from tests.portal.files import upload
from tests.portal.objecting import GROUNDS, Filing, words
from tests.project.test_hostile_input import HOSTILE, stuffed

pytestmark = pytest.mark.django_db
AFTER_THE_TERM = timedelta(days=60)


def test_without_grounds_it_asks_for_them_or_for_the_wish_to_send_them_later(filing):
    filing.look()

    assert "grounds" in filing.type("check").context["form"].errors
    assert filing.type("check", pro_forma="on").status_code == 302
    filing.send()

    assert (Objection.objects.get().status, Objection.objects.get().grounds) == (ObjectionStatus.REGISTERED, "")


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


def test_files_are_added_several_at_once_and_removed_one_by_one(filing):
    filing.look()
    one, two = upload(files.PDF, "een.pdf"), upload(files.PNG, "twee.png")

    assert "twee.png" in words(filing.type("add", grounds=GROUNDS, added=[one, two]))
    page = words(filing.type("remove", remove=Document.objects.get(name="een.pdf").pk, grounds=GROUNDS))

    assert "een.pdf</a>" not in page
    assert GROUNDS in page
    assert [document.name for document in Objection.objects.get().documents.all()] == ["twee.png"]


@pytest.mark.parametrize("hostile", [b"MZ\x90", b"<html>", files.MACROS, b""])
def test_a_hostile_file_is_refused_and_the_good_one_and_the_words_are_kept(filing, hostile):
    filing.look()

    page = filing.type("check", grounds=GROUNDS, added=[upload(hostile, "kwaad.pdf"), upload(files.PDF, "goed.pdf")])

    assert page.status_code == 200
    assert "kwaad.pdf" in str(page.context["form"].errors["added"])
    assert GROUNDS in words(page)
    assert [document.name for document in Objection.objects.get().documents.all()] == ["goed.pdf"]


def test_the_same_file_twice_is_kept_once(filing):
    filing.look()
    for _click in range(2):
        filing.type("add", added=[upload(files.PDF, "offerte.pdf")])

    assert Objection.objects.get().documents.count() == 1


def test_more_files_than_fit_are_told(filing):
    filing.look()

    page = filing.type("add", added=[upload(files.PDF + b"%d" % number, f"{number}.pdf") for number in range(21)])

    assert "added" in page.context["form"].errors
    assert not Objection.objects.get().documents.exists()


def test_a_file_of_the_application_cannot_be_taken_out_here(filing, rejected):
    evidence = rejected.evidence_items.with_all()[0].documents.all()[0]
    filing.look()

    filing.type("remove", remove=evidence.pk)

    assert Document.objects.filter(pk=evidence.pk, removed_at=None).exists()


def test_the_desk_does_not_see_files_of_what_was_not_sent(filing, rejected, applicant):
    draft = contest.draft(rejected, by=applicant)
    document = given.attach(rejected.evidence_items.with_all()[0], name="concept.pdf")
    document.evidenceitem_set.clear()
    draft.documents.add(document)

    assert document not in case_files.find_desk_files(rejected)
    assert document in case_files.for_applicant(rejected)
    draft.file(by=applicant, received_on=timezone.localdate())
    assert document in case_files.find_desk_files(rejected)


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
            filing.type("add", added=[upload(files.PDF + b"%d%d" % (number, more), f"{number}-{more}.pdf")])
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


def test_the_list_says_until_when_one_can_object_until_one_did(filing, rejected, applicant):
    def asked() -> list[date | None]:
        groups = filing.client.get(reverse("my_applications")).context["groups"]
        return [one.last_day for group in groups for one in group.besides if one.about == rejected.pk]

    last = contest.draft(rejected, by=applicant).object_until
    assert asked() == [last]
    Objection.objects.get().file(by=applicant, received_on=timezone.localdate())

    assert filing.client.get(reverse("my_applications")).context["objected"] == {rejected.pk}


@each("value", HOSTILE)
def test_whatever_is_typed_is_met_with_a_page(filing, value):
    names = ("object_to", "object_check", "object_discard")

    assert {name for name in names if stuffed(filing.client, filing.url(name), value) >= 500} == set()
    assert stuffed(filing.client, filing.url(), value, check="1") < 500

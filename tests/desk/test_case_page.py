"""The case page: everything on one page, in a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from casework.deadline_words import describe_decision_deadline
from exemptions.models import EvidenceItem, FactsRecord
from exemptions.steps.amendment import Vehicle
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


def shown(client, application):
    return pages.text(client.get(pages.case(application)))


def test_the_page_tells_what_was_asked_and_by_whom(as_caseworker, applicant, caseworker):
    page = shown(as_caseworker, given.taken_up(by=applicant, desk=caseworker))

    for words in ("Bakkerij De Korst", "12345678", "VX-123-Z", "Koopt of leaset u", "Ik koop het", "VOLKSWAGEN CADDY"):
        assert words in page


def test_the_deadline_is_explained_as_a_sum(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)

    page = as_caseworker.get(pages.case(application))

    assert page.context["decide"].words == describe_decision_deadline(application)
    assert escape(page.context["decide"].words) in pages.text(page)


def test_every_version_of_the_facts_is_there_with_its_source(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT)
    application.dispute_facts(by=applicant, why="De auto is jonger.")
    assert "De auto is jonger." in shown(as_caseworker, application)

    application.correct_facts(by=caseworker, facts=given.VAN, reason="Kentekenbewijs gezien.")

    page = shown(as_caseworker, application)
    assert "Kentekenbewijs gezien." in page
    assert "Ouder: aanvrager" in page


def test_the_registers_own_rows_are_there(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.facts_records.update(rows={"main": {"voertuigsoort": "Bedrijfsauto"}})

    assert "Bedrijfsauto" in shown(as_caseworker, application)


def test_the_timeline_tells_who_did_what(as_caseworker, applicant, caseworker):
    application = given.proposed(by=applicant, desk=caseworker)
    application.judge(by=caseworker, item=application.evidence_items.with_all()[0], verdict="accepted")

    page = shown(as_caseworker, application)

    for words in ("Verstuurd door de aanvrager", "Afwijzing voorgesteld", "Bewijsstuk beoordeeld", "Kees Behandelaar"):
        assert words in page
    assert str(application.evidence_items.with_all()[0]) in page


def test_a_conversion_links_both_ways(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.convert(by=caseworker, kind=given.kind("NEV"), reason="Past beter.")
    successor = application.converted_to

    assert pages.case(successor) in shown(as_caseworker, application)
    assert pages.case(application) in shown(as_caseworker, successor)


def test_other_cases_of_the_same_plate_or_applicant_are_linked(as_caseworker, applicant, stranger, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    same_applicant = given.filed(by=applicant, plate="V002AA")
    same_plate = given.filed(by=stranger, plate="V001AA", code="HAR")
    unrelated = given.filed(by=stranger, plate="V003AA")

    page = shown(as_caseworker, application)

    assert pages.case(same_applicant) in page
    assert pages.case(same_plate) in page
    assert pages.case(unrelated) not in page


def test_a_case_about_the_vehicle_that_an_exemption_moved_to_is_linked_both_ways(
    as_caseworker, applicant, stranger, caseworker
):
    moved = given.granted(by=applicant, desk=caseworker, plate="V001AA")
    other = given.filed(by=stranger, plate="V002AA", code="HAR")
    moved.replace_vehicle(by=caseworker, vehicle=Vehicle("V002AA", "NL", given.VAN, FactsRecord.Source.REGISTER))

    assert pages.case(other) in shown(as_caseworker, moved)
    assert pages.case(moved) in shown(as_caseworker, other)


def test_a_failed_mail_says_why_in_words(as_caseworker, applicant):
    application = given.filed(by=applicant)
    application.dossier.outgoing_mail.update(given_up_at=timezone.now(), error="SMTPRecipientsRefused: 550")

    page = shown(as_caseworker, application)

    assert "het adres bestaat niet of neemt geen mail aan" in page
    assert "550 no such user" not in page


def test_a_removed_file_leaves_its_verdict(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, code="HAN")
    item = application.evidence_items.get(requirement__code="adaptation_invoice")
    document = item.documents.get()

    application.judge(by=caseworker, item=item, verdict=EvidenceItem.Verdict.ACCEPTED)

    assert "gezien, voldoende en verwijderd" in shown(as_caseworker, application)
    assert as_caseworker.get(pages.document(application, document.pk)).status_code == 404


def test_what_somebody_typed_is_never_markup(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.note(by=caseworker, text="<script>alert(1)</script>")

    assert "<script>alert" not in shown(as_caseworker, application)


def grow(application, applicant, caseworker, number):
    """One more of everything that a page lists."""
    application.note(by=caseworker, text=f"Notitie {number}")
    for item in application.evidence_items.all():
        given.attach(item)
        application.judge(by=caseworker, item=item, verdict="accepted")
    application.assign(by=caseworker, to=caseworker)
    application.correct_facts(by=caseworker, facts=given.VAN, reason="Gezien.")
    ground = given.ground("reject", application)
    application.propose_rejection(by=caseworker, ground=ground, explanation="Nee.", doubts_reason=given.EXPLAINED)
    application.return_proposal(by=caseworker, remark="Toch niet.")
    given.filed(by=applicant, plate=f"V{number:03}BB")


def test_the_number_of_queries_does_not_grow_with_what_happened(
    as_caseworker, applicant, caseworker, django_assert_num_queries
):
    application = given.supplied(by=applicant, desk=caseworker)
    for number in range(3):
        grow(application, applicant, caseworker, number)
    address = pages.case(application)
    as_caseworker.get(address)
    with CaptureQueriesContext(connection) as few:
        as_caseworker.get(address)

    for number in range(3, 9):
        grow(application, applicant, caseworker, number)

    with django_assert_num_queries(len(few)):
        as_caseworker.get(address)


def test_a_term_to_object_runs_and_earlier_last_days_are_folded_away(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    given.grant(application, desk=caseworker)

    page = as_caseworker.get(pages.case(application))

    states = {due.deadline.kind: due.state for due in page.context["deadlines"] if not due.is_replaced}
    assert states["object"] == "loopt"
    assert states["decide"] == "klaar"
    assert len(page.context["replaced_deadlines"]) == 2  # the clock was set again by the question and by the answer
    assert "gesloten" not in pages.text(page).split('id="terms"')[1].split("</section>")[0]

"""Objecting in the portal, and at the desk, to a conversion (Awb 6:2(a)): with the same form, by its reference."""

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Decision
from objections.models import Objection
from tests import given
from tests.desk import pages
from tests.portal.objecting import GROUNDS, Filing, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversion(applicant, caseworker) -> Decision:
    """Of today."""
    application = given.taken_up(by=applicant, desk=caseworker)
    application.convert(by=caseworker, kind=given.kind("BEO"), reason="Past beter.")
    return application.decisions.on_conversions().get()


def test_6_2_the_page_of_the_application_leads_to_objecting_to_the_conversion(as_applicant, conversion):
    application = conversion.application
    shown = words(as_applicant.get(reverse("application", args=[application.key])))

    assert reverse("object_to", args=[application.key, conversion.reference]) in shown
    assert "Bezwaar maken tegen de omzetting" in shown


def test_6_2_it_is_objected_to_with_the_same_form(as_applicant, conversion):
    filing = Filing(as_applicant, conversion.application, reference=conversion.reference)
    assert conversion.reference in filing.look()
    filing.type("check", grounds=GROUNDS)
    response = filing.send()

    objection = Objection.objects.get()
    assert (objection.decision, objection.status, objection.grounds) == (conversion, "registered", GROUNDS)
    assert "omzetting naar een andere ontheffing" in words(as_applicant.get(response.headers["Location"]))


def test_6_2_anybody_can_check_that_it_is_genuine(client, conversion):
    shown = words(client.get(reverse("verify_reference", args=[conversion.reference])))

    assert "als een andere te behandelen" in shown


def test_6_2_what_came_in_on_paper_is_registered_at_the_desk(as_objection_officer, conversion):
    register = reverse("admin:objections_objection_register", args=[conversion.application_id])
    assert register in pages.text(as_objection_officer.get(pages.case(conversion.application)))

    letter = {"decision": conversion.pk, "channel": "post", "received_on": timezone.localdate(), "signed": "on"}
    as_objection_officer.post(register, {**letter, "grounds": GROUNDS})

    assert (Objection.objects.get().decision, Objection.objects.get().channel) == (conversion, "post")


def test_7_11_it_is_upheld_at_the_desk_by_the_usual_steps(
    as_objection_officer, conversion, applicant, objection_officer
):
    objection = Objection.objects.create(
        dossier=conversion.application.dossier, decision=conversion, filled_in_by=applicant, grounds=GROUNDS
    )
    objection.file(by=applicant, received_on=timezone.localdate())
    objection.admit(by=objection_officer)
    page = as_objection_officer.get(pages.case(objection))

    offered = {step.name for step in page.context["steps"]}
    assert {"uphold", "declare_unfounded"} <= offered
    assert "uphold_penalty" not in offered

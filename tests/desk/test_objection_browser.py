"""Objections, appeals and penalties in a real browser: a journey, axe on every page, a phone's width."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from exemptions.models import Ground
from objections.models import Objection
from tests import axe, contest, given
from tests.desk import pages
from tests.desk.test_browser import looked_at

pytestmark = pytest.mark.django_db(transaction=True)

OBJECTIONS, APPEALS, PENALTIES = "objections_objection", "objections_appeal", "casework_defaultnotice"


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    """Gives a rejected application, each time another."""
    plates = iter(range(100))

    def one():
        return given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V{next(plates):03}AA")

    return one


def test_every_page_of_an_objection_is_accessible(page, sign_in, rejected, applicant, objection_officer):
    sign_in(page.context, objection_officer)
    parties = {"by": applicant, "desk": objection_officer}
    filed = contest.filed(rejected(), by=applicant, grounds="", direct_appeal_asked=True)
    handling = contest.handling(rejected(), **parties, costs_asked=True)
    planned = contest.hearing_planned(rejected(), **parties)
    advised = contest.heard(
        contest.referred(contest.handling(rejected(), **parties), desk=objection_officer), **parties
    )
    forms = ("plan_hearing", "uphold", "declare_inadmissible", "waive_hearing", "add_papers", "refer_to_committee")
    addresses = [
        "/loket/",
        pages.worklist("open", of=OBJECTIONS),
        *(pages.case(objection) for objection in (filed, handling, planned)),
        pages.case(filed.application),
        pages.step(filed, "ask_repair"),
        pages.step(filed, "agree_direct_appeal"),
        *(pages.step(handling, name) for name in forms),
        *(pages.step(advised, name) for name in ("receive_advice", "end_referral")),
        pages.case(advised),
        reverse("admin:objections_objection_register", args=[rejected().pk]),
    ]

    assert {address: looked_at(page, address) for address in addresses} == {address: [] for address in addresses}


def test_every_page_of_an_appeal_and_of_a_penalty_is_accessible(
    page, sign_in, rejected, applicant, objection_officer, time_machine
):
    objection = contest.handling(rejected(), by=applicant, desk=objection_officer)
    late = contest.handling(rejected(), by=applicant, desk=objection_officer)
    Objection.objects.filter(pk=late.pk).update(decide_by="2020-01-01")
    late.receive_default_notice(by=applicant, received_on=timezone.localdate())
    appeal = contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)
    appeal.receive_paper(by=objection_officer, title="Uitnodiging", dated_on=timezone.localdate())
    sign_in(page.context, objection_officer)
    addresses = [
        pages.worklist("open", of=APPEALS),
        pages.worklist("running", of=PENALTIES),
        pages.case(appeal),
        pages.case(objection),
        pages.case(late),
        pages.step(appeal, "send_papers"),
        pages.step(appeal, "win_with_grant"),
        pages.step(appeal, "win_with_court_grant"),
        reverse("admin:objections_appeal_lodge", args=[objection.pk]),
    ]

    assert {address: looked_at(page, address) for address in addresses} == {address: [] for address in addresses}


def test_from_a_letter_in_the_post_to_a_decision(page, sign_in, rejected, objection_officer):
    application, today = rejected(), timezone.localdate()
    ground = given.ground(Ground.Outcome.GRANT, application)
    sign_in(page.context, objection_officer)

    page.goto(pages.case(application))
    page.locator("#objections").locator("..").get_by_role("link").last.click()
    page.locator("[name=received_on]").fill(today.isoformat())
    page.locator("[name=grounds]").fill("Mijn bus kan meer.")
    page.locator("[name=documents]").set_input_files(
        [{"name": "scan.pdf", "mimeType": "application/pdf", "buffer": given.PDF}]
    )
    page.locator("[name=signed]").check()
    page.locator(".desk-form button").click()
    expect(page.get_by_role("main")).to_contain_text("Mijn bus kan meer.")
    objection = Objection.objects.get()
    page.goto(pages.step(objection, "admit"))
    page.locator(".desk-form button").click()
    page.wait_for_url(lambda url: pages.case(objection) in url)
    page.goto(pages.step(objection, "uphold"))
    page.locator("[name=ground]").select_option(str(ground.pk))
    page.locator("[name=ends_on]").fill("2027-06-01")
    page.locator("[name=explanation]").fill("U hebt gelijk.")
    page.locator("[name=skip_hearing]").check()
    page.locator("[name=action][value=preview]").click()
    expect(page.get_by_role("article")).to_contain_text("U hebt gelijk.")
    assert axe.violations(page) == []
    page.locator("[name=action][value=send]").click()

    assert pages.status(objection) == "upheld"
    assert pages.status(application) == "granted"

"""The desk in a real browser: a journey, axe on every page, a phone's width, and life without JavaScript."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import LetterText, Message, Policy
from exemptions.models import Ground, KindVersion
from tests import axe, given
from tests.desk import pages
from tests.desk.changes import form_of, page_of, proposed
from zones.models import Municipality

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}


def complaints(page):
    """What the browser's console says is wrong: a blocked script or style, a missing file."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def looked_at(page, address):
    """Open a page, wide and on a phone; give everything that is wrong with it."""
    said, wrong = complaints(page), []
    page.set_viewport_size(DESK)
    page.goto(address)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        wrong += said.copy()  # before axe styles elements, which the policy refuses
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"wider than {size['width']}")
        wrong += axe.violations(page)
        said.clear()
    return wrong


def test_what_waits_and_what_failed_is_accessible_and_taken_back_by_one_button(page, sign_in, applicant, caseworker):
    Policy.objects.filter(name="take_back_minutes").update(value=10)
    application = given.taken_up(by=applicant, desk=caseworker)
    Message.objects.update(given_up_at=timezone.now(), error="SMTPRecipientsRefused: 550")
    sign_in(page.context, caseworker)
    assert looked_at(page, pages.step(application, "mend_mail")) == []
    page.goto(pages.step(application, "withdraw"))
    page.get_by_role("textbox", name="Reden").fill("Auto verkocht.")
    page.get_by_role("button", name="Eerst de brief bekijken").click()
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("heading", name="gaat uit om")).to_be_visible()
    for address in (pages.case(application), pages.worklist("open")):
        assert looked_at(page, address) == []

    page.goto(pages.case(application))
    page.get_by_role("button", name="Terugnemen").click()

    expect(page.get_by_role("textbox", name="Reden")).to_have_value("Auto verkocht.")
    assert pages.status(application) == "in_review"
    assert looked_at(page, pages.case(application)) == []


def test_every_page_of_a_caseworker_is_accessible(page, sign_in, team_lead, applicant, caseworker):
    sign_in(page.context, team_lead)
    waiting = given.waiting(by=applicant, desk=caseworker, plate="V001AA")
    answered = given.supplied(by=applicant, desk=team_lead, plate="V002AA")
    proposed = given.proposed(by=applicant, desk=caseworker, plate="V003AA")
    granted = given.granted(by=applicant, desk=caseworker, plate="V004AA")
    forms = ("ask_completion", "grant", "propose_rejection", "correct_facts", "convert", "assign", "judge")
    addresses = [
        "/loket/",
        pages.worklist("open"),
        pages.worklist("to-set-aside"),
        *(pages.case(application) for application in (waiting, answered, proposed, granted)),
        *(pages.step(answered, name) for name in forms),
        pages.step(waiting, "remind"),
        pages.step(proposed, "approve_rejection"),
        "/loket/casework/message/",
        f"/loket/casework/message/{Message.objects.first().pk}/change/",
    ]

    assert {address: looked_at(page, address) for address in addresses} == {address: [] for address in addresses}


def test_every_page_of_an_administrator_is_accessible(page, sign_in, login, administrator, as_other_administrator):
    sign_in(page.context, administrator)
    kind, setting = KindVersion.objects.get(kind="LEV", valid_until=None), Policy.objects.get(name="completion_days")
    own, theirs = (proposed(who, setting, value="28") for who in (login(administrator), as_other_administrator))
    text = LetterText.objects.newest(kind="granted", language="nl").pk
    town = Municipality.objects.first().pk
    addresses = [
        "/loket/",
        "/loket/casework/lettertext/",
        f"/loket/casework/lettertext/{text}/change/",
        f"/loket/casework/lettertext/{text}/write/",
        "/loket/casework/policy/",
        f"/loket/casework/policy/{setting.pk}/change/",
        "/loket/casework/referencechange/",
        *(page_of(change) for change in (own, theirs)),
        *(form_of(row) for row in (setting, kind)),
        "/loket/casework/equatedday/",
        "/loket/exemptions/kindversion/",
        f"/loket/exemptions/ground/{Ground.objects.first().pk}/change/",
        f"/loket/zones/municipality/{town}/change/",
        "/loket/zones/zone/",
        "/loket/zones/accessrule/",
        "/loket/zones/automaticexemption/",
    ]

    assert {address: looked_at(page, address) for address in addresses} == {address: [] for address in addresses}


def test_from_the_worklist_to_a_granted_letter(page, sign_in, caseworker, applicant):
    application = given.filed(by=applicant)
    ground = given.ground(Ground.Outcome.GRANT, application)
    sign_in(page.context, caseworker)

    page.goto("/loket/")
    page.get_by_role("link", name="Nieuw").click()
    page.get_by_role("link", name=str(application)).click()
    page.get_by_role("button", name="In behandeling nemen").click()
    page.get_by_role("link", name="Toekennen", exact=True).click()
    page.get_by_label("Grond").select_option(str(ground.pk))
    page.get_by_label("Laatste dag van de ontheffing").fill("2027-12-31")
    page.get_by_label("Waarom u toch zo beslist").fill("Het contract is aan de balie getoond.")
    page.get_by_label("Toelichting in de brief").fill("Uw contract is in orde.")
    page.get_by_role("button", name="Eerst de brief bekijken").click()
    expect(page.get_by_role("article")).to_contain_text("Uw contract is in orde.")
    page.get_by_role("button", name="Wijzigen").click()
    expect(page.get_by_label("Toelichting in de brief")).to_have_value("Uw contract is in orde.")
    page.get_by_role("button", name="Eerst de brief bekijken").click()
    page.get_by_role("button", name="Versturen").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("toegekend")
    application.refresh_from_db()
    assert application.status == "granted"


def test_the_second_of_two_caseworkers_keeps_what_was_typed(page, sign_in, caseworker, other_caseworker, applicant):
    application = given.taken_up(by=applicant, desk=caseworker)
    sign_in(page.context, caseworker)
    page.goto(pages.step(application, "withdraw"))
    page.get_by_label("Reden").fill("De aanvrager belde: auto verkocht.")
    application.withdraw(by=other_caseworker)

    page.get_by_role("button", name="Eerst de brief bekijken").click()

    expect(page.get_by_role("main")).to_contain_text("Olga Behandelaar")
    expect(page.get_by_role("main")).to_contain_text("De aanvrager belde: auto verkocht.")
    assert axe.violations(page) == []


def test_the_first_file_is_shown_beside_the_case_and_another_when_asked(page, sign_in, caseworker, applicant):
    application = given.taken_up(by=applicant, desk=caseworker, code="BEO")
    first, second, *_others = (item.documents.get().pk for item in application.relevant_evidence)
    sign_in(page.context, caseworker)
    with page.expect_response(re.compile(f"/document/{first}/")) as begun:
        page.goto(pages.case(application))

    with page.expect_response(re.compile(f"/document/{second}/")) as asked:
        page.get_by_role("link", name=re.compile("^toon bewijs")).nth(1).click()

    assert (begun.value.status, asked.value.headers["content-type"]) == (200, "application/pdf")
    assert page.url.endswith(pages.case(application))


def test_the_desk_works_without_javascript(browser, browser_context_args, base_url, sign_in, caseworker, applicant):
    application = given.taken_up(by=applicant, desk=caseworker, plate="VX123Z")
    context = browser.new_context(**{**browser_context_args, "base_url": base_url}, java_script_enabled=False)
    sign_in(context, caseworker)
    page = context.new_page()

    page.goto("/loket/")
    page.get_by_label("Nummer, kenteken").fill("vx-123-z")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_label("Niet voldoende, omdat").first.fill("De handtekening ontbreekt.")
    page.get_by_role("button", name="Niet voldoende").first.click()

    expect(page.get_by_role("main")).to_contain_text("De handtekening ontbreekt.")
    assert application.evidence_items.filter(verdict="insufficient").count() == 1
    context.close()


def test_the_desk_works_with_the_keyboard_alone(page, sign_in, caseworker, applicant):
    application = given.taken_up(by=applicant, desk=caseworker)
    sign_in(page.context, caseworker)
    page.goto("/loket/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar hoofdinhoud")).to_be_focused()
    page.get_by_label("Nummer, kenteken").focus()
    page.keyboard.type("korst")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(str(application))

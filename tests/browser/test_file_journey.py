"""From a plate to the receipt, in a real browser."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from exemptions.models import Application, Status
from tests.browser.filing import (
    CONTRACT,
    add_proof,
    answer_questions,
    ask_long_delivery,
    go_on,
    is_fine,
    log_in,
    sign_and_send,
)

PROGRAM = {"name": "offerte.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"\0" * 200}


@pytest.fixture
def account(applicant):
    """The applicant, who can log in with a password."""
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)
    return applicant


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(request, browser: Browser, browser_context_args, base_url) -> Iterator[Page]:
    """A telephone, with or without JavaScript."""
    size = {"width": 360, "height": 780}
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url, "viewport": size, "java_script_enabled": request.param}
    )
    yield context.new_page()
    context.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("never_asked")
def test_from_the_check_of_a_plate_to_the_receipt(visitor, account, organisation):
    page = visitor
    page.goto("/")
    is_fine(page, "Mag uw bestelauto of vrachtauto")
    page.get_by_label("Kenteken").fill("tru-01-e")
    page.get_by_role("button", name="Controleren").click()
    is_fine(page, "Mag TRU-01-E erin?")
    assert "TRU01E" not in page.url.upper().replace("-", "")

    ask_long_delivery(page)
    log_in(page, account)
    is_fine(page, "Voeg uw bewijs toe")  # vehicle and kind were chosen before the login, they act for one only
    expect(page.get_by_role("main")).to_contain_text(f"U vraagt aan voor {organisation.name}.")
    add_proof(page, CONTRACT, PROGRAM)
    if not page.locator("#error-summary").is_visible():
        go_on(page)  # without scripts
    expect(page.locator("#error-summary")).to_contain_text("‘offerte.pdf’ is een programma")
    is_fine(page, "Voeg uw bewijs toe")
    expect(page.get_by_role("link", name="contract.pdf")).to_be_visible()
    go_on(page)
    is_fine(page, "Uw situatie")
    answer_questions(page)
    go_on(page)

    is_fine(page, "Controleren en versturen")
    sign_and_send(page)
    is_fine(page, "Uw aanvraag is verstuurd")
    application = Application.objects.get()
    assert application.status == Status.SUBMITTED
    expect(page.get_by_role("main")).to_contain_text(application.dossier.number)


@pytest.mark.django_db(transaction=True)
def test_save_log_out_and_resume_where_one_was(visitor, account):
    page = visitor
    page.goto(reverse("apply_start"))
    is_fine(page, "Een ontheffing aanvragen")
    page.get_by_role("button", name="Beginnen").click()
    log_in(page, account)
    go_on(page)
    expect(page.locator("#error-summary")).to_contain_text("Kies voor wie u aanvraagt.")
    is_fine(page, "Voor wie vraagt u aan?")
    page.get_by_label("Bakkerij De Korst").check()
    go_on(page)
    is_fine(page, "Om welk voertuig gaat het?")
    page.get_by_label("Kenteken", exact=True).fill("WX-AB 123")
    page.get_by_label("Land van het kenteken").select_option("DE")
    go_on(page)
    is_fine(page, "Vertel ons over het voertuig")
    page.get_by_label("bestelauto: voor goederen").check()
    page.get_by_label("Emissieklasse").select_option("4")
    page.get_by_role("button", name="Bewaren en later verder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mijn aanvragen")

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.locator("form[action$='/logout/']")).to_have_count(0)
    page.goto(reverse("apply_resume", args=[Application.objects.get().key]))
    log_in(page, account)

    is_fine(page, "Vertel ons over het voertuig")
    expect(page.get_by_label("bestelauto: voor goederen")).to_be_checked()
    expect(page.get_by_label("Emissieklasse")).to_have_value("4")


@pytest.mark.django_db(transaction=True)
def test_what_one_answer_makes_idle_is_not_in_the_way(page, sign_in, applicant):
    sign_in(page.context, applicant)
    page.goto(reverse("apply_start"))
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_label("Een andere persoon").check()
    go_on(page)

    expect(page.get_by_label("KVK-nummer")).to_be_visible()
    page.get_by_label("particulier").check()
    expect(page.get_by_label("KVK-nummer")).to_be_hidden()

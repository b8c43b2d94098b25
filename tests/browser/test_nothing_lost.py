"""The login ends in the middle of a form, the connection drops, somebody clicks twice or goes back: nothing is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from exemptions.models import Application, ChannelChoice, Status
from tests import given
from tests.browser.filing import CONTRACT, go_on, log_in
from tests.browser.journeys import pdf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("never_asked")]
SignIn = Callable[[BrowserContext, User], None]


@pytest.fixture
def mine(page: Page, sign_in: SignIn, applicant: User) -> Page:
    sign_in(page.context, applicant)
    return page


def screen(draft: Application, name: str) -> str:
    return reverse("apply", args=[draft.key, name])


# --- The login ends -------------------------------------------------------------------------------------


def test_chosen_files_wait_on_the_page_for_a_new_login(
    mine: Page, sign_in: SignIn, applicant: User, caseworker: User
) -> None:
    application = given.waiting(by=applicant, desk=caseworker)
    mine.goto(reverse("supply", args=[application.key]))
    mine.get_by_label("Bestanden kiezen").set_input_files(pdf("getekend.pdf"))
    mine.get_by_label("Uw uitleg").fill("Nu met handtekening.")
    Session.objects.all().delete()

    mine.get_by_role("button", name="Versturen").click()
    expect(mine.get_by_role("alert")).to_contain_text("uw bestanden staan nog op deze pagina")
    sign_in(mine.context, applicant)  # as in another tab
    mine.get_by_role("button", name="Versturen").click()

    expect(mine.get_by_role("status")).to_contain_text("Wij hebben uw antwoord.")
    names = application.dossier.documents.values_list("name", flat=True)
    assert "getekend.pdf" in names
    assert application.completion_requests.get().answer == "Nu met handtekening."


def test_typed_words_are_there_after_a_new_login(mine: Page, applicant: User) -> None:
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)
    application = given.filed(by=applicant)
    mine.goto(reverse("withdraw", args=[application.key]))
    mine.get_by_role("main").get_by_role("textbox").fill("Het voertuig is verkocht.")
    Session.objects.all().delete()

    mine.get_by_role("main").get_by_role("button").first.click()
    expect(mine.get_by_role("status")).to_contain_text("wat u hebt getypt, is bewaard")
    log_in(mine, applicant)

    expect(mine.get_by_role("main").get_by_role("textbox")).to_have_value("Het voertuig is verkocht.")


# --- The connection drops -------------------------------------------------------------------------------


def test_without_a_connection_the_form_stays_and_is_sent_once_afterwards(mine: Page, applicant: User) -> None:
    draft = given.draft(by=applicant)
    mine.goto(screen(draft, "check"))
    mine.get_by_role("radio", name="In dit portaal. ").check()
    mine.context.set_offline(True)

    mine.get_by_role("button", name="Ondertekenen en versturen").click()
    expect(mine.get_by_role("alert")).to_contain_text("Er is geen verbinding.")
    mine.context.set_offline(False)
    mine.get_by_role("button", name="Ondertekenen en versturen").click()

    expect(mine.get_by_role("heading", level=1)).to_contain_text("Uw aanvraag is verstuurd")
    assert Application.objects.filed().count() == 1


def test_the_start_button_after_a_lost_answer_gives_the_same_draft(mine: Page, applicant: User) -> None:
    mine.goto(reverse("apply_start"))
    key = mine.locator("input[name=key]").get_attribute("value")
    mine.route("**/invullen/**", lambda route: route.abort())  # the answer is lost on its way
    mine.get_by_role("button", name="Beginnen").click()
    mine.wait_for_timeout(500)
    mine.unroute("**/invullen/**")

    token = mine.request.get("/ingelogd/").json()["token"]
    form: dict[str, Any] = {"key": key, "csrfmiddlewaretoken": token}
    mine.request.post(reverse("apply_start"), form=form, headers={"Referer": mine.url})

    assert [str(one.key) for one in Application.objects.drafts()] == [key]


# --- Twice ----------------------------------------------------------------------------------------------


def test_a_double_click_sends_once(mine: Page, applicant: User) -> None:
    draft = given.draft(by=applicant)
    mine.goto(screen(draft, "check"))
    mine.get_by_role("radio", name="In dit portaal. ").check()

    mine.get_by_role("button", name="Ondertekenen en versturen").dblclick()

    expect(mine.get_by_role("heading", level=1)).to_contain_text("Uw aanvraag is verstuurd")
    assert Application.objects.get().dossier.letters.count() == 1
    assert ChannelChoice.objects.count() == 1


# --- Back -----------------------------------------------------------------------------------------------


def test_back_shows_what_was_saved(mine: Page, applicant: User) -> None:
    draft = given.draft(by=applicant)
    mine.goto(screen(draft, "evidence"))
    mine.get_by_label("Kies uw bestanden").set_input_files(CONTRACT)
    expect(mine.get_by_role("status")).to_contain_text("1 bestand is toegevoegd")
    mine.goto(screen(draft, "period"))
    mine.get_by_label("Vanaf").fill("2030-01-07")
    go_on(mine)
    expect(mine).to_have_url(re.compile(screen(draft, "check")))

    mine.go_back()
    mine.go_back()
    expect(mine.get_by_role("main")).to_contain_text("contract.pdf")
    mine.goto(screen(draft, "period"))

    expect(mine.get_by_label("Vanaf")).to_have_value("2030-01-07")


def test_back_after_sending_leads_to_the_receipt(mine: Page, applicant: User) -> None:
    draft = given.draft(by=applicant)
    mine.goto(screen(draft, "check"))
    mine.get_by_role("radio", name="In dit portaal. ").check()
    mine.get_by_role("button", name="Ondertekenen en versturen").click()
    expect(mine.get_by_role("heading", level=1)).to_contain_text("Uw aanvraag is verstuurd")

    mine.go_back()

    expect(mine.get_by_role("heading", level=1)).to_contain_text("Uw aanvraag is verstuurd")
    assert Application.objects.get().status == Status.SUBMITTED


def test_after_logging_out_back_shows_nothing_of_ones_own(mine: Page, applicant: User) -> None:
    application = given.filed(by=applicant)
    mine.goto(reverse("application", args=[application.key]))
    mine.get_by_role("button", name="Uitloggen").click()
    expect(mine.get_by_role("link", name="Inloggen")).to_be_visible()

    mine.go_back()

    expect(mine.get_by_role("heading", level=1)).to_contain_text("Inloggen")

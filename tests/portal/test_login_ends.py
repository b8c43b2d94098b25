"""The login ends while somebody fills in a form: whichever form it is, what they typed is there afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application
from tests import contest, given
from tests.portal import files

WORDS = "Dat klopt niet meer sinds maart."
People = dict[str, User]
Page = Callable[[People], tuple[str, dict[str, str]]]


def of_case(name: str, build: Callable[[People], Application], **fields: str) -> Page:
    return lambda people: (reverse(name, args=[build(people).key]), fields)


def waiting(people: People) -> Application:
    return given.waiting(by=people["by"], desk=people["desk"])


def filed(people: People) -> Application:
    return given.filed(by=people["by"])


def heard(people: People) -> Application:
    application = given.taken_up(by=people["by"], desk=people["desk"])
    application.offer_hearing(by=people["desk"], differences=given.DIFFERING, ends_on=given.working_day())
    return application


def rejected(people: People) -> Application:
    return given.rejected(by=people["by"], desk=people["desk"], second=people["second"])


def screen(name: str, **fields: str) -> Page:
    return lambda people: (reverse("apply", args=[given.draft(by=people["by"]).key, name]), fields)


def extending(people: People) -> tuple[str, dict[str, str]]:
    granted = given.granted(by=people["by"], desk=people["desk"], days=20)
    draft = given.draft(by=people["by"], plate="VX124Z")
    Application.objects.filter(pk=draft.pk).update(renews=granted.exemptions.get(), draft_step="extend")
    return reverse("apply", args=[draft.key, "extend"]), {"expected_on": "2039-09-01"}


def repairing(people: People) -> tuple[str, dict[str, str]]:
    parties: dict[str, Any] = {"by": people["by"], "desk": people["officer"]}
    objection = contest.in_repair(rejected(people), **parties)
    return reverse("objection_repair", args=[objection.key]), {"answer": WORDS}


def choices_of_the_company(people: People) -> tuple[str, dict[str, str]]:
    pk = people["by"].mandates.get().applicant_id
    return reverse("applicant_choices", args=[pk]), {
        "part": "mail",
        "email": "post@korst.example",
        "second_email": "boek@korst.example",
    }


FORMS: dict[str, Page] = {
    "period": screen("period", wanted_from="2030-01-07"),
    "questions": screen("questions", ordered_vehicle="eTruck 12", shown="ordered_vehicle"),
    "extend": extending,
    "supply": of_case("supply", waiting, answer=WORDS),
    "view": of_case("give_view", heard, view=WORDS),
    "withdraw": of_case("withdraw", filed, reason=WORDS),
    "vehicle data": of_case("dispute_facts", filed, why=WORDS),
    "objection": of_case("object_to", rejected, grounds=WORDS, seen="", later="1"),
    "repair": repairing,
    "day exemption": lambda _people: (reverse("day_exemption"), {"plate": "TRU-01-E", "day": "2027-01-05"}),
    "choices": choices_of_the_company,
}
NOT_SHOWN = {"shown", "seen", "later", "part"}


@pytest.fixture
def people(applicant: User, caseworker: User, other_caseworker: User, objection_officer: User) -> People:
    return {"by": applicant, "desk": caseworker, "second": other_caseworker, "officer": objection_officer}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_typed_is_there_after_the_login(form: Page, people: People) -> None:
    url, typed = form(people)
    browser = Client()

    answer = browser.post(url, typed)
    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]
    browser.force_login(people["by"])

    words = browser.get(url).content.decode()
    assert [value for name, value in typed.items() if name not in NOT_SHOWN and value not in words] == []


def test_who_sends_files_reads_that_they_must_be_added_again(people: People) -> None:
    url = reverse("supply", args=[waiting(people).key])

    answer = Client().post(url, {"answer": WORDS, "item-contract": files.upload(files.PDF)}, follow=True)

    assert "Voeg uw bestanden wel opnieuw toe" in answer.content.decode()


def test_somebody_elses_login_does_not_get_the_words_of_the_case(people: People, stranger: User) -> None:
    url = reverse("withdraw", args=[filed(people).key])
    browser = Client()
    browser.post(url, {"reason": WORDS})

    browser.force_login(stranger)

    assert browser.get(url).status_code == 404


# --- What the page asks before it sends files -----------------------------------------------------------


def test_the_page_can_ask_whether_the_login_still_stands(client: Client, as_applicant: Client) -> None:
    url = reverse("session_state")

    assert client.get(url).json()["logged_in"] is False
    assert as_applicant.get(url).json()["logged_in"] is True
    assert "no-store" in as_applicant.get(url).headers["Cache-Control"]
    assert client.post(url).status_code == 405


@pytest.mark.parametrize(
    "name", ["my_applications", "my_exemptions", "my_letters", "my_documents", "my_choices", "my_text_messages"]
)
def test_pages_of_ones_own_are_never_kept_by_a_browser(as_applicant: Client, name: str) -> None:
    assert "no-store" in as_applicant.get(reverse(name)).headers["Cache-Control"]

"""Adding many vehicles at once: an answer for each row first, and the vehicles only after a yes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import form_recovery
from accounts.models import User
from exemptions.fleet import batch_worker, register_refresh, vehicle_batch
from exemptions.models import Applicant, FleetBatch, FleetRow, Mandate, Vehicle
from tests.cast import Login
from tests.limits import find_most
from tests.portal.fleet.conftest import Paste
from tests.portal.fleet.test_sheets import upload

MIXED = "VAN00E elektrisch\nVAN02E\nVAN01E\nXX-99-XX\nVAN99E\nGroningen\nVAN-01-E"


def send(client: Client, plates: str, *, follow: bool = False, **more: Any) -> Any:
    return client.post(reverse("fleet_add"), {"plates": plates, **more}, follow=follow)


def words(response: Any) -> str:
    return str(response.content.decode())


def page_of(client: Client, response: Any) -> str:
    assert response.status_code == 302
    return words(client.get(response.url))


def test_every_row_has_its_answer_in_words(as_applicant: Client) -> None:
    page = page_of(as_applicant, send(as_applicant, MIXED))

    for sentence in (
        "mag erin tot en met 31 december 2026",
        "mag er niet in",
        "Lange levertijd",
        "Het kentekenregister kent dit kenteken niet.",
        "Het kentekenregister gaf geen antwoord.",
        "Dit kenteken staat al in uw lijst, in rij 3.",
        "overgeslagen",
    ):
        assert sentence in page, sentence


def test_nothing_is_kept_before_a_yes(as_applicant: Client, organisation: Applicant) -> None:
    send(as_applicant, MIXED)
    assert not Vehicle.objects.exists()

    batch = FleetBatch.objects.get()
    as_applicant.post(reverse("fleet_batch", args=[batch.key]), {"keep": "1"})

    assert sorted(organisation.vehicles.values_list("plate", flat=True)) == ["VAN00E", "VAN01E", "VAN02E", "VAN99E"]
    assert organisation.vehicles.get(plate="VAN00E").remark == "elektrisch"


def test_a_second_click_and_the_same_list_again_add_nothing(as_applicant: Client, organisation: Applicant) -> None:
    for _time in range(2):
        response = send(as_applicant, "VAN01E\nVAN02E")
        for _click in range(2):
            as_applicant.post(response.url, {"keep": "1"})

    assert organisation.vehicles.count() == 2
    assert "staat al in uw wagenpark" in page_of(as_applicant, send(as_applicant, "VAN01E"))


def test_a_file_is_read_with_its_cells(as_applicant: Client) -> None:
    file = upload(b"Kenteken;Opmerking\nVAN01E;=1+1\nGroningen;\n", "wagenpark.csv")
    page = page_of(as_applicant, send(as_applicant, "", file=file))

    assert "A3" in page
    assert "Hier staat een formule." in page


@pytest.mark.parametrize(
    ("plates", "sentence"),
    [("", "Typ of plak kentekens"), ("  \n ", "Typ of plak kentekens"), ("VAN01E\n" * 5001, "meer dan 5000")],
)
def test_a_list_of_no_use_gets_a_sentence_and_stays(as_applicant: Client, plates: str, sentence: str) -> None:
    response = send(as_applicant, plates)

    assert response.status_code == 200
    assert sentence in words(response)
    assert not FleetBatch.objects.exists()


def test_a_long_list_is_asked_in_the_background(as_applicant: Client) -> None:
    response = send(as_applicant, "\n".join(f"V-{number:03}-AA" for number in range(30)))
    assert "30 worden nog opgezocht" in page_of(as_applicant, response).replace("<b>", "").replace("</b>", "")

    batch = FleetBatch.objects.get()
    vehicle_batch.look_up(batch, seconds=30)

    assert vehicle_batch.count_rows(batch).unknown == 30
    assert not FleetBatch.objects.at_work().exists()


def test_who_wants_may_keep_what_was_not_answered_yet(paste: Paste, applicant: User, organisation: Applicant) -> None:
    batch = paste("VAN99E\nVAN01E")

    assert vehicle_batch.keep_vehicles(batch, by=applicant) == 2
    slow, fast = organisation.vehicles.order_by("-plate")
    assert (slow.checked_at, slow.may_enter(on=timezone.localdate())) == (None, None)
    assert slow.wanted_at is not None
    assert fast.may_enter(on=timezone.localdate()) is False


def test_a_register_that_is_away_holds_nobody_up(as_applicant: Client, organisation: Applicant, settings: Any) -> None:
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"

    page = page_of(as_applicant, send(as_applicant, "\n".join(f"V-{number:03}-AA" for number in range(10))))

    assert "gaf geen antwoord" in page
    assert FleetRow.objects.filter(state=FleetRow.State.SLOW).count() == 10
    assert register_refresh.is_resting(now=timezone.now())


def test_while_the_register_rests_the_worker_asks_nothing(paste: Paste, settings: Any) -> None:
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"
    batch = paste("V-001-AA\nV-002-AA\nV-003-AA")
    vehicle_batch.ask_again(batch)

    assert batch_worker.go_on(seconds=5) == 3
    assert set(batch.rows.values_list("state", flat=True)) == {"slow"}


def test_asking_again_gets_the_answer(as_applicant: Client, settings: Any) -> None:
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"
    response = send(as_applicant, "VAN01E")
    settings.REGISTER_URL = "demo:"

    as_applicant.post(response.url, {"again": "1"})

    assert FleetRow.objects.get().state == "found"


def test_the_answers_as_files(as_applicant: Client) -> None:
    response = send(as_applicant, "VAN01E =1+1\nGroningen")
    key = FleetBatch.objects.get().key

    csv = b"".join(as_applicant.get(reverse("fleet_answers", args=[key, "csv"])).streaming_content).decode()  # type: ignore[attr-defined]
    xlsx = b"".join(as_applicant.get(reverse("fleet_answers", args=[key, "xlsx"])).streaming_content)  # type: ignore[attr-defined]

    assert "mag er niet in" in csv
    assert "'=1+1" in csv
    assert xlsx.startswith(b"PK")
    assert response.status_code == 302


def test_the_page_asks_as_many_queries_for_many_rows_as_for_few(as_applicant: Client, paste: Paste) -> None:
    few, many = paste("VAN01E"), paste("VAN01E\nVAN02E\nTRU01E\nVAN40E\nGroningen\nVAN99E")

    def queries(batch: FleetBatch) -> int:
        with CaptureQueriesContext(connection) as asked:
            as_applicant.get(reverse("fleet_batch", args=[batch.key]))
        return len(asked)

    assert queries(few) == queries(many)


def test_too_many_lists_in_an_hour(as_applicant: Client) -> None:
    for _time in range(find_most("fleet_lists_an_hour")):
        send(as_applicant, "Groningen")

    assert send(as_applicant, "Groningen").status_code == 429


# --- Who ------------------------------------------------------------------------------------------------


def test_a_stranger_meets_nothing(as_stranger: Client, paste: Paste, organisation: Applicant) -> None:
    batch = paste("VAN01E")

    for name, args in (("fleet_batch", [batch.key]), ("fleet_answers", [batch.key, "csv"])):
        assert as_stranger.get(reverse(name, args=args)).status_code == 404
    assert as_stranger.post(reverse("fleet_batch", args=[batch.key]), {"keep": "1"}).status_code == 404
    assert send(as_stranger, "VAN01E", voor=organisation.pk).status_code == 404
    assert not Vehicle.objects.exists()


def test_a_colleague_goes_on_with_it_until_the_mandate_ends(
    as_colleague: Client, colleague: User, paste: Paste, organisation: Applicant
) -> None:
    address = reverse("fleet_batch", args=[paste("VAN01E").key])
    assert as_colleague.get(address).status_code == 200

    Mandate.objects.filter(user=colleague).update(ended_at=timezone.now())

    assert as_colleague.post(address, {"keep": "1"}).status_code == 404
    assert not Vehicle.objects.exists()


def test_who_acts_for_nobody_is_told_what_to_do(login: Login, caseworker: User) -> None:
    page = words(login(caseworker).get(reverse("fleet")))

    assert "U handelt nog niet namens een persoon of bedrijf." in page


def test_a_pasted_list_survives_an_expired_login(applicant: User) -> None:
    browser = Client()
    response = send(browser, "VAN01E de blauwe bus")
    assert "login" in response.url or "inloggen" in response.url

    browser.force_login(applicant)
    page = words(browser.get(reverse("fleet_add")))

    assert "VAN01E de blauwe bus" in page


def test_a_whole_list_survives_an_expired_login(applicant: User) -> None:
    plates = "\r\n".join(f"V{number:04}A de bus van ploeg {number}, graag op tijd weten" for number in range(5000))
    browser = Client()
    send(browser, plates)
    browser.force_login(applicant)

    assert browser.get(reverse("fleet_add")).context["form"]["plates"].value() == plates


@pytest.mark.django_db
def test_strangers_cannot_have_one_long_list_after_another_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_recovery, "KEPT_A_MINUTE", 100)  # a limit of an hour is reached within a minute here
    for _time in range(find_most("fleet_lists_an_hour")):
        assert "is bewaard" in words(send(client, "x" * 100_001, follow=True))

    assert "was te lang om te bewaren" in words(send(client, "x" * 100_001, follow=True))
    assert "is bewaard" in words(send(client, "VAN01E", follow=True))

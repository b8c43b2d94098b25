"""Applying for many vehicles: each by the steps of one, none twice, and why another one cannot."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Letter, Policy
from exemptions.fleet import filing, judging, shared, working
from exemptions.models import (
    Applicant,
    Application,
    DayUse,
    FleetBatch,
    FleetFile,
    FleetRow,
    Kind,
    Mandate,
    Status,
    Vehicle,
)
from tests import given
from tests.portal.files import PDF
from tests.portal.fleet.days import ask, utrecht

Fleet = Callable[[str], list[Vehicle]]
OLD = "VAN01E\nVAN04E\nTRU01E"
TOMORROW = timedelta(days=1)


def begin(client: Client, vehicles: list[Vehicle], kind: str) -> FleetBatch:
    """The vehicles are ticked and the kind is chosen."""
    client.post(reverse("fleet_file"), {"vehicle": [one.pk for one in vehicles]})
    batch = FleetBatch.objects.filter(purpose="file").latest("pk")
    client.post(reverse("fleet_what", args=[batch.key]), {"kind": kind})
    return batch


def fill_days(client: Client, batch: FleetBatch, **more: Any) -> Any:
    day = (timezone.localdate() + TOMORROW).isoformat()
    data = {"municipality": utrecht().pk, "day": day, **more}
    return client.post(reverse("fleet_form", args=[batch.key]), data)


def fill_kind(client: Client, batch: FleetBatch, **more: Any) -> Any:
    """The answers, the days and a file for each item."""
    kind = given.kind(batch_kind(batch))
    answers = {question.code: given.answer(question) for question in kind.questions.all()}
    files = {f"item-{item.code}": SimpleUploadedFile(f"{item.code}.pdf", PDF) for item in kind.evidence.all()}
    data = {**answers, "shown": list(answers), "wanted_from": timezone.localdate().isoformat(), **files, **more}
    return client.post(reverse("fleet_form", args=[batch.key]), data)


def batch_kind(batch: FleetBatch) -> str:
    batch.refresh_from_db()
    assert batch.kind is not None
    return batch.kind.code


def look(client: Client, batch: FleetBatch) -> str:
    return client.get(reverse("fleet_batch", args=[batch.key])).content.decode()


def confirm(client: Client, batch: FleetBatch) -> Any:
    return client.post(reverse("fleet_batch", args=[batch.key]), {"declaration": "on"})


@pytest.fixture
def days(fleet: Fleet, as_applicant: Client) -> FleetBatch:
    """Three vehicles, a day exemption for each; only to be confirmed."""
    batch = begin(as_applicant, fleet(OLD), "DAG")
    fill_days(as_applicant, batch)
    return batch


@pytest.fixture
def lasting(fleet: Fleet, as_applicant: Client) -> FleetBatch:
    """Three vehicles, an exemption for long; only to be confirmed."""
    batch = begin(as_applicant, fleet(OLD), "LEV")
    fill_kind(as_applicant, batch)
    return batch


def test_three_day_exemptions_at_once(days: FleetBatch, as_applicant: Client, applicant: User) -> None:
    page = look(as_applicant, days)
    assert "Voor 3 voertuigen kunt u aanvragen." in page
    assert "€\N{NO-BREAK SPACE}90,00" in page

    confirm(as_applicant, days)

    assert DayUse.objects.count() == 3
    assert set(Application.objects.values_list("status", "owner")) == {(Status.GRANTED, applicant.pk)}
    page = look(as_applicant, days)
    assert "3 aanvragen ingediend" in page
    assert all(reverse("day_exemption_done", args=[one.key]) in page for one in Application.objects.all())


def test_three_applications_with_their_own_files_and_receipts(
    lasting: FleetBatch, as_applicant: Client, organisation: Applicant
) -> None:
    confirm(as_applicant, lasting)

    filed = list(Application.objects.filter(status=Status.SUBMITTED))
    assert sorted(one.plate for one in filed) == ["TRU01E", "VAN01E", "VAN04E"]
    assert {one.applicant for one in filed} == {organisation}
    assert Letter.objects.filter(kind="receipt").count() == 3
    names = {document.file.name for one in filed for document in one.dossier.documents.all()}
    assert len(names) == 3 * given.kind("LEV").evidence.count()
    assert not FleetFile.objects.exists()


def test_who_filed_stands_in_the_timeline(
    lasting: FleetBatch, as_colleague: Client, as_applicant: Client, colleague: User
) -> None:
    confirm(as_colleague, lasting)

    case = Application.objects.filed().first()
    assert case is not None
    assert case.dossier.events.get(step="file").by == colleague
    assert colleague.name in as_applicant.get(reverse("application", args=[case.key])).content.decode()


def test_a_double_click_and_a_second_tab_file_nothing_twice(days: FleetBatch, as_applicant: Client) -> None:
    for _click in range(3):
        confirm(as_applicant, days)

    assert Application.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_file_each_vehicle_once(days: FleetBatch, applicant: User) -> None:
    filing.confirm(days, by=applicant)

    def work(_number: int) -> None:
        try:
            filing.file_rows(FleetBatch.objects.select_related("applicant", "owner", "kind").get(), seconds=60)
        finally:
            connection.close()

    FleetBatch.objects.exclude(pk=days.pk).delete()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))

    assert Application.objects.count() == 3
    assert FleetRow.objects.filter(state="filed", application__isnull=False).count() == 3


def test_a_worker_that_was_killed_half_way_is_gone_on_for(
    days: FleetBatch, applicant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing.confirm(days, by=applicant)
    first, second, _third = days.rows.order_by("number")
    fresh = FleetBatch.objects.select_related("applicant", "owner", "kind").get(pk=days.pk)
    filing.file_row(fresh, first.pk)

    class Killed(BaseException):
        """As a signal does it: nothing catches it."""

    def die(*_args: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(FleetRow, "save", die)
        with pytest.raises(Killed):
            filing.file_row(fresh, second.pk)
    assert Application.objects.count() == 1

    assert working.go_on(seconds=30) >= 2
    assert Application.objects.count() == 3


def test_a_long_list_is_the_workers(
    fleet: Fleet, organisation: Applicant, applicant: User, as_applicant: Client
) -> None:
    facts = fleet("VAN01E")[0].facts
    Vehicle.objects.bulk_create(
        Vehicle(applicant=organisation, plate=f"V{n:04}A", added_by=applicant, facts=facts, allowed=False)
        for n in range(21)
    )
    batch = begin(as_applicant, list(organisation.vehicles.all()), "DAG")
    fill_days(as_applicant, batch)

    confirm(as_applicant, batch)

    page = look(as_applicant, batch)
    assert "Wij dienen uw aanvragen in" in page
    assert "Kijken hoe ver het is" in page
    assert not Application.objects.exists()


# --- Why not --------------------------------------------------------------------------------------------


def reasons(batch: FleetBatch) -> dict[str, str]:
    batch.refresh_from_db()
    return {one.row.plate: one.reason for one in judging.judge_all(batch, today=timezone.localdate())}


def test_each_vehicle_has_its_own_reason(fleet: Fleet, as_applicant: Client, applicant: User) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN00E\nCAR01E\nVAN04E\nVAN99E"), "LEV")
    filed = given.filed(by=applicant, plate="VAN04E")
    fill_kind(as_applicant, batch)

    why = reasons(batch)

    assert why["VAN01E"] == ""
    assert "heeft geen ontheffing nodig" in why["VAN00E"]
    assert "bestelauto" in why["CAR01E"]
    assert str(filed) in why["VAN04E"]
    assert "weten nog niets" in why["VAN99E"]


def test_days_that_are_used_up_or_taken(fleet: Fleet, as_applicant: Client, applicant: User) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN04E\nVAN02E"), "DAG")
    Policy.objects.create(name="day_exemption_max", value=1, valid_from=timezone.localdate(), source="test")
    ask(applicant, "VAN04E")
    fill_days(as_applicant, batch)

    why = reasons(batch)

    assert why["VAN01E"] == ""
    assert "al een dagontheffing" in why["VAN04E"]
    assert "mag die dag al" in why["VAN02E"]


def test_only_what_fits_is_filed_and_the_others_say_why(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN00E"), "DAG")
    fill_days(as_applicant, batch)
    confirm(as_applicant, batch)

    assert [one.plate for one in Application.objects.all()] == ["VAN01E"]
    page = look(as_applicant, batch)
    assert "1 aanvraag ingediend" in page
    assert "mag die dag al de zone in" in page


def test_what_changed_after_the_look_is_refused_when_it_is_filed(days: FleetBatch, applicant: User) -> None:
    filing.confirm(days, by=applicant)
    ask(applicant, "VAN01E")

    working.go_on(seconds=30)

    row = days.rows.get(plate="VAN01E")
    assert (row.state, row.application) == ("skipped", None)
    assert DayUse.objects.filter(plate="VAN01E").count() == 1


def test_van_or_truck_is_asked_only_of_who_the_register_does_not_know(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN99E"), "DAG")
    row = batch.rows.get(plate="VAN99E")
    page = as_applicant.get(reverse("fleet_form", args=[batch.key])).content.decode()
    assert page.count("Wat voor voertuig is") == 1

    fill_days(as_applicant, batch, **{f"class-{row.pk}": "van"})
    confirm(as_applicant, batch)

    case = Application.objects.get(plate="VAN99E")
    assert (case.status, case.vehicle_class, case.facts_verified) == (Status.GRANTED, "van", False)


def test_a_register_that_is_away_postpones_and_trying_again_files(
    lasting: FleetBatch, as_applicant: Client, settings: Any
) -> None:
    settings.REGISTER_URL = "http://127.0.0.1:1/resource"
    confirm(as_applicant, lasting)
    assert "lukte het aanvragen nu niet" in look(as_applicant, lasting)
    assert not Application.objects.exists()

    settings.REGISTER_URL = "demo:"
    as_applicant.post(reverse("fleet_batch", args=[lasting.key]), {"again": "1"})

    assert Application.objects.filed().count() == 3


# --- The shared form ------------------------------------------------------------------------------------


def test_what_is_missing_is_named_and_what_was_sent_is_kept(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    response = as_applicant.post(
        reverse("fleet_form", args=[batch.key]),
        {"ordered_vehicle": "E-BUS", "shown": ["ordered_vehicle", "ordered_on"], "item-contract": given_file()},
    )
    page = response.content.decode()

    assert "Er klopt nog iets niet" in page
    assert "E-BUS" in page
    assert "contract.pdf" in page
    assert FleetFile.objects.get().name == "contract.pdf"
    batch.refresh_from_db()
    assert not batch.is_filled_in


def given_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("contract.pdf", PDF)


def test_a_file_is_removed_and_the_rest_stays(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    address = reverse("fleet_form", args=[batch.key])
    as_applicant.post(address, {"upload": "1", "ordered_vehicle": "E-BUS", "item-contract": given_file()})

    as_applicant.post(address, {"remove": str(FleetFile.objects.get().pk), "ordered_vehicle": "E-BUS"})

    assert not FleetFile.objects.exists()
    assert "E-BUS" in as_applicant.get(address).content.decode()


def test_a_hostile_file_is_refused(fleet: Fleet, as_applicant: Client) -> None:
    batch = begin(as_applicant, fleet(OLD), "LEV")
    page = fill_kind(as_applicant, batch, **{"item-contract": SimpleUploadedFile("contract.pdf", b"MZ\x90")})

    assert "is een programma" in page.content.decode()


def test_nothing_ticked_gets_a_sentence(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN01E")
    page = as_applicant.post(reverse("fleet_file"), {}, follow=True).content.decode()

    assert "Vink de voertuigen aan" in page


def test_all_means_what_the_filter_shows(fleet: Fleet, as_applicant: Client) -> None:
    fleet("VAN01E\nVAN00E")
    as_applicant.post(reverse("fleet_file"), {"all": "1", "filter": "no"})

    assert list(FleetRow.objects.filter(batch__purpose="file").values_list("plate", flat=True)) == ["VAN01E"]


def test_ticks_survive_an_expired_login(fleet: Fleet, applicant: User) -> None:
    (vehicle,) = fleet("VAN01E")
    browser = Client()
    browser.post(reverse("fleet_file"), {"vehicle": [vehicle.pk]})
    browser.force_login(applicant)

    page = browser.get(reverse("fleet_file")).content.decode()

    assert f'id="vehicle-{vehicle.pk}" aria-label="VAN-01-E" checked' in page


# --- Who ------------------------------------------------------------------------------------------------


def test_a_stranger_cannot_choose_see_or_confirm(days: FleetBatch, as_stranger: Client) -> None:
    for name in ("fleet_batch", "fleet_what", "fleet_form"):
        address = reverse(name, args=[days.key])
        assert as_stranger.get(address).status_code == 404
        assert as_stranger.post(address, {"declaration": "on"}).status_code == 404
    as_stranger.post(reverse("fleet_file"), {"vehicle": list(Vehicle.objects.values_list("pk", flat=True))})
    assert FleetBatch.objects.filter(purpose="file").count() == 1
    assert not Application.objects.exists()


def test_a_mandate_that_ended_before_the_worker_came_files_nothing(
    days: FleetBatch, colleague: User, applicant: User
) -> None:
    filing.confirm(days, by=colleague)
    Mandate.objects.filter(user=colleague).update(ended_at=timezone.now())

    working.go_on(seconds=30)

    assert not Application.objects.exists()
    assert {row.problem for row in days.rows.all()} == {
        "U mag niet meer namens deze aanvrager handelen. Er is niets ingediend."
    }


def test_the_look_asks_as_many_queries_for_many_as_for_few(
    fleet: Fleet, organisation: Applicant, applicant: User, as_applicant: Client
) -> None:
    facts = fleet("VAN01E")[0].facts
    Vehicle.objects.bulk_create(
        Vehicle(applicant=organisation, plate=f"V{n:04}A", added_by=applicant, facts=facts) for n in range(300)
    )

    def queries(number: int) -> int:
        batch = filing.begin(organisation, list(organisation.vehicles.order_by("pk")[:number]), by=applicant)
        shared.choose_kind(batch, Kind.objects.in_force(on=timezone.localdate()).get(code="DAG"))
        shared.save_wish(batch, is_complete=True, municipality=utrecht(), day=timezone.localdate())
        with CaptureQueriesContext(connection) as asked:
            assert as_applicant.get(reverse("fleet_batch", args=[batch.key])).status_code == 200
        return len(asked)

    assert queries(2) == queries(300)

"""Applying for many vehicles: each by the steps of one, none twice, and only for whom one may act."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Letter, PostalCopy
from exemptions.fleet import application_batch, batch_worker, common_answers
from exemptions.models import (
    Applicant,
    Application,
    DayUse,
    FleetBatch,
    FleetFile,
    FleetRow,
    KindVersion,
    Mandate,
    Status,
    Vehicle,
)
from tests import given
from tests.portal.fleet.days import utrecht
from tests.portal.fleet.many import Fleet, begin, confirm, fill_days, look
from tests.portal.wizard import SIGNED


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
    assert len(names) == 3 * given.kind("LEV").evidence.exclude(code="registration_document").count()
    assert not FleetFile.objects.exists()


@pytest.mark.parametrize(("channel", "posted"), [("post", 3), ("portal", 0)])
def test_2_8_who_was_never_asked_chooses_and_the_answer_holds_for_these_letters(
    channel: str, posted: int, never_asked: None, days: FleetBatch, as_applicant: Client
) -> None:
    confirm(as_applicant, days)
    assert not DayUse.objects.exists()
    assert "Kies hoe u onze brieven wilt krijgen." in confirm(as_applicant, days).content.decode()

    confirm(as_applicant, days, channel=channel)

    assert PostalCopy.objects.to_post().filter(letter__kind="day_granted").count() == posted
    assert DayUse.objects.count() == 3


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
    application_batch.confirm_batch(days, by=applicant)

    def work(_number: int) -> None:
        try:
            application_batch.file_rows(
                FleetBatch.objects.select_related("applicant", "owner", "kind").get(), seconds=60
            )
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
    application_batch.confirm_batch(days, by=applicant)
    first, second, _third = days.rows.order_by("number")
    fresh = FleetBatch.objects.select_related("applicant", "owner", "kind").get(pk=days.pk)
    application_batch.file_row(fresh, first.pk)

    class Killed(BaseException):
        """As a signal does it: nothing catches it."""

    def die(*_args: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(FleetRow, "save", die)
        with pytest.raises(Killed):
            application_batch.file_row(fresh, second.pk)
    assert Application.objects.count() == 1

    assert batch_worker.go_on(seconds=30) >= 2
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
    assert "Vernieuwen" in page
    assert not Application.objects.exists()


def test_a_stranger_cannot_choose_see_or_confirm(days: FleetBatch, as_stranger: Client) -> None:
    for name in ("fleet_batch", "fleet_what", "fleet_form"):
        address = reverse(name, args=[days.key])
        assert as_stranger.get(address).status_code == 404
        assert as_stranger.post(address, SIGNED).status_code == 404
    as_stranger.post(reverse("fleet_file"), {"vehicle": list(Vehicle.objects.values_list("pk", flat=True))})
    assert FleetBatch.objects.filter(purpose="file").count() == 1
    assert not Application.objects.exists()


def test_a_mandate_that_ended_before_the_worker_came_files_nothing(
    days: FleetBatch, colleague: User, applicant: User
) -> None:
    application_batch.confirm_batch(days, by=colleague)
    Mandate.objects.filter(user=colleague).update(ended_at=timezone.now())

    batch_worker.go_on(seconds=30)

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
        batch = application_batch.begin_batch(
            organisation, list(organisation.vehicles.order_by("pk")[:number]), by=applicant
        )
        common_answers.choose_kind(batch, KindVersion.objects.in_force(on=timezone.localdate()).get(kind="DAG"))
        common_answers.save_wish(batch, is_complete=True, municipality=utrecht(), day=timezone.localdate())
        with CaptureQueriesContext(connection) as asked:
            assert as_applicant.get(reverse("fleet_batch", args=[batch.key])).status_code == 200
        return len(asked)

    assert queries(2) == queries(300)

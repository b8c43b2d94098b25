"""Applying for many vehicles: which of them cannot, and why; the others are filed."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Policy
from exemptions.fleet import application_batch, batch_worker, dry_run
from exemptions.models import (
    Application,
    DayUse,
    FleetBatch,
    Status,
)
from tests import given
from tests.portal.fleet.days import ask
from tests.portal.fleet.many import Fleet, begin, confirm, fill_days, fill_kind, look


def reasons(batch: FleetBatch) -> dict[str, str]:
    batch.refresh_from_db()
    return {one.row.plate: one.reason for one in dry_run.judge_all(batch, today=timezone.localdate())}


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
    application_batch.confirm_batch(days, by=applicant)
    ask(applicant, "VAN01E")

    batch_worker.go_on(seconds=30)

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


def test_what_cannot_be_applied_for_is_told_above_the_form_and_file_hints_once(
    fleet: Fleet, as_applicant: Client, applicant: User
) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN04E"), "LEV")
    mine = given.filed(by=applicant, plate="VAN04E")

    page = as_applicant.get(reverse("fleet_form", args=[batch.key])).content.decode()

    assert "Voor 1 voertuig kunt u deze ontheffing niet aanvragen" in page
    assert str(mine) in page
    assert page.count("elk van hoogstens 20 MB") == 1


def test_what_the_applicant_has_already_is_not_asked_again(
    fleet: Fleet, as_applicant: Client, applicant: User, caseworker: User
) -> None:
    given.granted(by=applicant, desk=caseworker, plate="VAN04E")
    batch = begin(as_applicant, fleet("VAN01E\nVAN04E"), "LEV")
    fill_kind(as_applicant, batch)

    assert "U hebt deze ontheffing al voor dit voertuig" in reasons(batch)["VAN04E"]


def test_what_somebody_else_asked_for_the_plate_is_not_told_and_blocks_nothing(
    fleet: Fleet, as_applicant: Client, stranger: User
) -> None:
    batch = begin(as_applicant, fleet("VAN01E\nVAN04E"), "LEV")
    theirs = given.filed(by=stranger, plate="VAN04E")
    fill_kind(as_applicant, batch)

    assert reasons(batch)["VAN04E"] == ""
    confirm(as_applicant, batch)

    shown = look(as_applicant, batch)
    assert str(theirs) not in shown
    assert "U hebt dit al aangevraagd" not in shown
    filed = Application.objects.filed().exclude(pk=theirs.pk)
    assert sorted(one.plate for one in filed) == ["VAN01E", "VAN04E"]

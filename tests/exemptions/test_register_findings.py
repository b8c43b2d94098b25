"""What the register says otherwise than a running exemption rests on: found every day, for a person to look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework import clock
from exemptions import register_comparison
from exemptions.models import Application, Exemption, FactsRecord, RegisterCheck, RegisterFinding
from exemptions.models.facts import as_json
from exemptions.tasks import compare_with_register
from tests import given
from tests.looping import each
from tests.zones.register_server import RegisterServer, serve_register
from zones.vehicles import VehicleFacts

pytestmark = pytest.mark.django_db

PLATE = "VX123Z"
KNOWN = replace(given.VAN, fuels=("Diesel",), name_since=date(2022, 3, 11), exported=False, registrable=True)
SOLD = {"datum_tenaamstelling": "20261109"}
EXPORTED = {"export_indicator": "Ja", "tenaamstellen_mogelijk": "Nee", "datum_tenaamstelling": ""}
NOTE = "Gebeld: het voertuig staat nu op naam van de zoon, en die rijdt er voor het bedrijf mee."
What = RegisterFinding.What
Ending = RegisterFinding.Ending


@pytest.fixture
def register(settings: Any) -> Iterator[RegisterServer]:
    """It says of the vehicle what it said when the exemption was granted."""
    with serve_register() as server:
        settings.REGISTER_URL = server.url
        server.say(PLATE)
        yield server


@pytest.fixture
def granted(applicant: User, caseworker: User) -> Application:
    """It rests on what the register said."""
    return given.granted(by=applicant, desk=caseworker, facts=KNOWN)


def compare_next_day(**change: Any) -> None:
    """The clock takes its turn on another day; rows of the past may be moved back, as a day that passes would."""
    RegisterCheck.objects.update(checked_at=clock.now() - timedelta(days=1, **change))
    compare_with_register()


def found() -> dict[str, tuple[str, str]]:
    """What was found and is there still."""
    return {one.what: (one.was, one.found) for one in RegisterFinding.objects.live()}


def settle(application: Application, *, by: User | None, note: str = NOTE) -> None:
    application.settle_register_finding(by=by, findings=list(RegisterFinding.objects.live()), note=note)


# --- What is found ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("granted")
def test_nothing_is_found_where_the_register_says_the_same(register: RegisterServer):
    assert compare_with_register() == 1

    assert found() == {}


@each(
    "says, expected",
    [
        (SOLD, {"holder": ("2022-03-11", "2026-11-09")}),
        (EXPORTED, {"exported": ("no", "yes"), "blocked": ("no", "yes")}),
        ({"tenaamstellen_mogelijk": "Nee"}, {"blocked": ("no", "yes")}),
        ({"voertuigsoort": "Personenauto"}, {"category": ("van", "other")}),
        ({"toegestane_maximum_massa_voertuig": "4250"}, {"category": ("van", "truck")}),
        ({"emission": "5"}, {"emission_class": ("4", "5")}),
        (
            {"fuel": "Elektriciteit", "emission": "Z"},
            {"emission_class": ("4", "Z"), "fuels": ("Diesel", "Elektriciteit")},
        ),
        ({"wam_verzekerd": "Nee", "vervaldatum_apk": "20200101"}, {}),
        ({"emission": ""}, {}),
    ],
)
def test_what_the_register_says_otherwise_is_found(
    says: dict[str, str], expected: dict[str, Any], register: RegisterServer, granted: Application
):
    register.say(PLATE, **says)

    compare_with_register()

    assert found() == expected
    assert granted.exemptions.get().revoked_at is None


@pytest.mark.usefixtures("granted")
def test_a_plate_that_was_struck_from_the_register_is_found(register: RegisterServer):
    register.forget(PLATE)

    compare_with_register()

    assert found() == {"gone": ("no", "yes")}


def test_a_plate_that_the_register_never_knew_is_not_struck(
    register: RegisterServer, applicant: User, caseworker: User
):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT)
    application.correct_facts(by=caseworker, facts=KNOWN, reason="Gezien op het kentekenbewijs.")
    given.grant(application, desk=caseworker)
    register.forget(PLATE)

    compare_with_register()

    assert found() == {}


@pytest.mark.usefixtures("register")
def test_what_a_caseworker_decided_against_the_register_is_no_change_of_it(applicant: User, caseworker: User):
    application = given.taken_up(by=applicant, desk=caseworker, facts=replace(KNOWN, emission_class="4"))
    corrected = replace(KNOWN, emission_class="5")
    application.correct_facts(by=caseworker, facts=corrected, reason="Goedkeuring van de fabrikant.")
    given.grant(application, desk=caseworker)

    compare_with_register()

    assert found() == {}


@each("since, expected", [("20990101", {"holder"}), ("20200101", set())])
def test_where_the_holder_was_not_known_only_a_later_day_is_a_change(
    since: str, expected: set[str], register: RegisterServer, applicant: User, caseworker: User
):
    given.granted(by=applicant, desk=caseworker, facts=replace(KNOWN, name_since=None))
    register.say(PLATE, datum_tenaamstelling=since)

    compare_with_register()

    assert found().keys() == expected


def test_the_demo_has_vehicles_that_were_sold_exported_and_scrapped(applicant: User, caseworker: User):
    then = replace(KNOWN, emission_class="5")
    for plate in ("VAN81E", "VAN82E", "VAN83E"):
        given.granted(by=applicant, desk=caseworker, plate=plate, facts=then)
    given.granted(by=applicant, desk=caseworker, plate="VB123X", facts=then)  # of an invented case

    compare_with_register()

    of_plate = {plate: set[str]() for plate in ("VAN81E", "VAN82E", "VAN83E")}
    for one in RegisterFinding.objects.all():
        of_plate[one.plate].add(one.what)
    assert of_plate == {"VAN81E": {"holder"}, "VAN82E": {"exported", "blocked"}, "VAN83E": {"gone"}}


# --- Which are looked at ----------------------------------------------------------------------------------


def test_only_running_exemptions_with_a_dutch_plate_are_compared(
    register: RegisterServer, granted: Application, applicant: User, caseworker: User
):
    given.granted(by=applicant, desk=caseworker, plate="WX12345", facts=KNOWN)
    with given.rewriting():
        Exemption.objects.filter(plate="WX12345").update(country="PL")
        Exemption.objects.filter(plate=PLATE).update(ends_on=clock.today() - timedelta(days=1))

    assert compare_with_register() == 0
    assert register.calls == 0


def test_two_exemptions_of_a_plate_are_one_question_and_two_rows(
    register: RegisterServer, granted: Application, stranger: User, caseworker: User
):
    given.granted(by=stranger, desk=caseworker, facts=KNOWN)
    register.say(PLATE, **SOLD)

    assert compare_with_register() == 2

    assert RegisterFinding.objects.count() == 2
    assert register.calls == 2  # one of each dataset


# --- One row a difference ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("granted")
def test_comparing_again_and_again_changes_nothing(register: RegisterServer):
    register.say(PLATE, emission="5", **SOLD)
    compare_with_register()
    before = list(RegisterFinding.objects.values())

    assert compare_with_register() == 0  # the same day
    for _day in range(3):
        compare_next_day()

    assert list(RegisterFinding.objects.values()) == before


@pytest.mark.usefixtures("granted")
def test_what_was_dealt_with_is_not_found_again(register: RegisterServer, caseworker: User):
    register.say(PLATE, **SOLD)
    compare_with_register()
    settle(Application.objects.get(), by=caseworker)

    compare_next_day()

    assert RegisterFinding.objects.count() == 1
    assert not Application.objects.with_register_changes(today=clock.today()).exists()


@pytest.mark.usefixtures("granted")
def test_it_ends_by_itself_where_the_register_says_the_old_thing_again(register: RegisterServer):
    register.say(PLATE, **SOLD)
    compare_with_register()
    register.say(PLATE)

    compare_next_day()

    assert RegisterFinding.objects.get().ending == Ending.BACK
    register.say(PLATE, **SOLD)
    compare_next_day()
    assert [one.ending for one in RegisterFinding.objects.all()] == [Ending.BACK, ""]


@pytest.mark.usefixtures("granted")
def test_something_else_again_is_a_row_of_its_own(register: RegisterServer):
    for since in ("20261001", "20261109"):
        register.say(PLATE, datum_tenaamstelling=since)
        compare_with_register()
        RegisterCheck.objects.all().delete()

    assert [(one.found, one.ending) for one in RegisterFinding.objects.all()] == [
        ("2026-10-01", Ending.OTHERWISE),
        ("2026-11-09", ""),
    ]


def test_it_ends_with_the_exemption(register: RegisterServer, granted: Application, caseworker: User):
    register.say(PLATE, **SOLD)
    compare_with_register()

    granted.end_on_request(by=caseworker, from_day=clock.today())

    assert not granted.register_findings.open(on=clock.today()).exists()
    compare_next_day()
    assert granted.register_findings.get().ending == Ending.OVER


def test_a_change_of_the_exemption_keeps_what_was_found(
    register: RegisterServer, granted: Application, caseworker: User
):
    register.say(PLATE, **SOLD)
    compare_with_register()
    settle(granted, by=caseworker)

    granted.end_on_request(by=caseworker, from_day=clock.today() + timedelta(days=30))
    compare_with_register()

    assert RegisterFinding.objects.get().ended_at is None


def test_the_database_keeps_one_row_a_difference(granted: Application):
    about = {"application": granted, "plate": PLATE, "what": What.HOLDER, "found": "2026-11-09"}
    RegisterFinding.objects.create(**about)

    with pytest.raises(IntegrityError, match="registerfinding_once"), transaction.atomic():
        RegisterFinding.objects.create(**about)


# --- A register that is away ------------------------------------------------------------------------------


@pytest.mark.usefixtures("granted")
def test_while_the_register_is_down_nothing_is_found_and_the_next_day_goes_on(register: RegisterServer):
    register.say(PLATE, **SOLD)
    register.is_down = True

    assert compare_with_register() == 0
    assert found() == {}

    register.is_down = False
    assert compare_with_register() == 1
    assert found().keys() == {"holder"}


@pytest.fixture
def fleet(register: RegisterServer, applicant: User, caseworker: User, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Six exemptions, of which two fit into one call."""
    monkeypatch.setattr("zones.register_batches.IN_ONE_CALL", 2)
    monkeypatch.setattr(register_comparison, "CHUNK", 2)
    plates = [f"V{number}XXBB" for number in range(6)]
    for plate in plates:
        given.granted(by=applicant, desk=caseworker, plate=plate, facts=KNOWN)
        register.say(plate, **SOLD)
    return plates


def test_a_run_that_stopped_goes_on_where_it_was(fleet: list[str], register: RegisterServer):
    register.broken = {fleet[2]}
    assert compare_with_register() == 2

    register.broken = set()
    assert compare_with_register() == 4

    assert sorted(RegisterFinding.objects.values_list("plate", flat=True)) == fleet


def test_what_waits_longest_comes_first(fleet: list[str], register: RegisterServer):
    compare_with_register()
    for days, check in enumerate(RegisterCheck.objects.order_by("-pk"), start=1):
        RegisterCheck.objects.filter(pk=check.pk).update(checked_at=clock.now() - timedelta(days=days))
    register.broken = {fleet[2]}  # among the fourth it stops

    assert compare_with_register() == 2

    today = RegisterCheck.objects.filter(checked_at__gt=clock.now() - timedelta(hours=1))
    assert sorted(today.values_list("exemption__plate", flat=True)) == fleet[:2]


def test_a_table_that_is_empty_is_no_answer(
    fleet: list[str], register: RegisterServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(register_comparison, "MANY", 2)
    register.vehicles.clear()

    assert compare_with_register() == 0
    assert found() == {}


def test_many_are_compared_in_as_many_queries_as_one(
    register: RegisterServer, granted: Application, applicant: User, caseworker: User, django_assert_num_queries: Any
):
    for number in range(8):
        given.granted(by=applicant, desk=caseworker, plate=f"V{number}XXBB", facts=KNOWN)
        register.say(f"V{number}XXBB", **SOLD)

    with django_assert_num_queries(8):  # with the savepoint of a batch
        assert compare_with_register() == 9


def test_days_that_were_missed_are_counted(granted: Application, register: RegisterServer):
    assert register_comparison.find_backlog(days=3) is None
    compare_with_register()
    assert register_comparison.find_backlog(days=3) is None

    RegisterCheck.objects.update(checked_at=clock.now() - timedelta(days=4))

    backlog = register_comparison.find_backlog(days=3)
    assert backlog is not None
    assert backlog.count == 1


# --- Dealt with -------------------------------------------------------------------------------------------


@pytest.fixture
def sold(register: RegisterServer, granted: Application) -> Application:
    register.say(PLATE, emission="5", **SOLD)
    compare_with_register()
    return granted


def test_dealing_with_it_changes_nothing_and_keeps_who_and_why(sold: Application, caseworker: User):
    settle(sold, by=caseworker)

    kept = sold.register_findings.first()
    assert kept is not None
    assert (kept.settled_by, kept.note) == (caseworker, NOTE)
    assert sold.status == "granted"
    assert sold.exemptions.get().revoked_at is None
    assert sold.dossier.events.latest("pk").detail == {"dealt_with": ["holder", "emission_class"]}


def test_one_of_two_can_be_dealt_with(sold: Application, caseworker: User):
    first = sold.register_findings.filter(what=What.HOLDER)

    sold.settle_register_finding(by=caseworker, findings=list(first), note=NOTE)

    assert [one.what for one in sold.register_findings.open(on=clock.today())] == [What.EMISSION_CLASS]


def test_it_is_refused_without_a_note_or_without_a_choice(sold: Application, caseworker: User):
    with pytest.raises(given.Refused, match="waarom er niets verandert"):
        settle(sold, by=caseworker, note=" ")
    with pytest.raises(given.Refused, match="Kies"):
        sold.settle_register_finding(by=caseworker, findings=[], note=NOTE)


def test_a_second_click_and_a_stranger_change_nothing(sold: Application, caseworker: User, stranger: User):
    with pytest.raises(PermissionDenied):
        settle(sold, by=stranger)
    settle(sold, by=caseworker)

    with pytest.raises(TransitionNotAllowed):
        settle(sold, by=caseworker)


def test_facts_of_before_these_fields_can_be_read(granted: Application):
    stored = {name: value for name, value in as_json(KNOWN).items() if name not in ("exported", "registrable")}

    FactsRecord.objects.filter(application=granted).update(facts=stored)

    assert granted.facts_records.get().vehicle == replace(KNOWN, exported=None, registrable=None)
    assert VehicleFacts().exported is None

"""Converting: the old case is linked, its clock goes on, and nothing is counted twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import User
from casework.models import Event
from exemptions.models import Application, Status
from tests import given

START = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


def on_day(days: int) -> time_machine.travel:
    return time_machine.travel(START + timedelta(days=days), tick=False)


def convert(application: Application, by: User, code: str = "BEO") -> Application:
    application.convert(by=by, kind=given.kind(code), reason="Uw verzoek past beter bij deze soort.")
    return application.converted_to


def test_4_13_the_new_case_keeps_the_day_of_receipt_the_handler_and_what_was_entered(
    applicant: User, caseworker: User
) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)

    new = convert(old, caseworker)

    assert old.status == Status.CONVERTED
    assert (new.received_at, new.assigned_to, new.plate) == (old.received_at, caseworker, old.plate)
    assert new.dossier.number != old.dossier.number


def test_only_the_old_one_was_filed(applicant: User, caseworker: User) -> None:
    convert(given.taken_up(by=applicant, desk=caseworker), caseworker)

    assert Event.objects.filter(step="file").count() == 1
    assert Event.objects.filter(step="receive_conversion").count() == 1


def test_4_15_the_days_on_which_the_clock_stood_still_are_kept(applicant: User, caseworker: User) -> None:
    with on_day(0):
        old = given.waiting(by=applicant, desk=caseworker)
    with on_day(10):
        old.supply(by=applicant, answer="Hier is het.")
        new = convert(old, caseworker)

    assert new.decide_by == old.decide_by


def test_4_15_an_open_request_stops_the_clock_until_the_conversion(applicant: User, caseworker: User) -> None:
    with on_day(0):
        old = given.waiting(by=applicant, desk=caseworker)
    with on_day(10):
        new = convert(old, caseworker)

    assert new.decide_by == (START + timedelta(weeks=8, days=9)).date()


def test_files_go_along_where_both_kinds_ask_them(applicant: User, caseworker: User) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)

    new = convert(old, caseworker)

    shared = {item.requirement.code for item in old.evidence_items.all()} & {
        item.requirement.code for item in new.evidence_items.all()
    }
    assert shared
    assert all(item.documents.exists() == (item.requirement.code in shared) for item in new.evidence_items.all())


def test_a_municipal_kind_wants_a_municipality(applicant: User, caseworker: User) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)

    with pytest.raises(given.Refused):
        convert(old, caseworker, code="HAR")

    assert Application.objects.get() == old


def test_the_reason_of_a_withdrawal_stays_at_the_desk(applicant: User, caseworker: User) -> None:
    application = given.taken_up(by=applicant, desk=caseworker)

    application.withdraw(by=applicant, reason="De nieuwe bus is er al.")

    assert application.notes.get().text == "De nieuwe bus is er al."
    assert application.dossier.letters.filter(kind="withdrawn").exists()


def test_4_14_an_extension_that_was_told_in_time_goes_along(applicant: User, caseworker: User) -> None:
    with on_day(0):
        old = given.taken_up(by=applicant, desk=caseworker)
    with on_day(30):
        old.extend(by=caseworker, until=given.working_day(60), reason="Wij wachten op een advies.")
        new = convert(old, caseworker)

    assert new.decide_by == old.extended_to == new.extended_to

"""The day exemption: at once, twelve a year, from midnight until six the next morning."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given as given_any
from hypothesis import strategies

from accounts.models import User
from casework.models import Message, Policy
from exemptions import day_exemptions, terms
from exemptions.models import Applicant, Application, DayUse, Decision, Exemption, FactsRecord, Status
from tests import given
from zones.models import Municipality

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 9, 7, 23, 30, tzinfo=AMSTERDAM)


def ask(user: User, on: date, **other: Any) -> Application:
    about: dict[str, Any] = {
        "by": user,
        "applicant": Applicant.objects.of(user).get(),
        "facts": given.VAN,
        "source": FactsRecord.Source.REGISTER,
        "plate": "VX123Z",
        "country": "NL",
        "municipality": Municipality.objects.get(name="Utrecht"),
        "day": on,
        "language": "nl",
    }
    return day_exemptions.ask_day_exemption(**(about | other))


def test_it_is_granted_at_once_with_a_letter_and_a_mail(applicant: User) -> None:
    application = ask(applicant, timezone.localdate())

    assert application.status == Status.GRANTED
    assert application.dossier.letters.get().kind == "day_granted"
    assert Message.objects.filter(dossier=application.dossier, to=applicant.email).count() == 1


def test_late_in_the_evening_it_still_works_back_to_midnight(applicant: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        ask(applicant, MONDAY.date())

    exemption = Exemption.objects.get()
    assert exemption.starts_at == datetime(2026, 9, 7, tzinfo=AMSTERDAM)
    assert exemption.ends_at == datetime(2026, 9, 8, 6, tzinfo=AMSTERDAM)


def test_yesterday_cannot_be_asked(applicant: User) -> None:
    with pytest.raises(given.Refused) as refused:
        ask(applicant, timezone.localdate() - timedelta(days=1))

    assert refused.value.field == "day"
    assert not Application.objects.exists()


def test_the_same_day_twice_is_refused(applicant: User) -> None:
    ask(applicant, timezone.localdate())

    with pytest.raises(given.Refused):
        ask(applicant, timezone.localdate())


def test_the_thirteenth_is_refused_and_next_year_starts_anew(applicant: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        for number in range(12):
            ask(applicant, MONDAY.date() + timedelta(days=number))
        with pytest.raises(given.Refused, match="12"):
            ask(applicant, MONDAY.date() + timedelta(days=12))
        ask(applicant, date(2027, 1, 4))

    assert sorted(DayUse.objects.filter(year=2026).values_list("ordinal", flat=True)) == list(range(1, 13))


def test_another_municipality_has_its_own_twelve(applicant: User) -> None:
    ask(applicant, timezone.localdate())

    ask(applicant, timezone.localdate(), municipality=Municipality.objects.get(name="Amsterdam"))

    assert list(DayUse.objects.values_list("ordinal", flat=True)) == [1, 1]


def test_the_maximum_is_a_setting(applicant: User, time_machine: Any) -> None:
    time_machine.move_to(MONDAY)  # the next day is of the same year
    Policy.objects.create(name="day_exemption_max", value=1, valid_from=timezone.localdate(), source="test")
    ask(applicant, timezone.localdate())

    with pytest.raises(given.Refused, match="1"):
        ask(applicant, timezone.localdate() + timedelta(days=1))


def another_decision(application: Application) -> Decision:
    decision = application.decisions.all()[0]
    return Decision.objects.create(
        application=application,
        outcome="granted",
        ground=decision.ground,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
    )


def write(application: Application, *, on: date, ordinal: int, **other: Any) -> DayUse:
    """As a second writer would: past every line of Python."""
    first = application.exemptions.first()
    assert first
    exemption = Exemption.objects.create(
        decision=another_decision(application),
        application=application,
        starts_at=first.ends_at,
        ends_at=first.ends_at + timedelta(days=1),
        ends_on=first.ends_on,
    )
    place = {"plate": "VX123Z", "country": "NL", "municipality": application.municipality}
    return DayUse.objects.create(
        **{"exemption": exemption, "year": on.year, "day": on, "ordinal": ordinal, **place, **other}
    )


def test_the_database_itself_refuses_the_thirteenth(applicant: User) -> None:
    application = ask(applicant, timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(IntegrityError, match="maximum of day exemptions"), transaction.atomic():
        write(application, on=tomorrow, ordinal=13)
    with pytest.raises(IntegrityError, match="maximum of day exemptions"), transaction.atomic():
        DayUse.objects.update(ordinal=13)

    assert write(application, on=tomorrow, ordinal=12).ordinal == 12


def test_a_year_that_is_not_that_of_the_day_makes_no_room(applicant: User) -> None:
    application = ask(applicant, timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(IntegrityError, match="dayuse_year_of_the_day"), transaction.atomic():
        write(application, on=tomorrow, ordinal=1, year=tomorrow.year + 1)


def test_a_higher_maximum_holds_from_its_day(applicant: User) -> None:
    application = ask(applicant, timezone.localdate())
    raised = timezone.localdate() + timedelta(days=5)
    Policy.objects.create(name="day_exemption_max", value=13, valid_from=raised, source="test")

    with pytest.raises(IntegrityError), transaction.atomic():
        write(application, on=raised - timedelta(days=1), ordinal=13)

    assert write(application, on=raised, ordinal=13).ordinal == 13


@pytest.mark.parametrize("value", [None, "twelve"])
def test_without_a_maximum_the_database_gives_none(value: str | None, applicant: User) -> None:
    application = ask(applicant, timezone.localdate())
    empty = timezone.localdate() + timedelta(days=5)
    Policy.objects.create(name="day_exemption_max", value=value, valid_from=empty, source="test")

    with pytest.raises(IntegrityError), transaction.atomic():
        write(application, on=empty, ordinal=1)


@given_any(taken=strategies.sets(strategies.integers(1, 12), max_size=11))
def test_the_next_number_is_the_smallest_that_is_free(taken: set[int]) -> None:
    number = day_exemptions.free_number(taken)

    assert number not in taken
    assert set(range(1, number)) <= taken
    assert number <= len(taken) + 1


def test_a_number_that_is_free_again_is_given_anew(applicant: User) -> None:
    first, *_others = [ask(applicant, timezone.localdate() + timedelta(days=number)) for number in range(3)]
    DayUse.objects.get(exemption__application=first).delete()

    ask(applicant, timezone.localdate() + timedelta(days=9))

    assert set(DayUse.objects.values_list("ordinal", flat=True)) == {1, 2, 3}


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_never_give_a_thirteenth(applicant: User) -> None:
    first = timezone.localdate()
    with time_machine.travel(MONDAY, tick=False):
        first = MONDAY.date()
        for number in range(11):
            ask(applicant, first + timedelta(days=number))

        def request(number: int) -> bool:
            try:
                ask(applicant, first + timedelta(days=11 + number))
            except given.Refused:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(request, range(4))) == 1

    assert DayUse.objects.count() == 12


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 28), 29), (date(2026, 10, 24), 31), (date(2026, 6, 1), 30)])
def test_the_window_follows_the_clock_in_amsterdam(on: date, hours: int) -> None:
    window = terms.day_window(on)

    elapsed = window.ends_at.astimezone(ZoneInfo("UTC")) - window.starts_at.astimezone(ZoneInfo("UTC"))

    assert elapsed == timedelta(hours=hours)


def test_the_decision_says_on_which_ground_it_rests(applicant: User) -> None:
    application = ask(applicant, timezone.localdate())

    letter, ground = application.dossier.letters.get(), application.decisions.get().ground
    assert ground is not None
    assert ground.text_nl in letter.body
    assert "op grond van artikel 87 RVV 1990" in letter.body

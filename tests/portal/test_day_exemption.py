"""Applying for a day exemption: one form, one look, granted at once; obstacles are explained."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import Policy
from casework.steps import StepRefused
from exemptions.models import (
    Applicant,
    Application,
    DayUse,
    Exemption,
    FactsRecord,
    Ground,
    KindVersion,
    Mandate,
    Status,
)
from tests.cast import Login, person
from tests.limits import find_most
from zones.models import Municipality, Zone

NOW = datetime(2026, 9, 7, 22, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ADDRESS = "day_exemption"
OLD_VAN, NEW_VAN, CAR, DOWN = "VAN01E", "VAN03E", "CAR01E", "VAN99E"


@pytest.fixture(autouse=True)
def monday_evening(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def wish(**other: Any) -> dict[str, Any]:
    utrecht = Municipality.objects.get(name="Utrecht")
    about = {"plate": OLD_VAN, "country": "NL", "municipality": utrecht.pk, "day": NOW.date().isoformat()}
    return {**about, **other}


def post(client: Client, **data: Any) -> Any:
    return client.post(reverse(ADDRESS), wish(**data))


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_form_begins_with_today(as_applicant: Client) -> None:
    page = words(as_applicant.get(reverse(ADDRESS)))

    assert 'value="2026-09-07"' in page
    assert "€\N{NO-BREAK SPACE}30,00" in page
    assert "U betaalt ook als wij uw aanvraag afwijzen." in page


def test_the_vehicle_of_the_access_check_is_filled_in(as_applicant: Client) -> None:
    as_applicant.post(reverse("access_check"), {"plate": OLD_VAN, "country": "NL", "on": "2026-09-09"})

    page = words(as_applicant.get(reverse(ADDRESS)))

    assert f'value="{OLD_VAN}"' in page
    assert 'value="2026-09-09"' in page


def test_before_asking_one_sees_vehicle_fee_and_what_is_left(as_applicant: Client) -> None:
    page = words(post(as_applicant))

    assert "Euro 4" in page
    assert "VA-N0-1E" in page or OLD_VAN in page
    assert "Voor 2026 hebt u 0 van de hoogstens 12 dagontheffingen voor dit voertuig in Utrecht gehad." in page
    assert not Application.objects.exists()


def test_asking_grants_at_once(as_applicant: Client, applicant: User) -> None:
    response = post(as_applicant, ask="1")

    application = Application.objects.get()
    assert application.status == Status.GRANTED
    assert application.facts_verified
    assert response.url == reverse("day_exemption_done", args=[application.key])
    assert OLD_VAN not in response.url


def test_the_last_page_has_window_reference_letter_and_code(as_applicant: Client) -> None:
    page = words(as_applicant.get(post(as_applicant, ask="1").url))

    decision = Application.objects.get().decisions.get()
    assert "van 7 september 2026, 00:00 tot 8 september 2026, 06:00" in page
    assert decision.reference in page
    assert reverse("letter", args=[decision.application.key, decision.application.dossier.letters.get().pk]) in page
    assert 'src="data:image/svg+xml' in page


def test_the_same_form_again_shows_the_same_exemption(as_applicant: Client) -> None:
    first, second = post(as_applicant, ask="1"), post(as_applicant, ask="1")

    assert first.url == second.url
    assert Exemption.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_exemption(login: Login, applicant: User) -> None:
    clients = [login(applicant) for _click in range(3)]

    def click(client: Client) -> str:
        try:
            return str(post(client, ask="1")["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reached = set(pool.map(click, clients))

    assert reached == {reverse("day_exemption_done", args=[Application.objects.get().key])}


def test_a_day_without_day_exemptions(as_applicant: Client) -> None:
    KindVersion.objects.filter(scope=KindVersion.Scope.DAY).update(valid_until=date(2026, 10, 1))

    assert "Voor die dag zijn er geen dagontheffingen." in words(post(as_applicant, ask="1", day="2026-10-01"))


def test_a_colleague_who_asks_the_same_sees_what_is_there(as_applicant: Client, as_colleague: Client) -> None:
    first = post(as_applicant, ask="1")

    assert post(as_colleague).url == first.url


def test_the_thirteenth_is_refused_and_other_ways_are_named(as_applicant: Client) -> None:
    for number in range(12):
        post(as_applicant, ask="1", day=(NOW.date() + timedelta(days=number)).isoformat())

    page = words(post(as_applicant, ask="1", day="2026-10-01"))

    assert "U hebt alle 12 dagontheffingen voor dit voertuig in Utrecht voor 2026 al gehad." in page
    assert "Lange levertijd" in page
    assert reverse("apply_start") in page
    assert Exemption.objects.count() == 12


def test_a_passenger_car_needs_none(as_applicant: Client) -> None:
    page = words(post(as_applicant, plate=CAR, ask="1"))

    assert "Dit voertuig mag de zone in en heeft geen ontheffing nodig." in page
    assert not Application.objects.exists()


def test_who_may_enter_already_is_warned_and_may_insist(as_applicant: Client) -> None:
    page = words(post(as_applicant, plate=NEW_VAN))
    assert "U hebt deze ontheffing niet nodig" in page
    assert "Toch aanvragen" in page

    post(as_applicant, plate=NEW_VAN, ask="1")

    assert Exemption.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"plate": DOWN}, "Het kentekenregister geeft nu geen antwoord."),
        ({"plate": "ZZ99ZZ"}, "Het kentekenregister kent dit kenteken niet."),
        ({"plate": "B AB 1234", "country": "DE"}, "Een buitenlands kenteken kunnen wij niet opzoeken."),
        ({"plate": OLD_VAN, "country": "RO"}, "Dit lijkt een Nederlands kenteken."),
    ],
    ids=["register down", "unknown plate", "foreign plate", "Dutch plate of another country"],
)
def test_without_the_register_the_class_is_asked_and_the_case_flagged(
    as_applicant: Client, about: dict[str, str], sentence: str
) -> None:
    asked = words(post(as_applicant, **about))
    assert sentence in asked
    assert 'name="vehicle_class"' in asked
    assert "Wat voor voertuig is het? (niet verplicht)" not in " ".join(asked.split())

    assert "Wij konden het voertuig niet controleren" in words(post(as_applicant, **about, vehicle_class="truck"))
    post(as_applicant, **about, vehicle_class="truck", ask="1")

    application = Application.objects.get()
    assert not application.facts_verified
    assert application.vehicle_class == "truck"
    assert application.facts_records.get().source == FactsRecord.Source.APPLICANT


def test_who_leaves_the_class_open_hears_what_to_do(as_applicant: Client) -> None:
    assert "Kies wat voor voertuig het is." not in words(post(as_applicant, plate=DOWN))

    page = words(post(as_applicant, plate=DOWN, class_asked="1"))

    assert "Kies wat voor voertuig het is." in page
    assert "<title>Fout: " in " ".join(page.split()).replace("<title> ", "<title>")
    assert "Wij konden het voertuig niet controleren" in words(
        post(as_applicant, plate=DOWN, class_asked="1", vehicle_class="van")
    )


def test_the_class_that_one_types_can_be_out_too(as_applicant: Client) -> None:
    page = words(post(as_applicant, plate=DOWN, vehicle_class="other", ask="1"))

    assert "Dit voertuig mag de zone in" in page


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"plate": ""}, "Vul het kenteken in"),
        ({"plate": "??"}, "Vul het kenteken in"),
        ({"day": "2026-09-06"}, "Deze dag is voorbij."),
        ({"day": "2027-09-08"}, "tot een jaar vooruit"),
        ({"day": "morgen"}, "Typ"),
        ({"municipality": ""}, "Kies de gemeente."),
        ({"municipality": "999999"}, "Er klopt nog iets niet"),
        ({"country": "??"}, "Er klopt nog iets niet"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
    as_applicant: Client, bad: dict[str, str], sentence: str
) -> None:
    page = words(post(as_applicant, **bad, ask="1"))

    assert sentence in page
    kept = {name: value for name, value in wish(**bad).items() if name in ("plate", "day") and value != "??"}
    assert all(f'value="{value}"' in page for value in kept.values() if value)
    assert not Application.objects.exists()


def test_who_acts_for_several_chooses_for_whom(
    as_representative: Client, representative: User, other_organisation: Applicant
) -> None:
    Mandate.objects.create(user=representative, applicant=other_organisation, role=Mandate.Role.REPRESENTATIVE)
    assert "Kies voor wie u aanvraagt." in words(post(as_representative, ask="1"))

    post(as_representative, ask="1", channel="post", applicant=str(other_organisation.pk))

    assert Application.objects.get().applicant == other_organisation


def test_nobody_asks_for_an_applicant_of_others(
    as_representative: Client, representative: User, other_organisation: Applicant, organisation: Applicant
) -> None:
    Mandate.objects.create(
        user=representative,
        applicant=Applicant.objects.create(form="person", name="P", street="s", postcode="1", city="c", email="p@x.nl"),
        role=Mandate.Role.REPRESENTATIVE,
    )

    words(post(as_representative, ask="1", applicant=str(other_organisation.pk)))

    assert not Application.objects.exists()


def test_who_is_new_fills_in_who_they_are_first(login: Login) -> None:
    client = login(person("Nina Nieuw"))
    assert client.get(reverse(ADDRESS))["Location"] == reverse("day_exemption_applicant")
    details = {
        "role": "owner",
        "form": "person",
        "name": "Nina Nieuw",
        "street": "Dam 1",
        "postcode": "1012 JS",
        "city": "Amsterdam",
        "country": "NL",
        "email": "nina@example.org",
    }

    assert "Dit moet u nog invullen" in words(client.post(reverse("day_exemption_applicant"), {**details, "name": ""}))
    for _click in range(2):
        assert client.post(reverse("day_exemption_applicant"), details)["Location"] == reverse(ADDRESS)

    assert Applicant.objects.filter(name="Nina Nieuw").count() == 1
    post(client, ask="1", channel="portal")
    assert str(Application.objects.get().applicant) == "Nina Nieuw"


def test_who_looks_up_many_vehicles_waits(as_applicant: Client) -> None:
    for _time in range(find_most("vehicle_lookups_a_minute")):
        post(as_applicant)

    response = post(as_applicant)

    assert response.status_code == 429
    assert f'value="{OLD_VAN}"' in response.content.decode()


def test_what_was_typed_before_the_login_comes_back(client: Client, applicant: User) -> None:
    post(client, plate=DOWN)

    client.force_login(applicant)

    assert f'value="{DOWN}"' in words(client.get(reverse(ADDRESS)))


def test_the_day_begins_and_ends_in_amsterdam(as_applicant: Client, applicant: User, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 9, 7, 22, 30, tzinfo=ZoneInfo("UTC")))  # half past midnight on Tuesday
    as_applicant.force_login(applicant)

    assert "Deze dag is voorbij." in words(post(as_applicant, ask="1"))
    post(as_applicant, ask="1", day=date(2026, 9, 8).isoformat())
    assert DayUse.objects.get().day == date(2026, 9, 8)


@pytest.fixture
def used_up(as_applicant: Client) -> Client:
    """Twelve day exemptions of this year are gone."""
    for number in range(12):
        post(as_applicant, ask="1", day=(NOW.date() + timedelta(days=number)).isoformat())
    return as_applicant


def test_above_the_maximum_one_can_ask_a_decision(used_up: Client) -> None:
    offer = words(post(used_up, ask="1", day="2026-10-01"))
    assert "Ik wil een besluit" in offer

    reached = post(used_up, decision="1", day="2026-10-01")

    application = Application.objects.get(status=Status.SUBMITTED)
    assert reached.url == reverse("application", args=[application.key])
    assert application.decide_by
    assert application.dossier.letters.get().kind == "receipt"
    assert application in Application.objects.new()
    assert not application.exemptions.exists()
    assert "Wij hebben uw aanvraag ontvangen" in words(used_up.get(reached.url))


def test_asking_a_decision_twice_is_one_application(used_up: Client) -> None:
    first, second = (post(used_up, decision="1", day="2026-10-01") for _click in range(2))

    assert first.url == second.url
    assert Application.objects.open().count() == 1


def test_asking_the_day_again_leads_to_where_the_decision_stands(used_up: Client) -> None:
    first = post(used_up, decision="1", day="2026-10-01")

    assert post(used_up, ask="1", day="2026-10-01").url == first.url


def test_while_it_waits_a_day_of_the_next_year_is_granted(used_up: Client) -> None:
    post(used_up, decision="1", day="2026-10-01")

    post(used_up, ask="1", day="2027-01-05")

    assert DayUse.objects.filter(year=2027).count() == 1


def test_who_asks_a_decision_where_days_are_left_gets_the_exemption(as_applicant: Client) -> None:
    post(as_applicant, decision="1")

    assert Application.objects.get().status == Status.GRANTED


def test_a_day_that_cannot_be_at_all_is_not_decided_on(used_up: Client) -> None:
    words(post(used_up, decision="1", day="2026-09-06"))

    assert not Application.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_for_a_decision_give_one_application(login: Login, applicant: User) -> None:
    client = login(applicant)
    Policy.objects.filter(name="day_exemption_max").update(value=1)
    post(client, ask="1")
    clients = [login(applicant) for _click in range(3)]

    def click(client: Client) -> str:
        try:
            return str(post(client, decision="1", day="2026-10-01")["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reached = set(pool.map(click, clients))

    assert reached == {reverse("application", args=[Application.objects.get(status=Status.SUBMITTED).key])}


def test_a_person_rejects_it_and_one_can_object(
    used_up: Client, caseworker: User, other_caseworker: User, applicant: User
) -> None:
    post(used_up, decision="1", day="2026-10-01")
    application = Application.objects.get(status=Status.SUBMITTED)
    ground = Ground.objects.get(kind="DAG", code="maximum_reached")

    application.take_up(by=caseworker)
    application.propose_rejection(by=caseworker, ground=ground, explanation="Alle 12 zijn gebruikt.")
    application.approve_rejection(by=other_caseworker)

    letter = application.dossier.letters.get(kind="rejected")
    assert ground.text_nl in letter.body
    assert "bezwaar" in letter.body
    page = words(used_up.get(reverse("application", args=[application.key])))
    assert reverse("object_to", args=[application.key]) in page
    words(used_up.get(reverse("object_to", args=[application.key])))


def test_nobody_grants_it_at_the_desk(used_up: Client, caseworker: User) -> None:
    post(used_up, decision="1", day="2026-10-01")
    application = Application.objects.get(status=Status.SUBMITTED)
    application.take_up(by=caseworker)
    ground = Ground.objects.get(kind="DAG", code="conditions_met")

    with pytest.raises(StepRefused, match="alleen in het portaal"):
        application.grant(by=caseworker, ground=ground, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 1))


def several(client: Client, *, days: int = 3, **other: Any) -> Any:
    """Ask a number of days in a row from today."""
    return post(client, until=(NOW.date() + timedelta(days=days - 1)).isoformat(), **other)


def test_before_asking_several_days_one_sees_each_what_is_left_and_the_sum(as_applicant: Client) -> None:
    page = words(several(as_applicant))

    assert all(f"{number} september 2026" in page for number in (7, 8, 9))
    assert "Hierna: 3." in page
    assert "Elke dag kost €\N{NO-BREAK SPACE}30,00." in page
    assert "Samen kosten ze €\N{NO-BREAK SPACE}90,00." in page
    assert not Application.objects.exists()


def test_several_days_are_granted_together_and_name_each_other(as_applicant: Client) -> None:
    page = words(as_applicant.get(several(as_applicant, ask="1").url))

    assert sorted(DayUse.objects.values_list("day__day", "ordinal")) == [(7, 1), (8, 2), (9, 3)]
    others = Application.objects.filter(wanted_from__gt=NOW.date())
    assert all(reverse("day_exemption_done", args=[other.key]) in page for other in others)


def test_several_days_again_are_the_same(as_applicant: Client) -> None:
    assert several(as_applicant, ask="1").url == several(as_applicant, ask="1").url
    assert DayUse.objects.count() == 3


def test_more_days_than_are_left_are_all_refused(as_applicant: Client) -> None:
    page = words(several(as_applicant, days=13, ask="1"))

    assert "nog hoogstens 12 dagontheffingen krijgen. Kies minder dagen." in page
    assert not Application.objects.exists()


def test_one_day_that_cannot_be_stops_them_all_and_is_named(as_applicant: Client) -> None:
    post(as_applicant, ask="1", day="2026-09-08")

    page = words(several(as_applicant, ask="1"))

    assert "8 september 2026: U hebt voor dit voertuig hier voor die dag al een dagontheffing." in page
    assert Application.objects.count() == 1


def test_days_on_both_sides_of_new_year_count_for_their_own_year(as_applicant: Client) -> None:
    post(as_applicant, day="2026-12-30", until="2027-01-02", ask="1")

    assert sorted(DayUse.objects.values_list("year", "ordinal")) == [(2026, 1), (2026, 2), (2027, 1), (2027, 2)]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("2026-09-06", "Deze dag ligt vóór de eerste dag."), ("2026-10-08", "hoogstens 31 dagen")],
)
def test_a_last_day_that_cannot_be(as_applicant: Client, until: str, sentence: str) -> None:
    page = words(post(as_applicant, until=until, ask="1"))

    assert sentence in page
    assert f'value="{until}"' in page


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_several_days_give_each_once(login: Login, applicant: User) -> None:
    clients = [login(applicant) for _click in range(3)]

    def click(client: Client) -> str:
        try:
            return str(several(client, ask="1")["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        reached = set(pool.map(click, clients))

    assert len(reached) == 1
    assert DayUse.objects.count() == 3


def test_the_same_vehicle_elsewhere_is_one_click(as_applicant: Client) -> None:
    done = words(as_applicant.get(post(as_applicant, ask="1").url))
    assert "hier of in een andere gemeente" in done

    page = words(as_applicant.get(reverse(ADDRESS)))

    assert f'value="{OLD_VAN}"' in page


def test_a_decision_is_asked_for_one_day_at_a_time(used_up: Client) -> None:
    page = words(post(used_up, decision="1", day="2026-10-01", until="2026-10-02"))

    assert "Ik wil een besluit" not in page
    assert not Application.objects.open().exists()


def loose(client: Client, *days: str, **other: Any) -> Any:
    """Ask today and these days, that need not follow each other."""
    return post(client, **{f"day_{number}": day for number, day in enumerate(days, start=2)}, **other)


def test_days_that_do_not_follow_each_other_are_one_form(as_applicant: Client) -> None:
    page = words(loose(as_applicant, "2026-09-21", "2026-12-01"))
    assert all(day in page for day in ("7 september 2026", "21 september 2026", "1 december 2026"))
    assert "Elke dag kost €\N{NO-BREAK SPACE}30,00." in page
    assert "Samen kosten ze €\N{NO-BREAK SPACE}90,00." in page

    loose(as_applicant, "2026-09-21", "2026-12-01", ask="1")

    days = DayUse.objects.order_by("day").values_list("day", flat=True)
    assert [day.isoformat() for day in days] == ["2026-09-07", "2026-09-21", "2026-12-01"]


def test_the_same_day_twice_is_asked_once(as_applicant: Client) -> None:
    loose(as_applicant, "2026-09-08", "2026-09-07", "2026-09-08", until="2026-09-08", ask="1")

    assert DayUse.objects.count() == 2


def test_a_loose_day_that_is_taken_stops_all_and_is_named(as_applicant: Client) -> None:
    post(as_applicant, ask="1", day="2026-09-21")

    page = words(loose(as_applicant, "2026-09-14", "2026-09-21", ask="1"))

    assert "21 september 2026: U hebt voor dit voertuig hier voor die dag al een dagontheffing." in page
    assert 'value="2026-09-14"' in page
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("2026-09-06", "Deze dag is voorbij."), ("2028-01-01", "tot een jaar"), ("morgen", "Dit is geen datum.")],
)
def test_a_loose_day_that_cannot_be_has_its_sentence(as_applicant: Client, typed: str, sentence: str) -> None:
    response = loose(as_applicant, "2026-09-14", typed, ask="1")

    assert sentence in response.context["form"].errors["day_3"][0]
    assert f'value="{typed}"' in words(response)
    assert not Application.objects.exists()


@pytest.mark.parametrize("maximum", [3, 14])
def test_there_are_as_many_fields_for_days_as_a_year_has(as_applicant: Client, maximum: int) -> None:
    Policy.objects.filter(name="day_exemption_max").update(value=maximum)

    form = as_applicant.get(reverse("day_exemption")).context["form"]

    assert len(form.loose_days) == maximum - 1


def test_more_loose_days_than_are_left_are_all_refused(used_up: Client) -> None:
    page = words(loose(used_up, "2027-01-04", day="2026-10-01", ask="1"))

    assert "U hebt alle 12 dagontheffingen" in page
    assert not DayUse.objects.filter(day__gte=date(2026, 10, 1)).exists()


def test_a_zone_that_begins_later_names_the_day(as_applicant: Client) -> None:
    Zone.objects.filter(municipality__name="Utrecht").update(starts_on=date(2026, 9, 20))

    page = words(loose(as_applicant, "2026-09-21", ask="1"))

    assert "7 september 2026: In deze gemeente is er op die dag geen zero-emissiezone." in page


def test_days_on_which_the_vehicle_may_enter_anyway_are_named(as_applicant: Client) -> None:
    page = words(post(as_applicant, plate="VAN02E", day="2026-12-31", day_2="2027-01-04"))

    assert "U hebt niet op al deze dagen een ontheffing nodig" in page
    assert page.count("31 december 2026") == 2
    assert page.count("4 januari 2027") == 1


def test_no_decision_is_asked_for_loose_days(used_up: Client) -> None:
    page = words(loose(used_up, "2026-10-08", day="2026-10-01", decision="1"))

    assert "Ik wil een besluit" not in page
    assert not Application.objects.open().exists()

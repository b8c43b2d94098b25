"""An officer on the street asks about one vehicle, and gets the answer that a program gets."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import User
from casework import clock
from enforcement.answer_words import describe_answer, describe_end
from enforcement.answers import Answer, Question
from enforcement.digests import digest_plate
from enforcement.journal import STREET_CHECK
from enforcement.models import EnforcementQuestion, MachineClient
from exemptions.countries import NAMES
from tests.accounts.test_login import confirmed
from tests.cast import PASSWORD, Login, staff
from tests.enforcement.exempted import AMSTERDAM, UTRECHT, exempted
from tests.enforcement.test_same_answers import DEMO
from tests.limits import find_most
from tests.looping import each
from zones.models import Municipality

pytestmark = pytest.mark.django_db

PAGE, CHECK = "/handhaving/", "/api/v1/ontheffingscontroles"
FOREIGN = {"plate": "wx 12345", "country": "PL"}
DUTCH = {"plate": "VAN-02-E", "dutch": "1"}
EXEMPTED: list[dict[str, Any]] = [
    {},
    {"zone": UTRECHT},
    {"zone": UTRECHT, "day": 1},
    {"revoked_at": datetime.fromisoformat("2025-01-01T00:00+01:00")},
    {"starts_at": datetime.fromisoformat("2100-01-01T00:00+01:00")},
]
HOSTILE = ["", " ", "\0", "A", "x" * 21, "x" * 90_000, "💥", "<script>alert(1)</script>", "-"]


@pytest.fixture
def of_two(enforcement_officer: User) -> User:
    """Of Utrecht and of Amsterdam."""
    enforcement_officer.municipalities.add(Municipality.objects.get(cbs_code=AMSTERDAM))
    return enforcement_officer


def read(client: Client, sent: dict[str, Any]) -> Any:
    """The answer on the page; None where there is none."""
    page = client.post(PAGE, sent)
    assert page.status_code == 200
    return page.context["answer"]


def answer_of(program: Client, plate: str, country: str) -> Answer:
    """What a program of Utrecht is told."""
    question = {"plate": plate, "country": country, "zone": UTRECHT}
    told = program.post(CHECK, json.dumps(question), content_type="application/json").json()
    return Answer(**{**told, "until": told["until"] and datetime.fromisoformat(told["until"])})


def as_read(plate: str, country: str, answer: Answer) -> Any:
    """The words of an answer about Utrecht."""
    place = Municipality.objects.get(cbs_code=UTRECHT)
    return describe_answer(Question(plate, country, UTRECHT, clock.now()), answer, place=place)


# --- The answer -----------------------------------------------------------------------------------------


@each("plate", [*DEMO, "VAN99E", "XX99XX"])
def test_a_dutch_plate_gets_the_answer_of_a_program(as_enforcement_officer: Client, as_program: Client, plate: str):
    told = answer_of(as_program, plate, "NL")

    assert read(as_enforcement_officer, {"plate": plate, "dutch": "1"}) == as_read(plate, "NL", told)


@each("life", EXEMPTED)
def test_a_foreign_plate_too(as_enforcement_officer: Client, as_program: Client, applicant: User, life: dict[str, Any]):
    exempted("WX12345", country="PL", by=applicant, **life)
    told = answer_of(as_program, "WX12345", "PL")

    assert read(as_enforcement_officer, FOREIGN) == as_read("WX12345", "PL", told)


def test_an_exemption_by_what_until_when_and_under_which_reference(as_enforcement_officer: Client, applicant: User):
    ends_at = (clock.now() + timedelta(days=9)).replace(minute=30)
    exemption = exempted("WX12345", country="PL", by=applicant, ends_at=ends_at)

    answer = read(as_enforcement_officer, FOREIGN)

    assert (answer.verdict, answer.plate, answer.country) == ("Mag erin", "WX12345", "Polen")
    assert [value for _name, value in answer.rows] == [
        "ontheffing",
        describe_end(ends_at),
        exemption.decision.reference,
    ]


def test_never_whose_exemption_it_is(as_enforcement_officer: Client, applicant: User):
    exemption = exempted("WX12345", country="PL", by=applicant)
    holder = exemption.application.applicant

    page = as_enforcement_officer.post(PAGE, FOREIGN).content.decode()

    assert holder
    assert not [word for word in (holder.name, applicant.name, str(exemption.application)) if word in page]


@each(
    "plate, sent, words",
    [
        ("VAN02E", {"dutch": "1"}, "emissieklasse 5"),
        ("VAN04E", {"dutch": "1"}, "Mag er niet in"),
        ("CAR01E", {"dutch": "1"}, "bestelauto"),
        ("WX1", {"country": "PL"}, "Het register kent geen buitenlandse voertuigen"),
        ("VAN99E", {"dutch": "1"}, "Klopt het kenteken?"),
        ("XX99XX", {"dutch": "1"}, "Dat alleen is geen reden voor een boete."),
    ],
)
def test_the_page_says_so_and_what_to_do(as_enforcement_officer: Client, plate: str, sent: Any, words: str):
    assert words in as_enforcement_officer.post(PAGE, {"plate": plate, **sent}).content.decode()


def test_the_last_day_is_named_or_the_hour():
    assert describe_end(datetime.fromisoformat("2027-01-01T00:00+01:00")) == "31 december 2026"
    assert describe_end(datetime.fromisoformat("2026-12-01T14:30+01:00")) == "1 december 2026, 14:30"
    assert describe_end(None) == ""


def test_in_english_as_a_whole(as_enforcement_officer: Client, enforcement_officer: User):
    as_enforcement_officer.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"

    page = as_enforcement_officer.post(PAGE, FOREIGN).content.decode()

    assert "This alone is no reason for a fine." in page
    assert "Check foreign plate" in page


# --- The form -------------------------------------------------------------------------------------------


def test_the_country_of_a_foreign_plate_is_chosen_each_time(as_enforcement_officer: Client):
    assert as_enforcement_officer.post(PAGE, {"plate": "WX1"}).context["form"].errors["country"]
    assert '<option value="PL" selected>' not in as_enforcement_officer.post(PAGE, FOREIGN).content.decode()


def test_every_country_but_ours_can_be_chosen_the_neighbours_first(as_enforcement_officer: Client):
    _empty, (_near, neighbours), (_far, others) = (
        as_enforcement_officer.get(PAGE).context["form"].fields["country"].choices
    )

    assert [code for code, _name in neighbours] == ["BE", "DE"]
    assert {code for code, _name in [*neighbours, *others]} == NAMES.keys() - {"NL"}


def test_the_next_question_is_ready(as_enforcement_officer: Client):
    page = as_enforcement_officer.post(PAGE, FOREIGN)

    field = str(page.context["form"]["plate"])
    assert "autofocus" in field
    assert 'aria-describedby="answer"' in field
    assert "value=" not in field


@each("typed", HOSTILE)
def test_what_can_be_no_plate_gets_a_sentence_and_leaves_nothing(as_enforcement_officer: Client, typed: str):
    page = as_enforcement_officer.post(PAGE, {"plate": typed, "country": "PL"})

    assert page.status_code == 200
    assert page.context["form"].errors["plate"]
    assert "<script>alert" not in page.content.decode()
    assert not EnforcementQuestion.objects.exists()


@each("country", ["pl", "NL", "XX", "", "\0", "PL;", "9" * 5000])
def test_nor_does_another_country(as_enforcement_officer: Client, country: str):
    assert as_enforcement_officer.post(PAGE, {"plate": "WX1", "country": country}).context["form"].errors["country"]
    assert not EnforcementQuestion.objects.exists()


def test_what_was_typed_survives_an_expired_login(client: Client, enforcement_officer: User):
    assert client.post(PAGE, FOREIGN).headers["Location"] == "/account/login/?next=/handhaving/"

    client.force_login(enforcement_officer)

    assert 'value="wx 12345"' in client.get(PAGE).content.decode()


# --- Which zone -----------------------------------------------------------------------------------------


def test_utrecht_never_learns_what_amsterdam_granted(as_enforcement_officer: Client, applicant: User):
    exempted("WX12345", country="PL", by=applicant, zone=AMSTERDAM)

    for sent in (FOREIGN, {**FOREIGN, "municipality": AMSTERDAM, "zone": AMSTERDAM}):
        assert read(as_enforcement_officer, sent).verdict == "Niet bekend"
    assert set(EnforcementQuestion.objects.values_list("zone", flat=True)) == {UTRECHT}


def test_who_works_for_two_chooses_and_stays_there(login: Login, of_two: User, applicant: User):
    exempted("WX12345", country="PL", by=applicant, zone=AMSTERDAM)
    client = login(of_two)
    assert client.post(PAGE, FOREIGN).context["form"].errors["municipality"]

    page = client.post(PAGE, {**FOREIGN, "municipality": AMSTERDAM})

    assert (page.context["answer"].verdict, page.context["answer"].place) == ("Mag erin", "Amsterdam")
    assert f'<option value="{AMSTERDAM}" selected>' in page.content.decode()
    assert read(client, {**FOREIGN, "municipality": UTRECHT}).verdict == "Niet bekend"


@each("code", ["GM0599", "", "344", "\0", "GM0344' --"])
def test_another_municipality_cannot_be_chosen(login: Login, of_two: User, code: str):
    assert read(login(of_two), {**FOREIGN, "municipality": code}) is None


def test_who_works_for_none_is_told_whom_to_ask(login: Login, enforcement_officer: User):
    enforcement_officer.municipalities.clear()
    client = login(enforcement_officer)

    assert "U werkt nog niet voor een gemeente" in client.get(PAGE).content.decode()
    assert read(client, FOREIGN) is None


# --- Who --------------------------------------------------------------------------------------------------


def test_login_leads_to_the_page(client: Client, enforcement_officer: User):
    confirmed(enforcement_officer)

    logged_in = client.post("/account/login/", {"login": enforcement_officer.email, "password": PASSWORD})

    assert logged_in.headers["Location"] == PAGE


@each("address", ["/loket/", "/loket/exemptions/application/", "/loket/accounts/user/", "/loket/password_change/"])
def test_from_the_desk_too(as_enforcement_officer: Client, address: str):
    for ask in (as_enforcement_officer.get, as_enforcement_officer.post):
        assert ask(address, follow=True).redirect_chain[-1][0] == PAGE


def test_a_caseworker_with_the_role_finds_it_at_the_desk(login: Login):
    client = login(staff("Rob Rollen", "municipal caseworker", "enforcement officer"))

    assert f'href="{PAGE}"' in client.get("/loket/").content.decode()


def test_who_has_not_the_role_is_refused(
    as_applicant: Client, as_municipal_caseworker: Client, as_administrator: Client, as_team_lead: Client
):
    for client in (as_applicant, as_municipal_caseworker, as_administrator, as_team_lead):
        assert (client.get(PAGE).status_code, client.post(PAGE, DUTCH).status_code) == (403, 403)
    assert not EnforcementQuestion.objects.exists()


def test_without_a_second_step_it_is_set_up_first(as_enforcement_officer: Client, settings: Any):
    settings.STAFF_MFA_REQUIRED = True

    for ask in (as_enforcement_officer.get, as_enforcement_officer.post):
        assert ask(PAGE, DUTCH).headers["Location"] == "/account/2fa/"


# --- What is kept, and how often --------------------------------------------------------------------------


def test_each_question_leaves_a_row_without_the_plate(as_enforcement_officer: Client, enforcement_officer: User):
    read(as_enforcement_officer, FOREIGN)

    row = EnforcementQuestion.objects.get()
    assert (row.asked_by, row.machine, row.purpose, row.zone) == (enforcement_officer, None, STREET_CHECK, UTRECHT)
    assert [bytes(one) for one in row.plates] == [digest_plate("WX12345", "PL")]


def test_a_question_is_of_a_program_or_of_an_officer(machine: MachineClient, enforcement_officer: User):
    for who in ({}, {"machine": machine, "asked_by": enforcement_officer}):
        with pytest.raises(DatabaseError), transaction.atomic():
            EnforcementQuestion.objects.create(purpose="x", zone=UTRECHT, plates=[], **who)


def test_the_plate_is_in_no_log_no_address_and_no_session(
    as_enforcement_officer: Client, caplog: pytest.LogCaptureFixture
):
    page = as_enforcement_officer.post(PAGE, FOREIGN)

    assert "no-store" in page.headers["Cache-Control"]
    everywhere = f"{caplog.text} {page.headers} {dict(as_enforcement_officer.session)}".upper()
    assert not [spelled for spelled in ("WX12345", "WX 12345") if spelled in everywhere]


def test_who_asks_very_often_waits_and_loses_nothing(as_enforcement_officer: Client):
    for _time in range(find_most("street_checks_a_minute")):
        read(as_enforcement_officer, FOREIGN)

    refused = as_enforcement_officer.post(PAGE, FOREIGN)

    assert refused.status_code == 429
    assert 'value="wx 12345"' in refused.content.decode()
    assert EnforcementQuestion.objects.count() == find_most("street_checks_a_minute")


@pytest.mark.usefixtures("redis_away")
def test_it_answers_without_redis(as_enforcement_officer: Client):
    assert read(as_enforcement_officer, DUTCH).verdict == "Mag erin"


@each("exemptions", [1, 30])
def test_a_question_costs_as_many_queries_whatever_there_is(
    as_enforcement_officer: Client, applicant: User, exemptions: int, django_assert_num_queries: Callable[[int], Any]
):
    for _one in range(exemptions):
        exempted("WX12345", country="PL", by=applicant)
    read(as_enforcement_officer, FOREIGN)

    with django_assert_num_queries(10):
        read(as_enforcement_officer, FOREIGN)

"""The API: who gets what, errors as problem+json, a description that is true, and nothing in addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import given

VAN = {"plate": "VX-123-Z"}


def ask(client: Client, **question: Any) -> Any:
    return client.post(reverse("api_access_checks"), question, content_type="application/json")


def keys(client: Client) -> list[str]:
    return [line["key"] for line in client.get(reverse("api_applications")).json()["results"]]


@pytest.mark.parametrize(
    ("question", "field"),
    [({}, "plate"), ({"plate": "?!"}, "plate"), ({"plate": "VX123Z", "on": "gisteren"}, "on")],
)
@pytest.mark.django_db
def test_a_bad_question_gets_every_error_as_a_problem(client: Client, question: dict[str, str], field: str) -> None:
    answer = ask(client, **question)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]


def test_applicant_and_colleague_see_their_case_and_a_stranger_does_not(
    as_applicant: Client, as_colleague: Client, as_stranger: Client, applicant: User
) -> None:
    application = given.filed(by=applicant)

    assert keys(as_applicant) == keys(as_colleague) == [str(application.key)]
    assert keys(as_stranger) == []
    assert as_stranger.get(reverse("api_application", args=[application.key])).status_code == 404


def test_a_municipality_sees_only_its_own_local_kinds(
    as_municipal_caseworker: Client, as_other_municipal_caseworker: Client, applicant: User
) -> None:
    given.filed(by=applicant, code="LEV")
    local = given.filed(by=applicant, code="HAR")

    assert keys(as_municipal_caseworker) == [str(local.key)]
    assert keys(as_other_municipal_caseworker) == []


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator"])
def test_roles_without_cases_see_none(role: str, applicant: User, login: Any, request: pytest.FixtureRequest) -> None:
    application = given.filed(by=applicant)
    client = login(request.getfixturevalue(role))

    assert keys(client) == []
    assert client.get(reverse("api_application", args=[application.key])).status_code == 404


@pytest.mark.django_db
def test_without_login_there_is_nothing_to_see(client: Client) -> None:
    assert client.get(reverse("api_applications")).status_code == 403


def test_a_case_tells_its_events_and_deadlines(as_caseworker: Client, applicant: User) -> None:
    application = given.filed(by=applicant)

    found = as_caseworker.get(reverse("api_application", args=[application.key])).json()

    assert [event["step"] for event in found["events"]] == ["file"]
    assert found["deadlines"] == [{"kind": "decide", "due": str(application.decide_by)}]


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    as_caseworker: Client, applicant: User, django_assert_num_queries: Any
) -> None:
    given.filed(by=applicant)
    with django_assert_num_queries(5):
        keys(as_caseworker)
    for number in range(9):
        given.filed(by=applicant, plate=f"VX20{number}Z")

    with django_assert_num_queries(5):
        assert len(keys(as_caseworker)) == 10


def test_a_decision_can_be_verified_by_everybody_and_tells_no_person_and_no_plate(
    client: Client, applicant: User, caseworker: User
) -> None:
    decision = given.granted(by=applicant, desk=caseworker).decisions.get()

    address = reverse("api_decision", args=[decision.reference])

    answers = {plate: client.get(address, {"plate": plate}) for plate in ("vx-123-z", "VX999Z")}

    assert [answer.json()["gives_access"] for answer in answers.values()] == [True, False]
    assert client.get(address).json()["gives_access"] is None
    for answer in answers.values():
        assert "VX123Z" not in answer.text
        assert "Korst" not in answer.text


def test_no_log_keeps_the_plate_that_was_asked(
    client: Client, applicant: User, caseworker: User, caplog: pytest.LogCaptureFixture
) -> None:
    decision = given.granted(by=applicant, desk=caseworker).decisions.get()

    with caplog.at_level("INFO"):
        client.get(reverse("api_decision", args=[decision.reference]), {"plate": "VX123Z"})

    assert "GET api/v1/besluiten/" in caplog.text
    assert decision.reference not in caplog.text
    assert "VX123Z" not in caplog.text


@pytest.mark.django_db
def test_an_unknown_reference_is_not_found(client: Client) -> None:
    answer = client.get(reverse("api_decision", args=["BBBB-BBBB-BBBB"]))

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_an_address_with_a_slash_at_the_end_does_not_exist(client: Client) -> None:
    assert client.get("/api/v1/aanvragen/").status_code == 404


@pytest.mark.django_db
def test_the_description_is_public(client: Client) -> None:
    described = client.get(reverse("api_openapi")).json()

    assert set(described["paths"]) >= {"/api/v1/toegangscontroles", "/api/v1/aanvragen"}


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_away")
def test_without_redis_the_check_answers_all_the_same(client: Client) -> None:
    assert ask(client, **VAN).status_code in (200, 404)


@pytest.mark.django_db
def test_every_answer_tells_its_version_and_is_not_kept(client: Client) -> None:
    answer = client.get(reverse("api_applications"))

    assert answer["API-Version"] == "1.0.0"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_any_page_may_read_the_description(client: Client) -> None:
    described = client.get(reverse("api_openapi"))

    assert described["Access-Control-Allow-Origin"] == "*"
    assert described.json()["info"]["contact"]["name"] == "Centraal Loket"


@pytest.mark.parametrize(("path", "status"), [("/api/v1/bestaat-niet", 404), ("/api/v1/cijfers?x=%00", 400)])
def test_an_error_outside_the_api_says_what_to_do(client: Client, path: str, status: int) -> None:
    problem = client.get(path, headers={"Accept-Language": "en"}).json()

    assert problem["status"] == status
    assert problem["detail"].endswith(".")

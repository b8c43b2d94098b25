"""Every role × every address, as the table in roles.txt says it. A new address without a row there fails."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_callable, get_resolver, resolve, reverse

from accounts.models import User
from tests import loop
from tests.looping import each
from tests.project import links
from tests.project.role_addresses import (
    of_cases,
    of_changes,
    of_complaints,
    of_fleet,
    of_models,
    of_objections,
    of_people,
    of_programs,
    of_renewals,
    of_samples,
    of_submissions,
    with_arguments,
)
from zesportal import urls

TABLE = Path(__file__).with_name("roles.txt")
PEOPLE = (
    "anonymous",
    "applicant",
    "colleague",
    "representative",
    "stranger",
    "caseworker",
    "municipal_caseworker",
    "other_municipal_caseworker",
    "team_lead",
    "objection_officer",
    "reporter",
    "enforcement_officer",
    "editor",
    "administrator",
)
SIGNS = {200: ".", 403: "x", 404: "-", 405: "P", 409: "=", 401: "u", 410: "o"}
REFUSED = ("L", "x", "-")
UNSEEN = "*"


def table() -> dict[str, dict[str, str]]:
    """By row: what each of the people gets."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return {row: dict(zip(PEOPLE, signs, strict=True)) for row, signs in lines}


def test_every_address_has_a_row():
    rows = {row.split("@")[0] for row in table()}

    assert sorted(set(named(get_resolver().url_patterns)) ^ rows) == []


@pytest.mark.django_db
@each("person", PEOPLE)
def test_a_role_sees_what_the_table_says_and_finds_the_way_there(person, people, addresses, login, errors_shown_once):
    browser = login(people[person]) if people[person] else Client()
    expected = {row: signs[person] for row, signs in table().items() if signs[person] != UNSEEN}

    answers = {row: look(browser, addresses[row]) for row in expected}

    assert {row: sign(browser, answer) for row, answer in answers.items()} == expected
    assert ", ".join(links.list_unlinked(answers, addresses)) == ""


@pytest.mark.django_db
@each("person", PEOPLE)
def test_who_may_not_see_a_page_may_not_send_to_it_either(person, people, addresses, login, errors_shown_once):
    browser = login(people[person]) if people[person] else Client()
    refused = [row for row, signs in table().items() if signs[person] in REFUSED]

    answers = {row: sign(browser, browser.post(addresses[row])) for row in refused}

    assert {row: answer for row, answer in answers.items() if answer not in (*REFUSED, "P")} == {}


def named(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, namespace + inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def look(browser: Client, url: str) -> HttpResponseBase:
    """What somebody gets to see."""
    if url == reverse("health"):  # the only asynchronous view; it knows nobody
        with loop.put_aside():
            return Client().get(url)
    return browser.get(url)


def sign(browser: Client, response: HttpResponseBase) -> str:
    """An answer as the table writes it."""
    if response.status_code != 302:
        return SIGNS.get(response.status_code, str(response.status_code))
    where = response.headers["Location"]
    name = resolve(where.split("?")[0]).view_name
    if name == "admin:login":
        return sign_at_the_desk(browser)
    return "L" if name == "account_login" else ">"


@lru_cache(maxsize=32)
def sign_at_the_desk(browser: Client) -> str:
    """The desk's own login page sends on, or refuses who works elsewhere: whatever page they came for."""
    return sign(browser, look(browser, reverse("admin:login")))


@pytest.fixture
def people(
    applicant: User,
    colleague: User,
    representative: User,
    stranger: User,
    caseworker: User,
    municipal_caseworker: User,
    other_municipal_caseworker: User,
    team_lead: User,
    objection_officer: User,
    reporter: User,
    enforcement_officer: User,
    editor: User,
    administrator: User,
    other_caseworker: User,
) -> dict[str, User | None]:
    """Those who look, and the second pair of eyes of a rejection: asked by name, so they are laid once."""
    return {
        "anonymous": None,
        "applicant": applicant,
        "colleague": colleague,
        "representative": representative,
        "stranger": stranger,
        "caseworker": caseworker,
        "municipal_caseworker": municipal_caseworker,
        "other_municipal_caseworker": other_municipal_caseworker,
        "team_lead": team_lead,
        "objection_officer": objection_officer,
        "reporter": reporter,
        "enforcement_officer": enforcement_officer,
        "editor": editor,
        "administrator": administrator,
        "other_caseworker": other_caseworker,
    }


@pytest.fixture
def addresses(people: dict[str, Any]) -> dict[str, str]:
    """Every row of the table with its address: laid once for both tests of the roles."""
    programs = of_programs(people)  # before the pages of every model, which show the first of each
    rows = {**of_cases(people), **of_objections(people), **of_people(people), **of_models(), **with_arguments()}
    rows |= programs
    rows |= of_complaints(people) | of_submissions(people) | of_renewals(people) | of_fleet(people) | of_changes(people)
    rows |= of_samples(people)
    return {**rows, **{name: reverse(name) for name in table().keys() - rows.keys()}}


@pytest.fixture
def errors_shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thousands of refusals each person gets the page of one, and after that its status alone."""
    for name in ("handler403", "handler404"):
        monkeypatch.setattr(urls, name, show_once(get_callable(getattr(urls, name))))


def show_once(handler: Callable[[HttpRequest, Exception], HttpResponse]) -> Callable[..., HttpResponse]:
    """The same handler, which makes its page once for each person at the desk, in the portal and in the API."""
    shown: dict[tuple[int | None, str], int] = {}

    def answer(request: HttpRequest, exception: Exception) -> HttpResponse:
        asked = request.user.pk, request.path.split("/")[1] if request.path.startswith(("/api/", "/loket/")) else ""
        if asked in shown:
            return HttpResponse(status=shown[asked])
        response = handler(request, exception)
        shown[asked] = response.status_code
        return response

    return answer

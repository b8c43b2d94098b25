"""Without Redis, and without a virus scanner, every page and every form answers as usual."""

from collections import Counter

import pytest
from django.test import Client

from tests.attack.answers import taken_back
from tests.attack.forms import Form, encoded
from tests.crawler import sort_of
from tests.project.test_roles import look, table

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("redis_away")
def test_every_page_without_redis(browsers, addresses, tell):
    pages = {row: sees(signs) for row, signs in table().items() if sees(signs)}

    answers = {row: look(browsers[person], addresses[row]) for row, person in pages.items()}

    tell(pages=len(pages), **Counter(answers.values()))
    assert {row: answer for row, answer in answers.items() if answer != "."} == {}


def test_every_form_without_redis(browsers, site_forms, request, tell):
    usual = [outcome(browsers[person], form) for person, form in site_forms]
    request.getfixturevalue("redis_away")

    outcomes = [outcome(browsers[person], form) for person, form in site_forms]

    tell(forms=len(site_forms), answers=len(set(outcomes)))
    ways = (f"{person} at {form.sort[0]}" for person, form in site_forms)
    both = zip(ways, usual, outcomes, strict=True)
    assert {way: (before, now) for way, before, now in both if before != now} == {}


def sees(signs: dict[str, str]) -> str | None:
    """The first of the people who sees a page."""
    return next((person for person, sign in signs.items() if sign == "."), None)


def outcome(browser: Client, form: Form) -> str:
    """The result of a form that was sent correctly: the answer, and where it led."""
    with taken_back(browser):
        answer = form.send(browser, encoded(form.filled()))
        return " ".join([str(answer.status_code), *(sort_of(url) for url, _code in answer.redirect_chain)])

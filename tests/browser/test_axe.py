"""The check that no page hides from: what axe found nothing on is looked at again as soon as anything differs."""

import pytest
from playwright.sync_api import Page

from tests import axe

PAGE = """<!doctype html><html lang="nl"><head><title>Zaak</title></head><body><main>
<h1>Zaak 12</h1><p id="words">Op 3 december</p><a href="/zaak/12/">Verder</a>
<form><label for="name">Naam</label><input id="name"></form></main></body></html>"""
WORDS = "document.getElementById('words')"


@pytest.mark.parametrize(
    "change",
    [
        f"{WORDS}.style.color = '#eee'",
        f"{WORDS}.className = 'pale'",
        "document.querySelector('label').remove()",
        "document.documentElement.removeAttribute('lang')",
        "document.querySelector('a').textContent = ''",
        "document.title = ''",
        "document.head.insertAdjacentHTML('beforeend', '<style>p { color: #e0e0e0 }</style>')",
    ],
)
def test_a_page_that_was_sound_is_looked_at_again_when_it_changed(page: Page, change: str):
    page.set_content(PAGE.replace("</head>", "<style>.pale { color: #eee }</style></head>"))
    assert axe.violations(page) == axe.violations(page) == []

    page.evaluate(change)

    assert axe.violations(page) != []


def test_a_style_that_differs_in_a_digit_is_another_page(page: Page):
    page.set_content(PAGE.replace("</head>", "<style>p { color: #111 }</style></head>"))
    assert axe.violations(page) == []

    page.set_content(PAGE.replace("</head>", "<style>p { color: #999 }</style></head>"))

    assert [found.partition(":")[0] for found in axe.violations(page)] == ["color-contrast"]


def test_another_case_on_another_day_is_the_same_page():
    other = PAGE.replace("12", "45").replace("3 december", "8 december")

    assert axe.normalise(other.replace('"', '\\"')) == axe.normalise(PAGE.replace('"', '\\"'))

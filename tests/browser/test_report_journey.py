"""A letter to parliament from the figures to its files: made, written, checked and published by three people."""

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from reporting.models import ReportToParliament
from tests.browser.journeys import BrowserFor, click, fill, fine, labelled, reads, sound
from tests.cast import staff
from tests.reporting.cases import case
from tests.reporting.letter import history
from tests.reporting.letter.read_back import docx_words, pdf_words

WORDS = "# Algemene update\n\nEr kwamen {{ R01.national }} landelijke aanvragen binnen, {{ R01.national|compared }}."
WRONG = "Er kwamen {{ R01.landelijk }} aanvragen binnen."
SAID = "Er kwamen 3 landelijke aanvragen binnen, 2 meer dan in april en mei 2025 (toen 1)."
"""With the numbers of June and July; of July alone it is one, as in June two."""
OF_JULY = "Er kwamen 1 landelijke aanvragen binnen, 1 minder dan in juni 2025 (toen 2)."
DAYS = {"Vanaf": "2025-06-01", "Tot en met": "2025-07-31", "Stand op": "2025-07-31"}
OWN = {
    "Wat de partijen van de uitvoeringsagenda (UAZ) aangeven": "De zones werken naar behoren.",
    "Wat er met de laadinfrastructuur is gedaan (NAL)": "",
    "Een tweede voorbeeld van een afwijzing": "",
}
"""What only an editor can tell: one is filled in, the others are left out on purpose."""
FILES = ("Brief (PDF)", "Brief (Word)", "Cijfers van de periode (XLSX)", "Cijfers sinds de opening (JSON)")


@pytest.fixture
def checker(live_server: Any) -> User:
    return staff("Renske Rapporteur", "reporter")


def test_from_the_figures_to_the_published_letter(
    browser_for: BrowserFor, reporter: User, checker: User, team_lead: User
) -> None:
    history.happen()
    maker = browser_for(reporter)

    sees_the_figures(maker)
    makes_a_draft(maker)
    writes_a_text(maker)
    fills_in_what_is_asked(maker)
    moves_the_period_and_back(maker)
    report = ReportToParliament.objects.get()
    checks(browser_for(checker), report)
    publisher = browser_for(team_lead)
    publishes(publisher, report)

    contents = {name: downloaded(publisher, name) for name in FILES}
    the_files_say_it(contents)
    nothing_changes_it_any_more(publisher, maker, report, contents)


def sees_the_figures(page: Page) -> None:
    """The reporter picks a period, and sees how many national applications came in."""
    page.goto("/cijfers/")
    fill(page, DAYS)
    click(page, "Toon de cijfers")
    expect(page.locator("#result")).to_contain_text("1 juni 2025")
    fine(page, "Cijfers")
    page.get_by_role("link", name="Aanvragen", exact=True).click()
    expect(page.locator("#result")).to_contain_text("1 juni 2025")
    row = page.locator('section[aria-labelledby="R01"] tr', has_text="Landelijk")
    expect(row.locator("td").first).to_contain_text("3")


def makes_a_draft(page: Page) -> None:
    """From the figures to the letters, and a new one over the same days."""
    page.get_by_role("link", name="Brieven aan de Kamer").first.click()
    click(page, "Een brief beginnen")
    fill(page, {**DAYS, "Datum van de brief": "2025-09-29"})
    assert page.locator("main select").count() == 0  # a letter is about all cases
    click(page, "De brief maken")
    sound(page, "juni en juli 2025")
    reads(page, "landelijke ontheffingen: 4;", "CONCEPT")


def writes_a_text(page: Page) -> None:
    """A name that does not exist is refused; then the text is kept, with the number in its place."""
    page.get_by_role("link", name="Algemene update over de zones").click()
    expect(page.locator(".letter-choice").first).to_be_visible()
    with_codes = page.locator(".letter-advanced")
    with_codes.get_by_text("Geavanceerd").click()
    labelled(page, "Tekst").fill(WRONG)
    with_codes.get_by_role("button", name="Opslaan").click()
    expect(labelled(page, "Tekst")).to_have_value(WRONG)
    fine(page, "Algemene update over de zones")
    labelled(page, "Tekst").fill(WORDS)
    with_codes.get_by_role("button", name="Opslaan").click()
    reads(page, SAID)
    page.get_by_role("link", name="Rapportage zero-emissiezones").first.click()
    reads(page, SAID, "(eigen woorden)")


def fills_in_what_is_asked(page: Page) -> None:
    """What no figure can tell stands in the letter as a gap until somebody fills it in, or saves it empty."""
    reads(page, "[nog in te vullen: wat gemeenten en branchepartijen", "(nog in te vullen)")
    for title, words in OWN.items():
        page.get_by_role("link", name=title).click()
        labelled(page, "Tekst").fill(words)
        click(page, "Opslaan")
        page.get_by_role("link", name="Rapportage zero-emissiezones").first.click()
    reads(page, *filter(None, OWN.values()))
    expect(page.get_by_role("main")).not_to_contain_text("nog in te vullen")


def moves_the_period_and_back(page: Page) -> None:
    """Over another period the same text has other numbers: they live until the letter is published."""
    for first, said in (("2025-07-01", OF_JULY), ("2025-06-01", SAID)):
        page.get_by_role("link", name="Periode, datum en titel").click()
        fill(page, {"Vanaf": first, "Titel": "Rapportage juni en juli 2025"})
        click(page, "Opslaan")
        reads(page, said)


def checks(page: Page, report: ReportToParliament) -> None:
    """A colleague reads it and signs, and cannot publish it too."""
    page.goto("/cijfers/brieven/")
    fine(page, "Brieven aan de Kamer")
    page.get_by_role("link", name=report.title).first.click()
    reads(page, SAID)
    click(page, "Tekenen: nagekeken en akkoord")
    reads(page, "U hebt getekend dat de brief klopt.")
    assert page.get_by_role("button", name="Tekenen en publiceren").count() == 0


def publishes(page: Page, report: ReportToParliament) -> None:
    """The second signature, by somebody who may give it."""
    page.goto(f"/cijfers/brieven/{report.key}/")
    click(page, "Tekenen en publiceren")
    page.get_by_label("Ik heb gelezen").check()
    click(page, "Definitief publiceren")
    reads(page, "De brief is gepubliceerd.", SAID)
    sound(page, "Rapportage juni en juli 2025")
    expect(page.get_by_role("main")).not_to_contain_text("CONCEPT")


def link_to(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True)


def downloaded(page: Page, name: str) -> bytes:
    """A file as a click downloads it; its checksum is shown below it."""
    with page.expect_download() as waiting:
        link_to(page, name).click()
    content = Path(waiting.value.path()).read_bytes()
    beside = page.locator(".letter-files li", has_text=name).inner_text()
    assert hashlib.sha256(content).hexdigest() in re.sub(r"\s", "", beside)
    return content


def the_files_say_it(contents: dict[str, bytes]) -> None:
    """Words and numbers of the published letter."""
    pdf, docx, xlsx, total = (contents[name] for name in FILES)
    assert SAID in pdf_words(pdf)
    assert SAID in docx_words(docx)
    assert [cell.value for cell in load_workbook(io.BytesIO(xlsx))["R01"]["C"]][1:] == [3, 1, 2]
    assert b'"count": 4,' in total


def nothing_changes_it_any_more(
    publisher: Page, maker: Page, report: ReportToParliament, contents: dict[str, bytes]
) -> None:
    """One more case of those days appears nowhere, and nobody can write."""
    case(file="2025-07-10", plate="VAA99A")
    for page in (publisher, maker):
        page.goto(f"/cijfers/brieven/{report.key}/")
        reads(page, SAID)
        assert page.get_by_role("link", name="Algemene update over de zones").count() == 0
        assert page.get_by_role("main").get_by_role("button").count() == 0
    assert {name: downloaded(publisher, name) for name in FILES} == contents
    report.refresh_from_db()
    assert re.sub(r"\s", "", publisher.locator(".letter-sum").inner_text()) == report.sha256

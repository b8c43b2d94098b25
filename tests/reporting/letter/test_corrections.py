"""What earlier letters said otherwise than we know now."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from reporting.figures import FIGURES
from reporting.letter import corrections, lifecycle
from reporting.letter.blocks import Heading
from reporting.period import Period
from tests.cast import staff
from tests.reporting.letter import history
from tests.reporting.letter.history import TWO_MONTHS

pytestmark = pytest.mark.django_db
TOO_EARLY = Period(TWO_MONTHS.first, TWO_MONTHS.last, date(2025, 7, 5))
"""A letter that did not yet know the last weeks: one national and one local case came in after that day."""
NEXT = Period(date(2025, 8, 1), date(2025, 9, 30), date(2025, 10, 15))
OPENING = "In de brief van 29 september 2025 over juni en juli 2025 stond bij ‘Ontvangen aanvragen’"


@pytest.fixture
def publish(reporter, team_lead):
    history.happen()
    checker = staff("Renske Rapporteur", "reporter")
    return lambda period: history.published(reporter, checker, team_lead, period)


def test_what_stood_and_what_we_know_now(publish):
    publish(TOO_EARLY)

    told = corrections.list_correction_sentences(NEXT)

    assert f"{OPENING}, Landelijk: 2; nu weten wij: 3." in told
    assert f"{OPENING}, Lokaal: 0; nu weten wij: 1." in told


def test_the_chapter_stands_before_the_conclusion(publish):
    publish(TOO_EARLY)

    headings = [block.text for block in lifecycle.prepare_standard(NEXT).document.blocks if isinstance(block, Heading)]

    assert headings.index("Correcties op eerdere brieven") == headings.index(CONCLUSION) - 1


CONCLUSION = "Conclusie en vervolgstappen voor de volgende analyse"


def test_nothing_new_is_no_correction_and_leaves_the_chapter_out(publish):
    publish(TWO_MONTHS)

    assert corrections.list_correction_sentences(NEXT) == []
    headings = [block.text for block in lifecycle.prepare_standard(NEXT).document.blocks if isinstance(block, Heading)]
    assert "Correcties op eerdere brieven" not in headings


def test_states_move_on_and_are_no_corrections(publish):
    publish(TOO_EARLY)

    with override("nl"):
        states = [f"‘{FIGURES[name].title}’" for name in ("R02", "R03", "R04", "R11", "R12", "R17", "R22")]
    assert not [told for told in corrections.list_correction_sentences(NEXT) if any(title in told for title in states)]


def test_a_draft_corrects_nothing(publish, reporter):
    history.begun(reporter, TOO_EARLY)

    assert corrections.list_correction_sentences(NEXT) == []


def test_a_letter_does_not_look_at_later_ones(publish):
    publish(NEXT)

    assert corrections.list_correction_sentences(TWO_MONTHS) == []


def test_the_page_of_the_figures_shows_them_beside_what_we_know_now(publish, as_reporter: Client):
    publish(TOO_EARLY)

    page = as_reporter.get("/cijfers/", {"from": "2025-06-01", "to": "2025-07-31", "as_of": "2025-10-15"})

    told = [(one.title, one.label, one.was, one.known) for one in page.context["corrections"]]
    assert ("Ontvangen aanvragen", "Landelijk", "2", "3") in told
    assert ">Brief van 29 september 2025</a>" in page.content.decode()


def test_a_page_about_other_days_or_some_of_the_cases_shows_none(publish, as_reporter: Client):
    publish(TOO_EARLY)
    days = {"from": "2025-06-01", "to": "2025-07-31", "as_of": "2025-10-15"}

    assert as_reporter.get("/cijfers/", {**days, "from": "2025-06-02"}).context["corrections"] == []
    assert as_reporter.get("/cijfers/", {**days, "kind": "LEV"}).context["corrections"] == []

"""What a text can name if a row is missing or incomplete, or if rows have no sum."""

from typing import Any

import pytest

from reporting.figures import FIGURES
from reporting.letter import language
from reporting.letter.chapters import CHAPTERS
from reporting.letter.language import BadText, fill_template
from tests.reporting.letter.test_values import FACTS, named, report

NOW, THEN = ("2025-06-01", "2025-07-31"), ("2025-04-01", "2025-05-31")
NOT_COMPARED = "maar vergelijken kan niet: de gegevens zijn niet over beide perioden volledig aangeleverd"


def written(text: str, now: dict[str, Any], then: dict[str, Any] | None = None) -> str:
    return fill_template(text, named(report(*NOW, **now), report(*THEN, **then) if then else None))


# --- Zero, or not handed in ------------------------------------------------------------------------------


def test_of_our_own_events_a_row_that_is_not_there_is_zero():
    now, then = {"R10": [("LEV", 2, 2, 100)]}, {"R10": [("LEV", 3, 4, 75), ("NEV", 1, 4, 25)]}

    assert written("{{ R10.NEV }} ({{ R10.NEV|percent }})", now, then) == "0 (0%)"
    assert written("{{ R10.NEV|compared }}", now, then) == "tegen 1 in april en mei 2025"
    assert written("{{ R10.HAR|compared }}", now, then) == "net als in april en mei 2025"
    assert written("{{ previous.R10.HAR }}", now, then) == "0"


def test_of_no_whole_there_is_no_percentage():
    values = named(report(*NOW, R24=[("national", 1, 2, 50)]))

    assert (values["R24"]["GM0344"].count, values["R24"]["GM0344"].percent) == (0, None)


def test_a_number_that_nobody_handed_in_is_missing_and_not_compared():
    now, then = {"R14": [("GM0363", 2)]}, {"R14": [("GM0344", 5)]}

    assert written("{{ R14.GM0344 }}", now, then) == "niet aangeleverd"
    assert written("{{ R14.GM0344|compared }}", now, then) == NOT_COMPARED


# --- Handed in in part -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "then"), [(True, False), (False, True)])
def test_what_was_handed_in_in_part_is_not_compared(now: bool, then: bool):
    whole, part = report(*NOW, R14=[("GM0344", 20)]), report(*THEN, R14=[("GM0344", 10)])
    for data, partial in ((whole, now), (part, then)):
        data["figures"]["R14"]["rows"][0]["partial"] = partial
    values = named(whole, part)

    assert fill_template("{{ R14.all }}: {{ R14.all|compared }}", values) == f"20: {NOT_COMPARED}"
    assert fill_template("{{ R14.GM0344|compared }}", values) == NOT_COMPARED


# --- All of it -------------------------------------------------------------------------------------------


def test_all_decisions_taken_again_are_those_of_runs_and_those_by_hand():
    assert written("{{ R13.all }}", {"R13": [("thresholds:2025-07-17", 11), ("by_hand", 2)]}) == "13"


def test_a_higher_appeal_is_no_part_of_all_appeals():
    assert written("{{ R12.all }}", {"R12": [("unfounded", 2, 2, 100), ("higher:unfounded", 1)]}) == "2"


@pytest.mark.parametrize("name", ["R17", "R18", "R21", "R22"])
def test_what_does_not_add_up_has_no_sum(name: str):
    with pytest.raises(BadText, match=f"{name}.all"):
        language.check_text(f"{{{{ {name}.all }}}}")
    assert "all" not in named(report(*NOW, R17=[], R18=[], R21=[], R22=[]))[name]


def test_the_standard_words_name_no_sum_that_does_not_exist():
    for chapter in CHAPTERS:
        language.check_text(chapter.standard)

    assert {name for name, figure in FIGURES.items() if not figure.has_sum} == {"R17", "R18", "R21", "R22"}


# --- Policy ----------------------------------------------------------------------------------------------


def test_the_maximum_of_day_exemptions_is_that_of_the_policy(monkeypatch: pytest.MonkeyPatch):
    words = next(chapter.standard for chapter in CHAPTERS if chapter.slug == "day-exemptions")
    made = report(*NOW, R07=[("van", 0), ("truck", 0)], R08=[])

    monkeypatch.setitem(FACTS, "kinds", {"DAG": {"name": "Dagontheffing", "scope": "day", "since": "1 november 2024"}})
    assert "keer per kalenderjaar" not in fill_template(words, named(made))
    monkeypatch.setitem(FACTS, "day_exemption_max", 8)
    assert (
        "Dagontheffingen kunnen sinds 1 november 2024 worden aangevraagd, ten hoogste 8 keer per kalenderjaar"
        in fill_template(words, named(made))
    )

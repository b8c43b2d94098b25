"""The template language of the letter: small, and safe in the hands of any editor."""

import pytest
from django.utils.translation import override

from reporting.letter import language
from reporting.letter.chapters import CHAPTERS
from reporting.letter.language import BadText
from reporting.letter.value import Value
from reporting.letter.values import Rows

BEFORE = "april en mei 2025"


def filled(text: str, **values: object) -> str:
    return language.fill_template(text, values)


def figure(**rows: Value) -> Rows:
    return Rows(rows)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


# --- What it writes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Value(112, before=100, since=BEFORE), "12% meer dan in april en mei 2025 (toen 100)"),
        (Value(88, before=100, since=BEFORE), "12% minder dan in april en mei 2025 (toen 100)"),
        (Value(100, before=100, since=BEFORE), "evenveel als in april en mei 2025"),
        (Value(0, before=0, since=BEFORE), "net als in april en mei 2025"),
        (Value(5, before=0, since=BEFORE), "tegen geen in april en mei 2025"),
        (Value(0, before=5, since=BEFORE), "tegen 5 in april en mei 2025"),
        (Value(4001, before=4000, since=BEFORE), "1 meer dan in april en mei 2025 (toen 4.000)"),
        (Value(29, before=14, since=BEFORE), "15 meer dan in april en mei 2025 (toen 14)"),
        (Value(5), "een eerdere periode om mee te vergelijken is er niet"),
        (
            Value(5, before=None, since=BEFORE),
            "maar vergelijken kan niet: de gegevens zijn niet over beide perioden volledig aangeleverd",
        ),
    ],
)
def test_a_change_in_words(value: Value, text: str):
    assert filled("{{ R07.van|compared }}", R07=figure(van=value)) == text


@pytest.mark.parametrize(
    ("now", "before", "word"), [(3, 2, "meer"), (2, 3, "minder"), (2, 2, "gelijk"), (None, 2, "onbekend")]
)
def test_conditions_follow_the_change(now: int | None, before: int, word: str):
    text = (
        "{% if R07.van|missing %}onbekend{% elif R07.van|rises %}meer{% elif R07.van|falls %}minder"
        "{% elif R07.van|equal %}gelijk{% endif %}"
    )

    assert filled(text, R07=figure(van=Value(now, before=before, since=BEFORE))) == word


def test_a_number_its_share_and_its_whole():
    values = {"R02": figure(set_aside=Value(277, of=4102, percent=7))}

    text = "{{ R02.set_aside }} van {{ R02.set_aside|whole }} is {{ R02.set_aside|percent }}"

    assert filled(text, **values) == "277 van 4.102 is 7%"


def test_what_nobody_handed_in_is_said_to_be_missing_and_never_zero():
    assert filled("{{ R14.GM0344 }}", R14=figure()) == "niet aangeleverd"
    assert filled("{% if R14.GM0344 == 0 %}nul{% endif %}", R14=figure()) == ""


def test_a_figure_that_does_not_exist_is_nothing_to_compare():
    assert filled("{% if R14.all > 2 or R14.all <= 2 or R14.all == 0 %}ja{% else %}nee{% endif %}") == "nee"
    assert filled("{{ R14.all }}") == "geen cijfer"


def test_a_figure_that_does_not_exist_leaves_its_part_out():
    assert filled("{% if R14 %}Er zijn {{ R14.all }} brieven.{% endif %}Verder.") == "Verder."


@pytest.mark.parametrize(
    ("count", "words"), [(0, "geen beroepen"), (1, "1 beroep"), (24, "24 beroepen"), (4102, "4.102 beroepen")]
)
def test_a_number_with_its_word(count: int, words: str):
    assert filled('{{ R12.all|counted("beroep,beroepen") }}', R12={"all": Value(count)}) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Value(277, 4102, 7), "7% (277)"),
        (Value(0, 4102, 0), "geen enkele"),
        (Value(0, 0), "geen enkele"),
        (Value(11, 4145, 0), "minder dan 1% (11)"),
        (Value(None), "niet aangeleverd"),
    ],
)
def test_a_share_with_its_number(value: Value, words: str):
    assert filled("{{ R02.set_aside|share }}", R02=figure(set_aside=value)) == words


@pytest.mark.parametrize(("count", "word"), [(1, "beroep"), (0, "beroepen"), (2, "beroepen")])
def test_the_word_for_one_or_more(count: int, word: str):
    assert filled('{{ R12.all|plural("beroep,beroepen") }}', R12={"all": Value(count)}) == word


def test_values_compare_with_numbers():
    values = {"R12": {"all": Value(3)}}

    assert (
        filled("{% if R12.all > 2 and R12.all < 4 and R12.all >= 3 and R12.all <= 3 %}ja{% endif %}", **values) == "ja"
    )
    assert filled("{% if R12.all == 3 %}ja{% endif %}", **values) == "ja"


# --- What it refuses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{% include 'x.html' %}", "include"),
        ("{% load static %}", "load"),
        ("{% extends 'base.html' %}", "extends"),
        ("{% debug %}", "debug"),
        ("{% now 'Y' %}", "now"),
        ("{% url 'home' %}", "url"),
        ("{% csrf_token %}", "csrf_token"),
        ("eerst\n{% with a=1 %}{% endwith %}", "Line 2"),
        ("{{ R01.national.__class__ }}", "_"),
        ("{{ R01._x }}", "_"),
        ("{{ R01.items }}", "R01.items"),
        ("{{ R01.national.count }}", "R01.national.count"),
        ("{{ period.upper }}", "period.upper"),
        ("{{ signals.0.text }}", "signals.0.text"),
        ("{{ request.user }}", "request.user"),
        ("{{ onbekend }}", "onbekend"),
        ("{{ R02.grantd }}", "R02.grantd"),
        ("{{ R01.national|plural(onbekend) }}", "onbekend"),
        ("{{ R01 }}", "R01"),
        ("{{ signals }}", "signals"),
        ("{{ R01.national|safe }}", "safe"),
        ('{{ "x"|ljust("1000000000") }}', "ljust"),
        ("{{ 9 ** 9 }}", "Only names"),
        ("{{ R01.national ~ R01.day }}", "Only names"),
        ("{{ range(9) }}", "Only names"),
        ("{{ R01[period] }}", "Only names"),
        ("{{ [period] }}", "Only names"),
        ("{{ period if R14 }}", "Only names"),
        ("{% for a in signals if a.text %}{% endfor %}", "no list"),
        ("{% for a in signals recursive %}{% endfor %}", "no list"),
        ("{{ R01.national|percent(3) }}", "Only plural and counted"),
        ("{{ R12.all|plural(many=3) }}", "Only plural and counted"),
        ("{% if R01 %}", "not closed"),
        ("{{ R01.national", "cannot be read"),
        ("{{ }}", "cannot be read"),
        ('{% for a in "aaaa" %}{% endfor %}', "no list"),
        ("{% for a in R01 %}{% endfor %}", "no list"),
        ("{% for a, b in signals %}{% endfor %}", "no list"),
        ("{% for a in signals %}{% for b in signals %}{% endfor %}{% endfor %}", "within a for"),
        ("{% for a in signals %}{% if a.text %}{% for b in signals %}{% endfor %}{% endif %}{% endfor %}", "within a"),
        ("{% for a in signals %}{{ a.onbekend }}{% endfor %}", "a.onbekend"),
        ("{% for a in signals %}{% endfor %}{{ a.text }}", "a.text"),
        ("{% for a in signals %}{% endfor %}" * 11, "too many lists"),
        ("{% if R01 %}" * 1000 + "{% endif %}" * 1000, "too long"),
        ("{% if R01 %}" * 800 + "{% endif %}" * 800, "within each other"),
        ("a" * 20_001, "too long"),
    ],
)
def test_what_is_not_safe_or_not_there_is_refused_with_a_sentence(text: str, says: str):
    with pytest.raises(BadText, match=says):
        language.check_text(text)


def test_a_value_that_fails_never_breaks_more_than_its_text():
    class Broken:
        def __str__(self) -> str:
            raise ValueError("kapot")

    with pytest.raises(BadText, match="kapot"):
        filled("{{ period }}", period=Broken())


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_every_standard_text_keeps_to_the_rules(chapter):
    language.check_text(chapter.standard)

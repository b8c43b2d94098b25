"""The questions that the assistant is measured with: enough of each sort, each with an answer that exists."""

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

import helpdesk
from tests.helpdesk.tables import SLUGS, table
from tests.looping import each
from zones.plates import find_sidecode

EVALUATION = Path(helpdesk.__file__).parent / "data" / "evaluation.csv"
COLUMNS = ["question", "language", "expects", "sort", "says", "polarity"]
LANGUAGES = {"nl", "en", "de", "fr", "pl"}
LONGEST = 4000  # characters; somebody who keeps a key down is there on purpose

# What a foreign carrier asks before the journey.
ABROAD = [
    "wat-is-een-ze-zone",
    "verschil-milieuzone",
    "personenauto-of-camper",
    "welke-gemeenten",
    "bestelauto-emissieklasse-6",
    "vrachtauto-toegang",
    "waar-aanvragen",
    "kosten",
    "dagontheffing-duur",
    "waar-geldig",
    "hoogte-boete",
    "buitenlands-kenteken",
    "bezwaar-maken",
]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return table(EVALUATION)


@pytest.fixture(scope="module")
def by_topic(rows: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    """How many questions each topic has in each language; one that two topics answer counts for both."""
    asked = [row for row in rows if row["sort"] == "topic"]
    return Counter((slug, row["language"]) for row in asked for slug in row["expects"].split("|"))


def bare(question: str) -> str:
    """The words alone: capitals, spaces and punctuation do not make it another question."""
    return re.sub(r"\W+", " ", question.casefold()).strip() or question


# --- The shape -------------------------------------------------------------------------------------------


def test_the_columns_are_what_the_measurement_reads(rows):
    assert list(rows[0]) == COLUMNS
    assert not [row for row in rows if None in row or None in row.values()]


def test_no_question_is_asked_twice(rows):
    asked = Counter(bare(row["question"]) for row in rows)

    assert [question for question, times in asked.items() if times > 1] == []


def test_each_question_is_one_line_that_could_be_typed(rows):
    odd = [row["question"] for row in rows if not re.fullmatch(rf"\S[^\n\r]{{0,{LONGEST}}}", row["question"])]

    assert odd == []


def test_each_language_is_one_the_site_speaks(rows):
    assert {row["language"] for row in rows} == LANGUAGES


# --- What is expected ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "answers"), [("out", {""}), ("own", {"own"}), ("plate", {"plate"}), ("help", {""}), ("entry", {""})]
)
def test_a_sort_without_topics_expects_one_thing(rows, sort, answers):
    assert {row["expects"] for row in rows if row["sort"] == sort} == answers


def test_every_topic_that_is_expected_exists(rows):
    named = {slug for row in rows if row["sort"] in {"topic", "hostile"} for slug in row["expects"].split("|")}

    assert named - {""} == set(SLUGS)


def test_a_question_about_a_topic_has_one_answer_and_seldom_two(rows):
    answers = [row["expects"].split("|") for row in rows if row["sort"] == "topic"]

    assert all(0 < len(set(slugs)) == len(slugs) <= 2 and "" not in slugs for slugs in answers)
    assert sum(len(slugs) > 1 for slugs in answers) <= len(answers) * 0.03


def test_a_hostile_question_is_answered_only_where_it_holds_an_honest_one(rows):
    hostile = [row["expects"] for row in rows if row["sort"] == "hostile"]

    assert sum(expected != "" for expected in hostile) <= 3


# --- Enough of each --------------------------------------------------------------------------------------


@each("topic, language, at_least", [(slug, *asked) for slug in SLUGS for asked in (("nl", 9), ("en", 3))])
def test_each_topic_is_asked_about_often_enough(by_topic, topic, language, at_least):
    assert by_topic[topic, language] >= at_least


@each("topic, language", product(ABROAD, ("de", "fr", "pl")))
def test_what_foreign_carriers_ask_is_asked_in_their_language(by_topic, topic, language):
    assert by_topic[topic, language] >= 2


@pytest.mark.parametrize(
    ("sort", "language", "at_least"),
    [
        ("topic", "nl", 290),
        ("topic", "en", 96),
        ("out", "nl", 60),
        ("out", "en", 15),
        ("hostile", "nl", 30),
        ("hostile", "en", 10),
        ("own", "nl", 20),
        ("own", "en", 6),
        ("plate", "nl", 25),
        ("plate", "en", 3),
    ],
)
def test_each_sort_has_enough_questions(rows, sort, language, at_least):
    assert sum(row["sort"] == sort and row["language"] == language for row in rows) >= at_least


def test_there_is_no_other_sort(rows):
    assert {row["sort"] for row in rows} == {"topic", "out", "hostile", "own", "plate", "help", "entry"}


# --- The plates ------------------------------------------------------------------------------------------

FOREIGN = re.compile(
    r"""\b( [A-Z]{2}\ ?\d{4,5}         # Poland
         | [A-Z]{1,3}-[A-Z]{2}\ \d{4}  # Germany
         | [A-Z]{2}\d{2}\ [A-Z]{3}     # United Kingdom
         | \d-[A-Z]{3}-\d{3}          # Belgium
         | [A-Z]{2}-\d{3}-[A-Z]{2}    # France
         )\b""",
    re.VERBOSE,
)
MISTYPED = "AB-12-C"  # one sign short: people do that, and deserve an answer about the plate


def dutch_plates(question: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z0-9-]+", question) if find_sidecode(word)]


def test_each_question_about_a_plate_holds_one(rows):
    asked = [row["question"] for row in rows if row["sort"] == "plate"]

    assert [q for q in asked if not (dutch_plates(q) or FOREIGN.search(q) or MISTYPED in q)] == []


def test_every_dutch_form_of_a_plate_is_asked_about(rows):
    asked = [row["question"] for row in rows if row["sort"] == "plate"]

    assert {find_sidecode(plate) for question in asked for plate in dutch_plates(question)} == set(range(1, 15))


def test_no_question_of_another_sort_can_be_taken_for_one_about_a_plate(rows):
    """Years, engines and roads look like plates; the owner of a plate is no question for us (hostile)."""
    others = [row["question"] for row in rows if row["sort"] in {"topic", "out", "own"}]

    assert [question for question in others if dutch_plates(question)] == []

"""The frequent questions as they come with the product: complete, short, plain; no fact that can change is typed."""

import re
from collections import Counter
from functools import partial
from itertools import product

from helpdesk.facts import BLOCK, PLACEHOLDER, references_in
from helpdesk.models.topic import Topic
from tests.helpdesk.information.shipped import (
    ABROAD,
    DATA,
    KIND,
    LINK,
    NAMES,
    NUMBER,
    PHRASES,
    POLICY,
    RULES,
    TEXTS,
    TOPICS,
    answer,
    numbers_it_rests_on,
    on_side,
    sentences,
    shown,
    typed,
    value_of,
    words,
)
from tests.helpdesk.tables import SLUGS, table
from tests.looping import each

PAGES = {
    "access_check",
    "apply_start",
    "day_exemption",
    "my_applications",
    "home",
    "verify",
    "open_data",
    "accessibility",
    "privacy",
    "zones",
    "zone_address",
    "kinds",
    "prices",
    "timeline",
    "trip_costs",
    "faq",
    "contact",
    "advice",
}

CHANGING = re.compile(r"€\s?\d|\b20(?:2[5-9]|3\d)\b")  # an amount, or a year in which something changes
BY_LAW = {"bezwaar-maken": {"6"}, "besluit-duur": {"2"}}  # weeks, Awb art. 6:7 and 4:17: no policy can change them
FEWEST_PHRASES = {"nl": 15, "en": 8, "de": 4, "fr": 4, "pl": 4}

# Words that answer another question than the one that was asked, or that point at a heading which is not shown.
NOT_ALONE = {
    "nl": "ja|nee|dat|dan|dit|die|alleen op|op deze website,",
    "en": "yes|no|that|then|it|this|only|on this website,",
    "de": "ja|nein|das ist|das sind|dann|nur|auf dieser website,",
    "fr": "oui|non|ce|c'est|cela|alors|seulement|sur ce site,",
    "pl": "tak|nie|to|wtedy|tylko|na tej stronie,",
}

SIDES = ("before", "after")
each_text = each("slug, language", sorted(TEXTS))
each_text_on_each_side = each("slug, language, side", [(*key, side) for key in sorted(TEXTS) for side in SIDES])
each_topic = each("slug", SLUGS)
each_topic_on_each_side = each("slug, side", product(SLUGS, SIDES))


# --- Which there are ------------------------------------------------------------------------------------


def test_each_topic_has_a_row_and_no_other_has():
    assert sorted(TOPICS) == sorted(SLUGS)
    assert len(table(DATA / "topics.csv")) == len(SLUGS)


def test_each_topic_is_there_in_dutch_and_english():
    assert [key for slug in SLUGS for key in [(slug, "nl"), (slug, "en")] if key not in TEXTS] == []


def test_what_foreign_carriers_need_is_there_in_their_languages():
    wanted = [(slug, language) for slug in ABROAD for language in ("de", "fr", "pl")]

    assert [key for key in wanted if key not in TEXTS] == []


def test_no_text_belongs_to_an_unknown_topic_or_language():
    assert [key for key in TEXTS if key[0] not in SLUGS or key[1] not in FEWEST_PHRASES] == []


def test_each_topic_stands_in_a_group_at_a_place_of_its_own():
    assert {row["group"] for row in TOPICS.values()} == set(Topic.Group.values)
    assert len({row["position"] for row in TOPICS.values()}) == len(SLUGS)


@each_topic
def test_related_topics_exist_and_are_others(slug):
    related = TOPICS[slug]["related"].split()

    assert related
    assert set(related) <= set(SLUGS) - {slug}
    assert len(related) == len(set(related))


# --- The shape of a text --------------------------------------------------------------------------------


@each_text
def test_a_text_is_a_question_an_answer_and_more(slug, language):
    question, *paragraphs = TEXTS[slug, language].removesuffix("\n").split("\n\n")

    assert re.fullmatch(r"# \S.{5,195}[.?]", question)
    assert len(paragraphs) >= 2
    assert all(paragraph == paragraph.strip() for paragraph in paragraphs)


@each_text_on_each_side
def test_the_first_paragraph_is_short_and_the_rest_not_long(slug, language, side):
    first, *rest = answer(slug, language)

    assert words(first, language, side) <= 40
    assert words("\n".join(rest), language, side) <= 150


@each_text_on_each_side
def test_the_first_paragraph_stands_by_itself(slug, language, side):
    first = shown(answer(slug, language)[0], language, side)

    assert first
    assert not re.match(rf"(?:{NOT_ALONE[language]})(?!\w)", first, re.IGNORECASE)


@each_text
def test_the_markup_is_paragraphs_lists_tables_bold_and_links(slug, language):
    text = "\n\n".join(answer(slug, language))
    bare = PLACEHOLDER.sub("", LINK.sub("", BLOCK.sub(lambda found: found[3], text)))

    assert text.count("**") % 2 == 0
    assert not re.search(r"[\[\]{}<>`_#]|https?:|\*{3}|(?<!\*)\*(?!\*)", bare)


@each_text_on_each_side
def test_a_paragraph_is_one_line_a_list_or_a_table(slug, language, side):
    for paragraph in map(partial(on_side, side), answer(slug, language)):
        lines = paragraph.strip().split("\n")
        assert len(lines) == 1 or len({line[:2] for line in lines}) == 1 or all(line.startswith("|") for line in lines)


# --- The facts in it -------------------------------------------------------------------------------------


@each_text
def test_each_placeholder_names_a_fact_that_is_known(slug, language):
    named = PLACEHOLDER.findall(TEXTS[slug, language])

    assert [name for name in named if not value_of(name, language)] == []


@each_text
def test_each_placeholder_stands_among_what_the_topic_rests_on(slug, language):
    assert references_in(TEXTS[slug, language]) <= set(TOPICS[slug]["rests_on"].split())


@each_topic
def test_what_a_topic_rests_on_exists(slug):
    known = {"zones", "fine:van", "fine:truck"}
    known |= {f"rule:{code}" for code in RULES} | {f"kind:{code}" for code in KIND} | {f"policy:{n}" for n in POLICY}
    references = TOPICS[slug]["rests_on"].split()

    assert set(references) <= known
    assert len(references) == len(set(references))


@each_text
def test_no_day_or_amount_is_typed(slug, language):
    question, paragraphs = TEXTS[slug, language].split("\n\n", 1)

    assert set(CHANGING.findall(typed(paragraphs))) <= set(CHANGING.findall(question))


@each_text
def test_each_number_that_is_typed_stands_in_a_row_it_rests_on(slug, language):
    question, paragraphs = TEXTS[slug, language].split("\n\n", 1)
    grounded = numbers_it_rests_on(slug) | set(NUMBER.findall(question)) | BY_LAW.get(slug, set())

    assert set(NUMBER.findall(typed(paragraphs))) <= grounded


@each_topic
def test_the_english_answer_tells_the_same_facts_as_the_dutch(slug):
    facts = {language: set(PLACEHOLDER.findall(TEXTS[slug, language])) for language in ("nl", "en")}

    assert facts["en"] == facts["nl"]


# --- Where it leads ---------------------------------------------------------------------------------------


@each_text
def test_an_answer_ends_with_the_next_step(slug, language):
    assert 1 <= len(LINK.findall(answer(slug, language)[-1])) <= 2


@each_text
def test_each_link_leads_to_a_page_of_the_topic_or_to_another_topic_in_the_language(slug, language):
    links = LINK.findall(TEXTS[slug, language])
    pages = set(TOPICS[slug]["pages"].split())

    assert pages <= PAGES
    assert {name for _words, sort, name in links if sort == "page"} <= pages
    assert [name for _words, sort, name in links if sort == "topic" and (name, language) not in TEXTS] == []
    assert ("topic", slug) not in {(sort, name) for _words, sort, name in links}


# --- How it reads -----------------------------------------------------------------------------------------


@each_topic_on_each_side
def test_the_dutch_sentences_are_short(slug, side):
    lengths = [words(sentence, "nl") for sentence in sentences(slug, side) if NAMES not in sentence]

    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 25


@each_topic
def test_the_dutch_reader_is_addressed_with_u(slug):
    text = shown("\n".join(answer(slug, "nl")), "nl")

    assert re.search(r"\b[Uu]w?\b", text)
    assert not re.search(r"\b(?:je|jij|jouw|men|gij|jullie)\b", text)


# --- How people ask ---------------------------------------------------------------------------------------


def test_each_phrase_asks_one_thing():
    asked = Counter(" ".join(re.findall(r"\w+", row["phrase"].casefold())) for row in PHRASES)

    assert [phrase for phrase, times in asked.items() if times > 1] == []


def test_each_text_has_phrases_in_its_language():
    assert {(row["topic"], row["language"]) for row in PHRASES} >= set(TEXTS)


@each_text
def test_each_topic_has_enough_phrases(slug, language):
    phrases = [row["phrase"] for row in PHRASES if (row["topic"], row["language"]) == (slug, language)]

    assert FEWEST_PHRASES[language] <= len(phrases)
    assert max(map(len, phrases)) <= 200


def test_no_phrase_is_a_question_that_the_assistant_is_measured_with():
    measured = {" ".join(re.findall(r"\w+", row["question"].casefold())) for row in table(DATA / "evaluation.csv")}
    taught = {" ".join(re.findall(r"\w+", row["phrase"].casefold())) for row in PHRASES}

    assert taught & measured == set()

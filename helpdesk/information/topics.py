"""The frequent questions as a reader meets them: the newest text, with the facts of today filled in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from accounts.languages import WRITTEN
from helpdesk import markup
from helpdesk.content_version import compute_stamp
from helpdesk.facts import Facts, State, find_foreseen_ends, references_in
from helpdesk.models import LANGUAGES, Topic, TopicText

STAND_IN = ("en", "nl")
"""If a language lacks a text, English is the fallback, then Dutch."""


@dataclass(frozen=True)
class PublishedTopic:
    """A question and its answer. `language` is that of the text, which may be a stand-in. `answer` is light markup."""

    slug: str
    group: str
    language: str
    question: str
    answer: str
    lead: str
    url: str
    rests_on: tuple[str, ...]
    related: tuple[str, ...]
    pages: tuple[str, ...]
    reviewed_at: datetime | None
    is_overtaken: bool
    """What it rests on has changed since somebody last read it: its numbers are of today, its words may not be."""


Texts = Mapping[tuple[int, str], TopicText]
_kept: dict[str, tuple[str, date, list[PublishedTopic]]] = {}


def list_published(*, language: str, at: str = "") -> list[PublishedTopic]:
    """All questions that have a text, in the order of the site: one query where nothing changed since.

    `at`: the stamp, if the caller already has it.
    """
    at, day = at or compute_stamp(), timezone.localdate()
    kept = _kept.get(language)
    if kept is None or kept[:2] != (at, day):
        kept = _kept[language] = (at, day, _read_topics(day, language=language, at=at))
    return kept[2]


def find_in_language(*, language: str, at: str = "") -> list[PublishedTopic]:
    """The questions for a page in a language. One in another language than Dutch or English lists no stand-ins."""
    found = list_published(language=language, at=at)
    return found if language in WRITTEN else [one for one in found if one.language == language]


def languages_of(slug: str, *, at: str = "") -> list[str]:
    """In which languages a question can be read as a whole page."""
    return [
        code for code, _name in LANGUAGES if any(one.slug == slug for one in find_in_language(language=code, at=at))
    ]


def find_topic(slug: str, *, language: str, at: str = "") -> PublishedTopic | None:
    """One question by its slug."""
    return next((one for one in list_published(language=language, at=at) if one.slug == slug), None)


def in_groups(topics: Iterable[PublishedTopic]) -> list[tuple[str, list[PublishedTopic]]]:
    """The questions below the headings of their groups, empty groups left out."""
    by_group: dict[str, list[PublishedTopic]] = {value: [] for value in Topic.Group.values}
    for one in topics:
        by_group[one.group].append(one)
    return [(str(Topic.Group(value).label), found) for value, found in by_group.items() if found]


def filter_newest(texts: Iterable[TopicText]) -> Texts:
    """The version in use of each topic and language."""
    found: dict[tuple[int, str], TopicText] = {}
    for text in texts:
        there = found.get((text.topic_id, text.language))
        if there is None or text.version > there.version:
            found[text.topic_id, text.language] = text
    return found


def list_references(topic: Topic, texts: Iterable[TopicText]) -> list[str]:
    """What an answer rests on: what an editor said, and every fact that its texts fill in."""
    in_texts = {found for text in texts for found in references_in(text.answer)}
    return [*topic.rests_on, *sorted(in_texts - set(topic.rests_on))]


def is_overtaken(before: State, now: State, *, texts: Iterable[TopicText]) -> bool:
    """Whether a fact changed since the last review that the texts do not tell by themselves.

    A fact that a text added later is new, not changed. The end of a rule for which every text has both its words is
    foreseen.
    """
    foreseen = set.intersection(*([find_foreseen_ends(text.answer) for text in texts] or [set()]))
    return any(now.get(name) != value for name, value in before.items() if name not in foreseen)


def _read_topics(day: date, *, language: str, at: str) -> list[PublishedTopic]:
    topics = list(Topic.objects.order_by("position", "slug").prefetch_related("related"))
    texts = filter_newest(TopicText.objects.order_by("topic", "language", "version"))
    facts = {one: Facts.on(day, language=one, at=at) for one in dict.fromkeys((language, *STAND_IN))}
    return [_make_published(topic, text, texts, facts) for topic in topics if (text := _pick_text(topic, texts, facts))]


def _pick_text(topic: Topic, texts: Texts, languages: Iterable[str]) -> TopicText | None:
    return next((texts[topic.pk, one] for one in languages if (topic.pk, one) in texts), None)


def _make_published(topic: Topic, text: TopicText, texts: Texts, facts: Mapping[str, Facts]) -> PublishedTopic:
    own = [one for (pk, _language), one in texts.items() if pk == topic.pk]
    rests_on = list_references(topic, own)
    answer = facts[text.language].fill(text.answer)
    return PublishedTopic(
        slug=topic.slug,
        group=topic.group,
        language=text.language,
        question=text.question,
        answer=answer,
        lead=markup.extract_lead(answer),
        url=reverse("topic", args=[topic.slug]),
        rests_on=tuple(rests_on),
        related=tuple(other.slug for other in topic.related.all()),
        pages=tuple(topic.pages),
        reviewed_at=topic.reviewed_at,
        is_overtaken=is_overtaken(topic.facts, facts[text.language].state(rests_on), texts=own),
    )


def pick_topics(topics: Sequence[PublishedTopic], slugs: Iterable[str]) -> list[PublishedTopic]:
    """Some of the questions, in the order of their slugs; those that do not exist are left out."""
    by_slug = {one.slug: one for one in topics}
    return [by_slug[slug] for slug in slugs if slug in by_slug]

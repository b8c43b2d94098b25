"""The frequent questions as readers see them: the newest text, with the facts of today filled in."""

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
    """A question and its answer, in light markup. `language`: that of the text, which may be a stand-in."""

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
    """Whether its facts have changed since the last review: its numbers are up to date, its words may not be."""


Texts = Mapping[tuple[int, str], TopicText]
_kept: dict[str, tuple[str, date, list[PublishedTopic]]] = {}


def list_published(*, language: str, at: str = "") -> list[PublishedTopic]:
    """All questions with a text, in the order of the site, in one query if nothing changed since the last call.

    `at`: the stamp of the facts, if the caller already has it.
    """
    at, day = at or compute_stamp(), timezone.localdate()
    kept = _kept.get(language)
    if kept is None or kept[:2] != (at, day):
        kept = _kept[language] = (at, day, _read_topics(day, language=language, at=at))
    return kept[2]


def find_in_language(*, language: str, at: str = "") -> list[PublishedTopic]:
    """The questions for a page in a language; stand-ins are listed only on Dutch and English pages."""
    found = list_published(language=language, at=at)
    return found if language in WRITTEN else [one for one in found if one.language == language]


def list_languages(slug: str, *, at: str = "") -> list[str]:
    """The languages in which a question has a page."""
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
    """The current version of each topic and language."""
    found: dict[tuple[int, str], TopicText] = {}
    for text in texts:
        there = found.get((text.topic_id, text.language))
        if there is None or text.version > there.version:
            found[text.topic_id, text.language] = text
    return found


def list_references(topic: Topic, texts: Iterable[TopicText]) -> list[str]:
    """What an answer rests on: the editor's choices, and every fact that its texts fill in."""
    in_texts = {found for text in texts for found in references_in(text.answer)}
    return [*topic.rests_on, *sorted(in_texts - set(topic.rests_on))]


def is_overtaken(before: State, now: State, *, texts: Iterable[TopicText]) -> bool:
    """Whether a fact has changed since the last review in a way that the texts do not reflect by themselves.

    A fact that a text added later counts as new, not as changed. The end of a rule is foreseen if every text has words
    for both before and after it.
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
    """The questions with these slugs, in their order; unknown slugs are left out."""
    by_slug = {one.slug: one for one in topics}
    return [by_slug[slug] for slug in slugs if slug in by_slug]

"""Loads the shipped frequent questions."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from casework.reference import load_texts, read_rows
from helpdesk.facts import Facts
from helpdesk.information import topics as published
from helpdesk.models import Phrase, Topic, TopicText

DATA = Path(__file__).parent / "data"
TITLE = "# "


@transaction.atomic
def load(*, overwrite: bool = False) -> None:
    """Add what is missing; idempotent. What editors wrote stays, even with `overwrite`.

    If no editor has edited a text yet, our new wording becomes a new version of it. Phrases that we no longer ship are
    deleted. On the first load the texts count as reviewed, because they ship with the facts that they rest on.
    """
    load_texts(DATA / "letter_texts")
    topics = load_topics(overwrite=overwrite)
    new = load_answers(topics)
    load_phrases(topics)
    review_new(topics, new)


def load_topics(*, overwrite: bool = False) -> dict[str, Topic]:
    """Load the topics, by slug; related topics are set only for new ones."""
    rows = read_rows(DATA / "topics.csv")
    new = set()
    for row in rows:
        values = {
            "group": row["group"],
            "position": int(row["position"]),
            "rests_on": row["rests_on"].split(),
            "pages": row["pages"].split(),
        }
        topic, is_new = Topic.objects.get_or_create(slug=row["slug"], defaults=values)
        if is_new or overwrite:
            new.add(topic.slug)
            Topic.objects.filter(pk=topic.pk).update(**values)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for row in rows:
        if row["slug"] in new:
            topics[row["slug"]].related.set([topics[slug] for slug in row["related"].split()])
    return topics


def load_answers(topics: dict[str, Topic]) -> set[str]:
    """Load `faq/<slug>.<language>.md`; returns the slugs of topics with a new text."""
    newest = published.filter_newest(TopicText.objects.order_by("topic", "language", "version"))
    new = []
    for path in sorted((DATA / "faq").glob("*.md")):
        text = read_answer(path, topics)
        there = newest.get((text.topic_id, text.language))
        if there is None or _says_something_new(text, there):
            text.version = there.version + 1 if there else 1
            new.append(text)
    TopicText.objects.bulk_create(new)
    return {text.topic.slug for text in new}


def read_answer(path: Path, topics: dict[str, Topic]) -> TopicText:
    """Read one file: the first line is the question, the rest its answer."""
    slug, language, _suffix = path.name.split(".")
    question, _line_end, answer = path.read_text(encoding="utf-8").partition("\n")
    return TopicText(
        topic=topics[slug],
        language=language,
        question=question.removeprefix(TITLE).strip(),
        answer=answer.strip() + "\n",
    )


def load_phrases(topics: dict[str, Topic]) -> None:
    """Replace our ways to ask by those of the file. A phrase never belongs to two topics, and an editor's stay."""
    rows = read_rows(DATA / "phrases.csv")
    shipped = dict.fromkeys((row["topic"], row["language"], row["phrase"]) for row in rows)
    loaded = Phrase.objects.filter(is_shipped=True).values_list("pk", "topic__slug", "language", "phrase")
    Phrase.objects.filter(pk__in=[pk for pk, *words in loaded if tuple(words) not in shipped]).delete()
    there = {tuple(words): pk for pk, *words in Phrase.objects.values_list("pk", "topic__slug", "language", "phrase")}
    Phrase.objects.bulk_create(
        [
            Phrase(topic=topics[slug], language=language, phrase=phrase, is_shipped=True)
            for slug, language, phrase in shipped
            if (slug, language, phrase) not in there
        ],
        ignore_conflicts=True,
    )
    Phrase.objects.filter(pk__in=[there[words] for words in shipped if words in there], is_shipped=False).update(
        is_shipped=True
    )


def review_new(topics: dict[str, Topic], new: set[str]) -> None:
    """Record that a first version rests on today's facts; a later one awaits an editor's review."""
    facts = Facts.on(timezone.localdate(), language="nl")
    texts = list(TopicText.objects.filter(topic__slug__in=new))
    for slug in new:
        topic = topics[slug]
        if topic.reviewed_at is None:
            own = [text for text in texts if text.topic_id == topic.pk]
            topic.facts = facts.state(published.list_references(topic, own))
            topic.reviewed_at = timezone.now()
            topic.save(update_fields=["facts", "reviewed_at"])


def _says_something_new(text: TopicText, there: TopicText) -> bool:
    return there.written_by_id is None and (text.question, text.answer) != (there.question, there.answer)

"""Flags answers to read again because a rule changed; and the editor's actions: add, write, review, rest on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from helpdesk import fact_words
from helpdesk.facts import Facts, State, reference_of
from helpdesk.information import topics
from helpdesk.models import Topic, TopicText

EDIT = "helpdesk.edit_topic"
POSITIONS_APART, LAST_POSITION = 10, 32_767


class NewerVersion(Exception):
    """A colleague wrote a newer version in the meantime, or changed what it rests on; nothing was kept."""

    def __init__(self, newest: TopicText | None) -> None:
        super().__init__(str(newest))
        self.newest = newest


def look_again(*, now: datetime) -> int:
    """Flag every answer whose facts changed, and unflag the others; returns the number flagged.

    Cheap and safe to run concurrently: a daily task calls this, and so does the editors' list when it opens.
    """
    facts = Facts.on(timezone.localdate(now), language="nl")
    all_topics = list(Topic.objects.all())
    texts = current_texts()
    flagged = 0
    for topic in all_topics:
        own = texts.get(topic.pk, [])
        changed = topics.is_overtaken(topic.facts, facts.state(topics.list_references(topic, own)), texts=own)
        flagged += changed
        if changed != (topic.flagged_at is not None):
            Topic.objects.filter(pk=topic.pk).update(flagged_at=now if changed else None)
    return flagged


def current_texts() -> dict[int, list[TopicText]]:
    """The current version in each language, by the topic's primary key."""
    found: dict[int, list[TopicText]] = {}
    for (pk, _language), text in topics.filter_newest(
        TopicText.objects.order_by("topic", "language", "version")
    ).items():
        found.setdefault(pk, []).append(text)
    return found


def compute_state(topic: Topic, texts: Iterable[TopicText], *, on: date) -> State:
    """The state on a day of the facts that an answer rests on."""
    return Facts.on(on, language="nl").state(topics.list_references(topic, texts))


def list_changes(topic: Topic, now: State) -> list[str]:
    """The changes since the last review, in the language of the desk, one line each."""
    return fact_words.describe_changes(topic.facts, {name: value for name, value in now.items() if name in topic.facts})


class SlugTaken(Exception):
    """There is already a question with this slug; nothing was added."""


@transaction.atomic
def add_topic(
    *, slug: str, group: str, rests_on: Iterable[str], texts: Mapping[str, tuple[str, str]], by: User
) -> Topic:
    """Add a question at the end of its group. `texts`: question and answer by language.

    Its writer reads it with today's facts, so it counts as reviewed. Raises SlugTaken or PermissionDenied.
    """
    _refuse_other(by)
    last = Topic.objects.filter(group=group).aggregate(last=Max("position"))["last"] or 0
    values = {"group": group, "position": min(last + POSITIONS_APART, LAST_POSITION), "rests_on": list(rests_on)}
    topic, is_new = Topic.objects.get_or_create(slug=slug, defaults=values)
    if not is_new:
        raise SlugTaken(slug)
    for language, (question, answer) in texts.items():
        write_version(topic, language=language, question=question, answer=answer, on_top_of=0, by=by)
    return review_topic(topic, by=by)


@transaction.atomic
def rest_on(topic: Topic, references: Iterable[str], *, seen: Iterable[str], by: User) -> Topic:
    """Set what the answer rests on. `seen`: what it rested on when the page was opened.

    New references count with their value of today; the others keep that of the last review, so that a flag stays too.
    Raises NewerVersion if a colleague was first, or PermissionDenied.
    """
    _refuse_other(by)
    held = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    if set(held.rests_on) != set(seen):
        raise NewerVersion(None)
    held.rests_on = list(references)
    texts = current_texts().get(held.pk, [])
    now = compute_state(held, texts, on=timezone.localdate())
    held.facts = carry_over_state(held.facts, now, references=topics.list_references(held, texts))
    changed = topics.is_overtaken(held.facts, now, texts=texts)
    held.flagged_at = (held.flagged_at or timezone.now()) if changed else None
    held.save(update_fields=["rests_on", "facts", "flagged_at"])
    return held


def carry_over_state(before: State, now: State, *, references: Iterable[str]) -> State:
    """The state at the last review of the facts that the answer still rests on, with today's state of new ones."""
    stays, known = set(references), {reference_of(name) for name in before}
    kept = {name: value for name, value in before.items() if reference_of(name) in stays}
    return kept | {name: value for name, value in now.items() if reference_of(name) not in known}


@transaction.atomic
def write_version(topic: Topic, *, language: str, question: str, answer: str, on_top_of: int, by: User) -> TopicText:
    """Write a new version in one language. `on_top_of`: the version that the writer read, 0 if there was none.

    The flag stays, because the other languages may still have to be read. Raises NewerVersion if a colleague was first,
    or PermissionDenied.
    """
    _refuse_other(by)
    Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    newest = topic.texts.filter(language=language).order_by("-version").first()
    if newest is not None and newest.version != on_top_of:
        raise NewerVersion(newest)
    return TopicText.objects.create(
        topic=topic,
        language=language,
        version=on_top_of + 1 if newest else 1,
        question=question,
        answer=answer.replace("\r\n", "\n").strip() + "\n",
        written_by=by,
    )


@transaction.atomic
def review_topic(topic: Topic, *, by: User, seen: State | None = None) -> Topic:
    """Record that somebody found the answer right with the facts of today, on which it rests from now on.

    `seen`: the facts on the reader's page; if they have changed since, nothing is recorded and `flagged_at` stays.
    Raises PermissionDenied.
    """
    _refuse_other(by)
    held = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    now = compute_state(held, current_texts().get(held.pk, []), on=timezone.localdate())
    if seen is not None and seen != now:
        return held
    held.facts, held.reviewed_at, held.reviewed_by, held.flagged_at = now, timezone.now(), by, None
    held.save(update_fields=["facts", "reviewed_at", "reviewed_by", "flagged_at"])
    return held


def _refuse_other(user: User) -> None:
    if not user.has_perm(EDIT):
        raise PermissionDenied(f"user {user.pk} edits no questions")

"""Which answers must be read again because a rule changed; and what an editor does: add, write, review, rest on."""

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
    """A colleague wrote a newer version meanwhile, or changed on what it rests; nothing was kept."""

    def __init__(self, newest: TopicText | None) -> None:
        super().__init__(str(newest))
        self.newest = newest


def look_again(*, now: datetime) -> int:
    """Flag every answer whose facts changed, unflag those whose facts are as before; returns how many are flagged.

    Cheap, and safe concurrently: a daily task does it, and opening the editors' list.
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
    """The version in use of each language, by topic."""
    found: dict[int, list[TopicText]] = {}
    for (pk, _language), text in topics.filter_newest(
        TopicText.objects.order_by("topic", "language", "version")
    ).items():
        found.setdefault(pk, []).append(text)
    return found


def compute_state(topic: Topic, texts: Iterable[TopicText], *, on: date) -> State:
    """What an answer rests on, as it is on a day."""
    return Facts.on(on, language="nl").state(topics.list_references(topic, texts))


def list_changes(topic: Topic, now: State) -> list[str]:
    """What changed since the last review, in the language of the desk, a line each."""
    return fact_words.describe_changes(topic.facts, {name: value for name, value in now.items() if name in topic.facts})


class SlugTaken(Exception):
    """There is a question under that name already; nothing was added."""


@transaction.atomic
def add_topic(
    *, slug: str, group: str, rests_on: Iterable[str], texts: Mapping[str, tuple[str, str]], by: User
) -> Topic:
    """A new question, the last of its group. `texts`: by language, the question and its answer.

    Who writes it reads it with the facts of today, so it counts as reviewed. Raises Taken and PermissionDenied.
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
    """Say on what the answer rests. `seen`: on what it rested when the page was opened.

    What is new counts with its value of today; what stays keeps that of the last review, so that a flag stays too.
    Raises Overtaken if a colleague was first, and PermissionDenied.
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
    """What was kept at the last review of what the answer still rests on, and the present values of what is new."""
    stays, known = set(references), {reference_of(name) for name in before}
    kept = {name: value for name, value in before.items() if reference_of(name) in stays}
    return kept | {name: value for name, value in now.items() if reference_of(name) not in known}


@transaction.atomic
def write_version(topic: Topic, *, language: str, question: str, answer: str, on_top_of: int, by: User) -> TopicText:
    """A new version in one language. `on_top_of`: the version that the writer read, 0 where there was none.

    Raises Overtaken if a colleague was first, and PermissionDenied. The flag stays: the other languages may still
    have to be read.
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
    """Somebody read it with the facts of today, and it is right: from now on these are what it rests on.

    `seen`: the facts that stood on the reader's page. Where they changed since, nothing is reviewed and `flagged_at`
    stays. Raises PermissionDenied.
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

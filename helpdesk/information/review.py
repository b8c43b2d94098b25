"""Which answers must be read again because a rule changed; and the two verbs of an editor: write and review."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from helpdesk import fact_words
from helpdesk.facts import Facts, State
from helpdesk.information import topics
from helpdesk.models import Topic, TopicText

EDIT = "helpdesk.edit_topic"


class Overtaken(Exception):
    """A colleague wrote a newer version meanwhile; nothing was kept."""

    def __init__(self, newest: TopicText) -> None:
        super().__init__(str(newest))
        self.newest = newest


def look_again(*, now: datetime) -> int:
    """Flag every answer whose facts changed, and take away the flag where they are as they were; tells how many stand.

    Cheap, and safe to do twice at once: a daily task does it, and whoever opens the editors' list.
    """
    facts = Facts.on(timezone.localdate(now), language="nl")
    all_topics = list(Topic.objects.all())
    texts = current_texts()
    flagged = 0
    for topic in all_topics:
        changed = topics.is_overtaken(topic.facts, facts.state(topics.references(topic, texts.get(topic.pk, []))))
        flagged += changed
        if changed != (topic.flagged_at is not None):
            Topic.objects.filter(pk=topic.pk).update(flagged_at=now if changed else None)
    return flagged


def current_texts() -> dict[int, list[TopicText]]:
    """The version in use of each language, by topic."""
    found: dict[int, list[TopicText]] = {}
    for (pk, _language), text in topics.newest(TopicText.objects.order_by("topic", "language", "version")).items():
        found.setdefault(pk, []).append(text)
    return found


def state(topic: Topic, texts: Iterable[TopicText], *, on: date) -> State:
    """What an answer rests on, as it is on a day."""
    return Facts.on(on, language="nl").state(topics.references(topic, texts))


def changes(topic: Topic, now: State) -> list[str]:
    """What changed since the last review, in the language of the desk, a line each."""
    return fact_words.changes(topic.facts, {name: value for name, value in now.items() if name in topic.facts})


@transaction.atomic
def write(topic: Topic, *, language: str, question: str, answer: str, on_top_of: int, by: User) -> TopicText:
    """A new version in one language. `on_top_of`: the version that the writer read, 0 where there was none.

    Raises Overtaken where a colleague was first, and PermissionDenied. The flag stays: the other languages may still
    have to be read.
    """
    _refuse_other(by)
    Topic.objects.select_for_update().get(pk=topic.pk)
    newest = topic.texts.filter(language=language).order_by("-version").first()
    if newest is not None and newest.version != on_top_of:
        raise Overtaken(newest)
    return TopicText.objects.create(
        topic=topic,
        language=language,
        version=on_top_of + 1 if newest else 1,
        question=question,
        answer=answer.replace("\r\n", "\n").strip() + "\n",
        written_by=by,
    )


@transaction.atomic
def review(topic: Topic, *, by: User, seen: State | None = None) -> Topic:
    """Somebody read it with the facts of today, and it is right: from now on these are what it rests on.

    `seen`: the facts that stood on the reader's page. Where they changed since, nothing is reviewed and `flagged_at`
    stays. Raises PermissionDenied.
    """
    _refuse_other(by)
    held = Topic.objects.select_for_update().get(pk=topic.pk)
    now = state(held, current_texts().get(held.pk, []), on=timezone.localdate())
    if seen is not None and seen != now:
        return held
    held.facts, held.reviewed_at, held.reviewed_by, held.flagged_at = now, timezone.now(), by, None
    held.save(update_fields=["facts", "reviewed_at", "reviewed_by", "flagged_at"])
    return held


def _refuse_other(user: User) -> None:
    if not user.has_perm(EDIT):
        raise PermissionDenied(f"user {user.pk} edits no questions")

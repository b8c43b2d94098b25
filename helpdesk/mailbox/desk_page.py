"""The page of one question: its thread, what is suggested, and the forms."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_fsm import can_proceed

from casework.desk import timeline
from casework.desk.conflict import seen_now
from helpdesk import markup
from helpdesk.information import topics
from helpdesk.information.topics import PublishedTopic
from helpdesk.mailbox import desk_list, suggestions
from helpdesk.mailbox.desk_steps import QUESTIONS_DESK
from helpdesk.mailbox.forms import AnswerForm, DossierForm, ForwardForm, SortForm
from helpdesk.models import Mail, Question, Topic

if TYPE_CHECKING:
    from accounts.models import User

MOST_SUGGESTED = 3
LINK, MARKS, HEADING = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), re.compile(r"\*\*|__"), re.compile(r"(?m)^#+ +")


def build_page_context(question: Question, user: "User") -> dict[str, Any]:
    """The context of the page."""
    by_slug = {topic.slug: topic for topic in desk_list.titled_topics()}
    slugs = [slug for slug in suggested_slugs(question) if slug in by_slug][:MOST_SUGGESTED]
    return {
        "title": question.number,
        "question": question,
        "case": question,
        "desk": QUESTIONS_DESK,
        "seen": seen_now(question),
        "steps": [step for step in QUESTIONS_DESK.offered(question, user) if step.at_once],
        "mails": mails_of(question),
        "turns": list(question.conversation.turns.all()) if question.conversation else [],
        "offers": offers_of([by_slug[slug] for slug in slugs], language=question.language),
        "timeline": timeline.build_timeline(question.dossier),
        "answer_form": AnswerForm(case=question),
        "sort_form": SortForm(case=question),
        "file_form": DossierForm(case=question),
        "forward_form": ForwardForm(case=question) if can_proceed(question.forward) else None,
    }


def mails_of(question: Question) -> list[Mail]:
    """The thread, oldest first: two queries."""
    mails = question.mails.select_related("outgoing").order_by("at", "pk")
    return list(mails.prefetch_related(Prefetch("attachments")))


def key_of(slug: str) -> int | None:
    """The primary key of a topic; None if it does not exist."""
    return Topic.objects.filter(slug=slug).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Offer:
    """A text of the site that may be the answer."""

    topic: Topic
    text: str


def offers_of(found: list[Topic], *, language: str) -> list[Offer]:
    """The texts of these topics that exist in the sender's language."""
    if not found:
        return []
    published = {one.slug: one for one in topics.list_published(language=language)}
    return [
        Offer(topic, as_mail(published[topic.slug], language=language)) for topic in found if topic.slug in published
    ]


def slug_of(question: Question) -> str:
    """The topic chosen or suggested."""
    topic = suggestions.effective_topic(question)
    return topic.slug if topic else ""


def suggested_slugs(question: Question) -> list[str]:
    """What it may be about, best first, judged by the sender's last mail."""
    mail = question.last_written()
    text = f"{question.subject}\n{mail.text if mail else ''}"
    found = suggestions.topics_of(text[: suggestions.READ])
    return list(dict.fromkeys(slug for slug in (slug_of(question), *found) if slug))


def answer_to(slug: str, *, language: str) -> str:
    """The text of the site on a topic, for use in a mail; empty if the site has none."""
    found = next((one for one in topics.list_published(language=language) if one.slug == slug), None)
    return as_mail(found, language=language) if found else ""


def as_mail(found: PublishedTopic, *, language: str) -> str:
    """A text of the site in plain words, with its URL."""
    with override(language):
        more = _("You can read more here: %(url)s") % {"url": settings.SITE_URL + found.url}
    return f"{render_plain_mail(markup.without_tables(found.answer))}\n\n{more}"


def render_plain_mail(markdown: str) -> str:
    """Markdown for a plain-text mail: links with their URLs, no markup."""
    linked = LINK.sub(lambda found: spell_out_link(found[1], found[2]), markdown)
    return HEADING.sub("", MARKS.sub("", linked)).strip()


def spell_out_link(words: str, target: str) -> str:
    """The words of a link with its full URL; only the words if the site has no such page."""
    address = markup.resolve_link(target)
    return f"{words} ({settings.SITE_URL}{address})" if address else words

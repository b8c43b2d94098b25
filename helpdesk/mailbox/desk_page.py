"""What the page of one question shows: its thread, what is suggested, and the forms."""

import re
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk import markup
from helpdesk.information import topics
from helpdesk.mailbox import desk_list, suggesting
from helpdesk.mailbox.forms import AnswerForm, DossierForm, SortForm
from helpdesk.mailbox.questions import last_written
from helpdesk.models import Mail, Question, Topic

MOST_SUGGESTED = 3
LINK, MARKS, HEADING = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), re.compile(r"\*\*|__"), re.compile(r"(?m)^#+ +")


def context(request: HttpRequest, question: Question, *, forms: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything; `forms` are those that were sent and are not right."""
    by_slug = {topic.slug: topic for topic in desk_list.titled_topics()}
    slugs = suggested_slugs(question)
    chosen = request.GET.get("answer") or slug_of(question)
    return {
        "title": question.number,
        "question": question,
        "mails": mails_of(question),
        "turns": list(question.conversation.turns.all()) if question.conversation else [],
        "suggested": [by_slug[slug] for slug in slugs if slug in by_slug][:MOST_SUGGESTED],
        "chosen": by_slug.get(chosen),
        "topic": by_slug.get(slug_of(question)),
        "titles": by_slug,
        **usual_forms(question, by_slug.get(chosen)),
        **(forms or {}),
    }


def mails_of(question: Question) -> list[Mail]:
    """The thread, oldest first: two queries."""
    mails = question.mails.select_related("outgoing").order_by("at", "pk")
    return list(mails.prefetch_related(Prefetch("attachments")))


def usual_forms(question: Question, chosen: Topic | None) -> dict[str, Any]:
    """The forms as a fresh page has them."""
    sorted_as = {
        "seen": question.revision,
        "topic": question.topic_id or question.suggested_topic_id,
        "tone": question.tone or question.suggested_tone,
    }
    answer = answer_to(chosen.slug, language=question.language) if chosen else ""
    about = {**sorted_as, **({"topic": chosen.pk} if chosen else {})}
    offered = desk_list.titled_topics()
    return {
        "answer_form": AnswerForm(initial={**about, "answer": answer}, topics=offered, prefix="answer"),
        "sort_form": SortForm(initial=sorted_as, topics=offered, prefix="sort"),
        "dossier_form": DossierForm(
            initial={"seen": question.revision, "dossier": dossier_of(question)}, prefix="file"
        ),
    }


def dossier_of(question: Question) -> str:
    """Where it is; else the number that the sender names, to look at and confirm."""
    return str(question.dossier) if question.dossier else question.named_dossier


def slug_of(question: Question) -> str:
    """The topic as it is known now."""
    topic = suggesting.effective_topic(question)
    return topic.slug if topic else ""


def suggested_slugs(question: Question) -> list[str]:
    """What it may be about, best first, by what the sender wrote last."""
    mail = last_written(question)
    text = f"{question.subject}\n{mail.text if mail else ''}"
    found = suggesting.topics_of(text[: suggesting.READ])
    return list(dict.fromkeys(slug for slug in (slug_of(question), *found) if slug))


def answer_to(slug: str, *, language: str) -> str:
    """The text of the site on a topic, as a mail says it; empty where the site has none."""
    found = next((one for one in topics.published(language=language) if one.slug == slug), None)
    if found is None:
        return ""
    with override(language):
        more = _("You can read more here: %(url)s") % {"url": settings.SITE_URL + found.url}
    return f"{plain(found.answer)}\n\n{more}"


def plain(markdown: str) -> str:
    """Markdown as a plain mail has it: links as addresses, no marks."""
    linked = LINK.sub(lambda found: said(found[1], found[2]), markdown)
    return HEADING.sub("", MARKS.sub("", linked)).strip()


def said(words: str, target: str) -> str:
    """The words of a link with its address in full; the words alone where the site has no such page."""
    address = markup.address(target)
    return f"{words} ({settings.SITE_URL}{address})" if address else words

"""To which question a mail belongs, and what becomes of that question."""

import re
from datetime import datetime

from helpdesk.mailbox.reading import Incoming
from helpdesk.models import Mail, Question

NUMBER = re.compile(r"\bV-\d{4}-\d{5,9}\b", re.IGNORECASE)
ENDED = (Question.Status.ANSWERED, Question.Status.CLOSED)


def question_of(mail: Incoming) -> Question | None:
    """By the mails that it refers to or brings back; else by the number in its subject, from the same sender only.

    A number can be guessed, so it opens nobody else's question; a Message-ID cannot.
    """
    ids = [mail.in_reply_to, *reversed(mail.references), *mail.returned]
    known = Mail.objects.filter(message_id__in=[one for one in ids if one]).select_related("question")
    found = known.order_by("-at", "-pk").first()
    if found:
        return found.question
    numbers = [number.upper() for number in NUMBER.findall(mail.subject)[:5]]
    same_sender = Question.objects.filter(number__in=numbers, email__iexact=mail.sender) if mail.sender else None
    return same_sender.order_by("-changed_at").first() if same_sender else None


def came_in(question: Question, *, at: datetime, is_written: bool) -> None:
    """A mail came in: a person who writes again wants an answer again; spam stays spam, a machine asks nothing."""
    changes: dict[str, object] = {"changed_at": max(at, question.changed_at)}
    if is_written and question.status in ENDED:
        changes |= {"status": Question.Status.OPEN, "closed_at": None}
    question.change(**changes)

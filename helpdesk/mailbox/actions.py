"""What an editor does with a question. Each verb takes the revision that its page showed: who is second is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from casework import clock
from helpdesk.mailbox import outgoing
from helpdesk.mailbox.questions import last_written
from helpdesk.models import Mail, Question, Topic

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Dossier
    from casework.models.letter import Words

log = structlog.get_logger("loket.mailbox")

Status = Question.Status
QUOTED = 2000
"""Signs of the question that stand below its answer."""


class Overtaken(Exception):
    """Somebody changed the question since the page was made, or a mail came in; `question` is it as it is now."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.number)
        self.question = question


class NotPossible(ValueError):
    """The state of the question does not allow it."""


@contextmanager
def held(question: Question, *, seen: int, by: "User", verb: str) -> Iterator[Question]:
    """The question locked; raises Overtaken where it is another than the page showed."""
    with transaction.atomic():
        now = question.hold()
        if now.revision != seen:
            raise Overtaken(now)
        yield now
    log.info("question_handled", number=now.number, verb=verb, by=by.pk)


def answer(question: Question, text: str, *, topic: Topic | None, tone: str, by: "User", seen: int) -> Mail:
    """Send the answer; topic and tone are what the editor says of the question. Raises NotPossible and Overtaken."""
    with held(question, seen=seen, by=by, verb="answer") as now:
        if not now.email or now.status == Status.SPAM:
            raise NotPossible("no address, or spam")
        # Auto-Submitted: no, for a person wrote it
        mail = outgoing.send(
            now,
            outgoing.ANSWERED,
            context=answer_and_question(now, text),
            sort=Mail.Sort.WRITTEN,
            headers={"Auto-Submitted": "no"},
            written=text,
        )
        moment = clock.now()
        now.change(
            status=Status.ANSWERED,
            answered_at=moment,
            closed_at=None,
            changed_at=moment,
            topic=topic,
            tone=tone,
            handled_by=by,
        )
    return mail


def preview_answer(question: Question, text: str) -> "Words":
    """The answer as it would go out now; nothing is sent."""
    return outgoing.compose_mail(question, outgoing.ANSWERED, context=answer_and_question(question, text))


def answer_and_question(question: Question, text: str) -> dict[str, object]:
    """The answer, with the question below it."""
    return {"answer": text, "question": quoted(question)}


def quoted(question: Question) -> str:
    """What was asked last, as mails quote."""
    mail = last_written(question)
    text = mail.text if mail else ""
    cut = text[:QUOTED] + (" …" if len(text) > QUOTED else "")
    return "\n".join(f"> {line}" for line in cut.splitlines()) or "> –"


def sort(question: Question, *, topic: Topic | None, tone: str, by: "User", seen: int) -> None:
    """Say what it is about and how it was written."""
    with held(question, seen=seen, by=by, verb="sort") as now:
        now.change(topic=topic, tone=tone, handled_by=by)


def file(question: Question, *, dossier: "Dossier | None", by: "User", seen: int) -> None:
    """Put it in a dossier, or take it out of one."""
    with held(question, seen=seen, by=by, verb="file") as now:
        now.change(dossier=dossier, handled_by=by)


def close(question: Question, *, by: "User", seen: int) -> None:
    """No answer is needed, or it was given otherwise. Raises NotPossible where it does not wait."""
    with held(question, seen=seen, by=by, verb="close") as now:
        if now.status != Status.OPEN:
            raise NotPossible(now.status)
        now.change(status=Status.CLOSED, closed_at=clock.now(), handled_by=by)


def mark_spam(question: Question, *, by: "User", seen: int) -> None:
    """Nobody meant us; from the third time on the sender goes there by themselves."""
    with held(question, seen=seen, by=by, verb="spam") as now:
        now.change(status=Status.SPAM, closed_at=clock.now(), handled_by=by)


def reopen(question: Question, *, by: "User", seen: int) -> None:
    """It waits for an answer again: closed too soon, or no spam after all."""
    with held(question, seen=seen, by=by, verb="reopen") as now:
        if now.status == Status.OPEN:
            raise NotPossible(now.status)
        now.change(status=Status.OPEN, closed_at=None, handled_by=by)

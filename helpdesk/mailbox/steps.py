"""The steps of a question to the editors: a mail comes in; an editor sorts, answers, forwards or closes it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.steps import Button, step
from helpdesk.mailbox import outgoing
from helpdesk.mailbox.statuses import ENDED, MailSort
from helpdesk.mailbox.statuses import QuestionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Dossier, OtherBody
    from casework.models.letter import Words
    from helpdesk.models import Question, Topic

ANSWER = "helpdesk.answer_question"
ANY = tuple(Status)
QUOTED = 2000
"""The most characters of the question quoted below the answer."""


def may_answer(_question: "Question", user: "User") -> bool:
    """Whether the user is an editor who answers questions."""
    return user.has_perm(ANSWER)


def permit_nobody(_question: "Question", _user: "User") -> bool:
    """For steps that only the system takes."""
    return False


@step(source=ANY, target=None, permission=permit_nobody, done=_("Message received"))
def receive(question: "Question", *, by: None, at: datetime, named_dossier: str = "") -> None:
    """Receive a mail of the question, the first or a later one, which may name the dossier that it is about."""
    question.changed_at = max(at, question.changed_at)
    question.named_dossier = question.named_dossier or named_dossier


@step(
    source=(Status.OPEN, *ENDED),
    target=Status.ANSWERED,
    permission=may_answer,
    conditions=[lambda question: bool(question.email)],
    records=("topic", "tone"),
    done=_("Answer sent"),
    button=Button(_("Send the answer"), "", rehearsed_as="answer"),
)
def answer(question: "Question", *, by: "User | None", answer: str, topic: "Topic | None", tone: str) -> None:
    """Send the answer, and record the topic and tone that the editor chose."""
    outgoing.send_mail(
        question,
        outgoing.ANSWERED,
        context=answer_and_question(question, answer),
        sort=MailSort.WRITTEN,
        headers={"Auto-Submitted": "no"},  # a person wrote it
        written=answer,
    )
    question.answered_at = question.changed_at = clock.now()
    question.closed_at = None
    question.topic, question.tone, question.handled_by = topic, tone, by


@step(
    source=ANY,
    target=None,
    permission=may_answer,
    records=("topic", "tone"),
    done=_("Topic and tone saved"),
    button=Button(_("Save topic and tone"), ""),
)
def sort(question: "Question", *, by: "User | None", topic: "Topic | None", tone: str) -> None:
    """Set the topic and the tone."""
    question.topic, question.tone, question.handled_by = topic, tone, by


@step(
    source=ANY,
    target=None,
    permission=may_answer,
    done=_("Dossier saved"),
    button=Button(_("Save the dossier"), ""),
)
def file(question: "Question", *, by: "User | None", dossier: "Dossier | None") -> None:
    """File the question in the dossier of a case, or remove it from there."""
    question.case_dossier = dossier
    question.handled_by = by or question.handled_by


@step(
    source=Status.OPEN,
    target=Status.ANSWERED,
    permission=may_answer,
    conditions=[lambda question: bool(question.email)],
    records=("body",),
    done=_("Forwarded to another body"),
    button=Button(_("Forward, and tell the sender"), ""),
)
def forward(question: "Question", *, by: "User | None", body: "OtherBody", because: str) -> None:
    """Forward a question meant for another body at once, and tell the sender (Awb 2:3(1))."""
    outgoing.send_mail(
        question,
        outgoing.FORWARDED,
        context={"body": body.with_address, "explanation": because, "question": quote_question(question)},
        sort=MailSort.WRITTEN,
        headers={"Auto-Submitted": "no"},
        written=because,
    )
    question.answered_at = question.changed_at = clock.now()
    question.closed_at, question.handled_by = None, by


@step(
    source=Status.OPEN,
    target=Status.CLOSED,
    permission=may_answer,
    done=_("Closed without an answer"),
    button=Button(_("Close without an answer"), ""),
)
def close(question: "Question", *, by: "User | None") -> None:
    """Close it because no answer is needed, or it was answered otherwise."""
    question.closed_at, question.handled_by = clock.now(), by


@step(
    source=(Status.OPEN, *ENDED),
    target=Status.SPAM,
    permission=may_answer,
    done=_("Marked as spam"),
    button=Button(_("Spam"), ""),
)
def mark_as_spam(question: "Question", *, by: "User | None") -> None:
    """Mark as spam. After three times, mail from that sender is marked automatically."""
    question.closed_at, question.handled_by = clock.now(), by


@step(
    source=(*ENDED, Status.SPAM),
    target=Status.OPEN,
    permission=may_answer,
    done=_("Reopened"),
    button=Button(_("Reopen"), ""),
)
def reopen(question: "Question", *, by: "User | None") -> None:
    """Reopen it: the sender wrote again, it was closed too soon, or it was not spam."""
    question.closed_at = None
    question.handled_by = by or question.handled_by


def preview_answer(question: "Question", text: str) -> "Words":
    """The answer as it would be sent now; sends nothing."""
    return outgoing.compose_mail(question, outgoing.ANSWERED, context=answer_and_question(question, text))


def answer_and_question(question: "Question", text: str) -> dict[str, object]:
    """The context of the mail: the answer, and the question quoted below it."""
    return {"answer": text, "question": quote_question(question)}


def quote_question(question: "Question") -> str:
    """The last message of the sender, quoted as in a mail."""
    mail = question.last_written()
    text = mail.text if mail else ""
    cut = text[:QUOTED] + (" …" if len(text) > QUOTED else "")
    return "\n".join(f"> {line}" for line in cut.splitlines()) or "> –"

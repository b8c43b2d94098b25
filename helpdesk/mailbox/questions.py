"""The single entry point for questions, however they came in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from casework import clock
from casework.models import Dossier
from helpdesk.mailbox import attachments, dossiers, outgoing, suggestions
from helpdesk.mailbox.attachments import Looked
from helpdesk.mailbox.headers import one_line
from helpdesk.models import Mail, Question, QuestionSeries

if TYPE_CHECKING:
    from helpdesk.models import Conversation

LONGEST_SUBJECT = 200


def open_question(
    *,
    channel: str,
    email: str,
    name: str = "",
    subject: str = "",
    text: str,
    language: str = "nl",
    conversation: "Conversation | None" = None,
    case_dossier: "Dossier | None" = None,
    named_dossier: str = "",
    key: str = "",
    files: Sequence[Looked] = (),
    is_spam: bool = False,
) -> Question:
    """Store a question with its number, and confirm it by mail. `key` names a form: sent twice, it is one question.

    `named_dossier` is a number that the sender typed: the question is filed there if the address belongs to that
    dossier; otherwise only the editor sees it. Raises OSError if the files cannot be stored; then nothing is.
    """
    name, subject = one_line(name), one_line(subject)
    mail = as_mail(email=email, name=name, subject=subject, text=text, key=key)
    question = Question(
        channel=channel,
        email=email[:254],
        name=name[:100],
        subject=subject[:LONGEST_SUBJECT],
        language=language,
        conversation=conversation,
        case_dossier=case_dossier,
        named_dossier=dossiers.find_dossier_number(named_dossier, subject),
    )
    return begin_once(question, mail, files=files, is_spam=is_spam)


def as_mail(*, email: str, name: str, subject: str, text: str, key: str) -> Mail:
    """What was typed, as the first mail of a thread; one from a form has the name of that form."""
    return Mail(
        direction=Mail.Direction.IN,
        message_id=f"<{key}.form@loket>" if key else "",
        sender=f"{name} <{email}>"[:300] if name else email[:300],
        subject=subject[:300],
        text=text.replace("\0", ""),
        at=clock.now(),
    )


def begin_once(question: Question, mail: Mail, *, files: Sequence[Looked], is_spam: bool) -> Question:
    """Begin it, unless its form was submitted before: then the question that it began."""
    suggested = suggestions.suggest_topic_and_tone(f"{question.subject}\n{mail.text}")
    with transaction.atomic():
        series = QuestionSeries.hold(year=timezone.localdate(mail.at).year)
        known = Mail.objects.filter(message_id=mail.message_id).select_related("question").first()
        if known and mail.message_id:
            return known.question
        begin_question(question, mail, series=series, suggested=suggested, files=files, is_spam=is_spam)
    return question


def begin_question(
    question: Question,
    mail: Mail,
    *,
    series: QuestionSeries,
    suggested: suggestions.Suggestion,
    files: Sequence[Looked] = (),
    is_spam: bool = False,
) -> None:
    """A new question with its first mail, within the transaction that locks the series; all but spam is confirmed."""
    question.asked_at = question.changed_at = mail.at
    question.number = series.next()
    question.dossier = Dossier.objects.create()
    question.case_dossier = question.case_dossier or dossiers.of_sender(question.named_dossier, question.email)
    for name, value in suggested.values.items():
        setattr(question, name, value)
    question.save()
    mail.question = question
    mail.message_id = mail.message_id or f"<{question.key}.form@loket>"
    mail.save()
    attachments.store_files(mail, files)
    question.receive(by=None, at=mail.at)
    if is_spam or Question.objects.from_spammer(question.email):
        question.mark_as_spam(by=None)
    elif mail.sort == Mail.Sort.WRITTEN:
        outgoing.confirm_receipt(question, at=clock.now())

"""A mail from the mailbox becomes a question, or part of one; idempotent."""

import re
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from helpdesk.assistant.languages import language_of
from helpdesk.mailbox import addresses, attachments, dossiers, suggestions
from helpdesk.mailbox.attachments import Looked
from helpdesk.mailbox.classification import MailType
from helpdesk.mailbox.mail_parser import Incoming, read_mail
from helpdesk.mailbox.questions import begin_question
from helpdesk.mailbox.statuses import ENDED
from helpdesk.models import Mail, Question, QuestionSeries

NUMBER = re.compile(r"\bV-\d{4}-\d{5,9}\b", re.IGNORECASE)
UNASKED = (MailType.SPAM, MailType.AUTOMATIC, MailType.BOUNCE)
"""What does not begin a question that waits for an answer."""


class Outcome(StrEnum):
    """What became of a mail."""

    OURS = "a mail of ours came back"
    KNOWN = "known already"
    ADDED = "added to its question"
    NEW = "a new question"


def take_in(raw: bytes, *, at: datetime, cut: bool = False) -> Outcome:
    """Store a mail that came in at a moment."""
    mail = read_mail(raw, at=at, own=addresses.list_own_addresses(), cut=cut)
    if mail.sort == MailType.OURS:
        return Outcome.OURS
    files = attachments.check_files(mail.files, left_out=mail.left_out, cut=mail.cut)
    language = language_of(f"{mail.subject}\n{mail.text}")
    suggested = suggestions.suggest_topic_and_tone(f"{mail.subject}\n{mail.text}")
    with transaction.atomic():
        series = QuestionSeries.hold(year=timezone.localdate(at).year)
        message_id = free_id(mail)
        if not message_id:
            return Outcome.KNOWN
        kept = as_row(mail, message_id)
        question = question_of(mail)
        if question:
            add_mail(question, kept, files=files)
            return Outcome.ADDED
        is_spam = mail.sort in UNASKED
        begin_question(
            as_question(mail, language), kept, series=series, suggested=suggested, files=files, is_spam=is_spam
        )
    return Outcome.NEW


def question_of(mail: Incoming) -> Question | None:
    """By the mails that it refers to or returns; else by the number in its subject, from the same sender only."""
    ids = [mail.in_reply_to, *reversed(mail.references), *mail.returned]
    known = Mail.objects.filter(message_id__in=[one for one in ids if one]).select_related("question")
    found = known.order_by("-at", "-pk").first()
    if found:
        return found.question
    numbers = [number.upper() for number in NUMBER.findall(mail.subject)[:5]]
    same_sender = Question.objects.filter(number__in=numbers, email__iexact=mail.sender) if mail.sender else None
    return same_sender.order_by("-changed_at").first() if same_sender else None


def free_id(mail: Incoming) -> str:
    """The Message-ID to store it under; empty if it was stored already."""
    hashed = mail.hashed()
    known = {one.message_id: one for one in Mail.objects.filter(message_id__in=[mail.message_id, hashed])}
    same = known.get(mail.message_id)
    if hashed in known or (same and same.text == mail.text and same.subject == mail.subject):
        return ""
    return hashed if same or not mail.message_id else mail.message_id


def as_row(mail: Incoming, message_id: str) -> Mail:
    """The mail as a row of the thread."""
    return Mail(
        direction=Mail.Direction.IN,
        sort=mail.kept_sort,
        message_id=message_id,
        in_reply_to=mail.in_reply_to,
        sender=(f"{mail.name} <{mail.sender}>" if mail.name else mail.sender)[:300],
        subject=mail.subject,
        text=mail.text,
        at=mail.at,
    )


def as_question(mail: Incoming, language: str) -> Question:
    """The question that a mail begins."""
    question: Question = Question(
        channel=Question.Channel.MAIL,
        email=mail.sender,
        name=mail.name,
        subject=mail.subject[:200],
        language=language,
        named_dossier=dossiers.find_dossier_number(mail.subject),
    )
    return question


def add_mail(question: Question, mail: Mail, *, files: list[Looked]) -> None:
    """Add the next mail of a question; a number in its subject may still say to which dossier it belongs."""
    mail.question = question
    mail.save()
    attachments.store_files(mail, files)
    number = dossiers.find_dossier_number(mail.subject)
    question.receive(by=None, at=mail.at, named_dossier=number)
    if question.case_dossier_id is None and (known := dossiers.of_sender(number, question.email)):
        question.file(by=None, dossier=known)
    if mail.sort == Mail.Sort.WRITTEN and question.status in ENDED:
        question.reopen(by=None)

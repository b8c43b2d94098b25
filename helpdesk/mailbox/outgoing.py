"""The mails to those who asked something. All go through the outbox, under a Message-ID that replies refer to."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Message
from casework.models.letter import Words
from casework.texts import compose_text
from exemptions.terms import start_of_day
from helpdesk.mailbox import addresses
from helpdesk.mailbox.statuses import MailDirection, MailSort

if TYPE_CHECKING:
    from helpdesk.models import Mail, Question

RECEIVED, ANSWERED = "mail_question_received", "mail_question_answered"
FORWARDED = "mail_question_forwarded"
MOST_A_DAY = "question_confirmations_a_day"
MOST_REFERENCES = 10


def confirm_receipt(question: "Question", *, at: datetime) -> "Mail | None":
    """Confirm that we have the question, with its number; not to an address that got enough confirmations today."""
    most = CurrentPolicy.on(timezone.localdate(at)).number(MOST_A_DAY)
    if not question.email or count_confirmations_today(question.email, at=at) >= most:
        return None
    return send_mail(
        question, RECEIVED, context={}, sort=MailSort.AUTOMATIC, headers={"Auto-Submitted": "auto-replied"}
    )


def count_confirmations_today(email: str, *, at: datetime) -> int:
    """How many confirmations the address got on that day."""
    today = start_of_day(timezone.localdate(at))
    return Message.objects.filter(kind=RECEIVED, to__iexact=email, created_at__gte=today).count()


def send_mail(
    question: "Question",
    kind: str,
    *,
    context: dict[str, object],
    sort: MailSort,
    headers: dict[str, str],
    written: str = "",
) -> "Mail":
    """Put a mail in the outbox and in the thread of its question; its words are final now."""
    words = compose_mail(question, kind, context=context)
    all_headers = {**build_thread_headers(question), **headers}
    message = Message.objects.place_mail(words, question.email, headers=all_headers)
    return question.mails.create(
        direction=MailDirection.OUT,
        sort=sort,
        message_id=message.message_id,
        in_reply_to=message.headers.get("In-Reply-To", ""),
        sender=addresses.get_mailbox_address() or settings.DEFAULT_FROM_EMAIL,
        subject=message.subject,
        text=words.body,
        written=written,
        at=message.created_at,
        outgoing=message,
    )


def compose_mail(question: "Question", kind: str, *, context: dict[str, object]) -> Words:
    """The mail as it is sent: subject, text, and the language of our words around what somebody wrote."""
    language = "nl" if question.language == "nl" else "en"
    with override(language):
        words = compose_text(kind, language=language, context={**build_mail_context(question), **context})
    return replace(words, subject=subject_of(question, words))


def subject_of(question: "Question", words: Words) -> str:
    """The subject with the number in it, so that a reply finds its question even without headers."""
    return words.subject if question.number in words.subject else f"{words.subject} ({question.number})"[:200]


def build_thread_headers(question: "Question") -> dict[str, str]:
    """Headers that put the mail below the one that it answers, and identify it as ours."""
    known = question.mails.exclude(message_id__endswith="@loket>") | question.mails.filter(direction=MailDirection.OUT)
    ids = [mail.message_id for mail in known.order_by("at", "pk") if mail.sort != MailSort.BOUNCE]
    last = question.mails.filter(direction=MailDirection.IN, sort=MailSort.WRITTEN).order_by("-at", "-pk").first()
    headers = {"X-Loop": addresses.get_loop_mark()}
    if last and last.message_id in ids:
        headers["In-Reply-To"] = last.message_id
    elif ids:
        headers["In-Reply-To"] = ids[-1]
    if ids:
        headers["References"] = " ".join(ids[-MOST_REFERENCES:])
    return headers | ({"Reply-To": addresses.get_mailbox_address()} if addresses.get_mailbox_address() else {})


def build_mail_context(question: "Question") -> dict[str, object]:
    """The values available to every mail."""
    policy = CurrentPolicy.on(clock.today())
    form = settings.SITE_URL + reverse("contact")
    again = (
        _("If you want to add something, answer this email and leave the number in the subject.")
        if addresses.get_mailbox_address()
        else _("If you want to add something, you can do so at %(form)s. Mention the number.") % {"form": form}
    )
    return {
        "number": question.number,
        "asked_on": timezone.localdate(question.asked_at),
        "again": again,
        "contact": policy.text("contact_email") or policy.text("contact_phone") or form,
    }

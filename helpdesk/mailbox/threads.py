"""To which question a mail belongs."""

import re

from helpdesk.mailbox.reading import Incoming
from helpdesk.models import Mail, Question

NUMBER = re.compile(r"\bV-\d{4}-\d{5,9}\b", re.IGNORECASE)


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

"""Requests for a logistics adviser: kept, passed on by mail, confirmed, and removed after a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from casework.current_policy import CurrentPolicy
from casework.models import Message
from casework.retention_terms import find_retention_days
from casework.texts import compose_text
from helpdesk.mailbox import addresses
from helpdesk.mailbox.headers import one_line
from helpdesk.mailbox.questions import open_question
from helpdesk.models import AdviceRequest, Adviser, Question
from zones.models import Municipality

ASKED, CONFIRMED = "mail_advice_asked", "mail_advice_confirmed"
KEPT_DAYS = "advice_request_days"
MOST_A_DAY = "advice_confirmations_a_day"
NOT_FILLED_IN = "–"


@dataclass(frozen=True)
class AdviceEnquiry:
    """Who asks what. `key` identifies the form, so that sending it twice makes one request."""

    name: str
    email: str
    question: str
    key: UUID
    company: str = ""
    phone: str = ""


@transaction.atomic
def request_advice(municipality: Municipality, asked: AdviceEnquiry, *, language: str) -> AdviceRequest:
    """Keep the request, tell the adviser, else the desk, else the editors, and confirm it to the asker. Idempotent."""
    request, is_new = AdviceRequest.objects.get_or_create(
        key=uuid5(asked.key, f"{asked.email}\n{asked.question}"),  # another question in the same form is a new one
        defaults={
            "municipality": municipality,
            "name": one_line(asked.name),
            "company": one_line(asked.company),
            "email": asked.email,
            "phone": one_line(asked.phone),
            "question": asked.question,
        },
    )
    if not is_new:
        return request
    to = find_reader(municipality)
    if to and to.lower() != addresses.get_mailbox_address().lower():  # a mail to the editors' own mailbox would loop
        _send_mail(ASKED, to=to, language="nl", about=request, headers={"Reply-To": request.email})
        _confirm_to_asker(request, language=language)
    else:
        _leave_to_editors(request, language=language)
    return request


def find_reader(municipality: Municipality) -> str:
    """The address that gets the requests; empty if neither the adviser's nor the desk's is known."""
    adviser = Adviser.objects.filter(municipality=municipality).first()
    desk = CurrentPolicy.on(timezone.localdate()).text("contact_email")
    return (adviser.email if adviser else "") or desk


def drop_old(*, now: datetime) -> int:
    """Remove old requests, with the mails that quote them; returns the number of requests. Idempotent."""
    days = find_retention_days(KEPT_DAYS, on=timezone.localdate(now))
    if days is None:
        return 0
    before = now - timedelta(days=days)
    with transaction.atomic():
        Message.objects.filter(kind__in=(ASKED, CONFIRMED), created_at__lt=before).delete()
        count, _by_model = AdviceRequest.objects.filter(asked_at__lt=before).delete()
    return count


def _confirm_to_asker(request: AdviceRequest, *, language: str) -> None:
    """Confirm without quoting what was typed, so that nobody can use us to send text to somebody else."""
    since = request.asked_at - timedelta(days=1)
    told = Message.objects.filter(kind=CONFIRMED, to__iexact=request.email, created_at__gte=since).count()
    if told < CurrentPolicy.on(timezone.localdate(request.asked_at)).number(MOST_A_DAY):
        written = "nl" if language == "nl" else "en"
        headers = {"Auto-Submitted": "auto-replied"}
        _send_mail(CONFIRMED, to=request.email, language=written, about=request, headers=headers)


def _send_mail(kind: str, *, to: str, language: str, about: AdviceRequest, headers: dict[str, str]) -> None:
    with override(language):
        words = compose_text(kind, language=language, context=_build_mail_context(about))
    Message.objects.place_mail(words, to, headers=headers)


def _build_mail_context(request: AdviceRequest) -> dict[str, object]:
    return {
        "municipality": request.municipality.name,
        "asked_on": timezone.localdate(request.asked_at),
        "name": request.name,
        "company": request.company or NOT_FILLED_IN,
        "email": request.email,
        "phone": request.phone or NOT_FILLED_IN,
        "question": request.question,
    }


def _leave_to_editors(request: AdviceRequest, *, language: str) -> None:
    """Pass the request to the editors as a question, which sends a confirmation of its own."""
    details = [request.question, "", request.company, request.phone]
    open_question(
        channel=Question.Channel.FORM,
        email=request.email,
        name=request.name,
        subject=f"Advies gevraagd: {request.municipality}",
        text="\n".join(details).strip(),
        language=language,
        key=request.key.hex,
    )

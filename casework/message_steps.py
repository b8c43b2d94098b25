"""Writing to each other about a case: the applicant's side in the portal, the desk on the page of the case.

Each sort of case declares the steps: `message_desk = message_steps.message_desk(source=FILED, permission=may_answer)`.
Messages change neither the case nor a term. A mail tells the other side that there is a message, never what it says.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.limits import find_most
from casework.models import CaseMessage, Document, EquatedDay, Message
from casework.shared_steps import DOUBLE_CLICK
from casework.steps import Button, StepRefused, person, shared_step
from casework.texts import compose_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User

ANSWER_DAYS = "message_answer_working_days"


def get_answer_days() -> int:
    """The number of working days within which we promise an answer."""
    return CurrentPolicy.on(clock.today()).number(ANSWER_DAYS)


def find_answer_day(at: "datetime") -> "date":
    """The last working day on which to answer a message of this moment."""
    return EquatedDay.calendar().working_days_after(timezone.localdate(at), get_answer_days())


def add_message(
    case: Any, *, by: "User | None", text: str, documents: Iterable[Document], from_desk: bool
) -> CaseMessage | None:
    """Append a message to the thread; None for a double click, whose files are removed again.

    Raises StepRefused for an empty message, and beyond the daily maximum of one side.
    """
    papers, words = list(documents), text.strip()
    if not words:
        raise StepRefused(gettext("Write your message first."), field="text")
    thread = CaseMessage.objects.of(case).from_side(desk=from_desk)
    if thread.filter(text=words, by=person(by), at__gt=clock.now() - DOUBLE_CLICK).exists():
        Document.objects.filter(pk__in=[one.pk for one in papers]).update(removed_at=clock.now())
        return None
    if thread.filter(at__date=clock.today()).count() >= find_most("case_messages_a_day"):
        raise StepRefused(gettext("There are very many messages about this case today. Write again tomorrow, or call."))
    message: CaseMessage = CaseMessage.objects.create(
        dossier=case.dossier,
        case_type=case.CASE_TYPE,
        case_id=case.pk,
        from_desk=from_desk,
        text=words,
        by=person(by),
        at=clock.now(),
        answer_by=None if from_desk else find_answer_day(clock.now()),
    )
    message.documents.set(papers)
    return message


def mail_colleague(case: Any) -> None:
    """Mail the assigned colleague. Outside the dossier, because the applicant's side can see the dossier's mails."""
    colleague = case.assigned_to
    if colleague is None or not colleague.is_active:
        return
    page = reverse(f"admin:{case._meta.app_label}_{case._meta.model_name}_change", args=[case.pk])
    context = {"number": str(case.dossier), "link": f"{settings.SITE_URL}{page}#thread"}
    words = compose_text("mail_message_came", language=colleague.language, context=context)
    Message.objects.place_mail(words, colleague.email)


@shared_step(done=_("A message came in the portal"), told=_("Wrote us a message"))
def message_desk(case: Any, *, by: "User | None", text: str, documents: Iterable[Document] = ()) -> None:
    """Send a message to the desk, and mail the caseworker."""
    if add_message(case, by=by, text=text, documents=documents, from_desk=False):
        mail_colleague(case)


@shared_step(
    conditions=[lambda case: case.is_in_portal],
    done=_("Wrote a message in the portal"),
    told=_("We wrote you a message"),
    button=Button(
        _("Write a message"),
        _("A message on the page of the case in the portal. It decides nothing and moves no term: a letter does that."),
    ),
)
def message_applicant(case: Any, *, by: "User | None", text: str, documents: Iterable[Document] = ()) -> None:
    """Send a message to the applicant, which answers theirs; everybody who follows the case is mailed."""
    if add_message(case, by=by, text=text, documents=documents, from_desk=True):
        CaseMessage.objects.of(case).settle()
        case.mail_message()


@shared_step(
    conditions=[lambda case: CaseMessage.objects.of(case).unanswered().exists()],
    done=_("The message needs no answer"),
    button=Button(_("No answer needed"), _("What was written to us asks for no answer."), rare=True),
)
def settle_messages(case: Any, *, by: "User | None") -> None:
    """Mark the applicant's messages as needing no answer, such as a thank-you."""
    CaseMessage.objects.of(case).settle()

"""What the applicant's side sees of questions about its cases: that they were asked, and our answers.

Only for a question filed in a dossier of theirs that came from the address of an account that may now act for the
applicant. The words and subject of the question are not shown, because anybody can send a mail in another's name. Nor
is the mail that we sent, because it quotes the question.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch

from exemptions.models import Mandate
from exemptions.portal import letterbox
from exemptions.portal.my_questions import OwnAnswer, OwnQuestion
from helpdesk.models import Mail, Question

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 50
BADGES = {Question.Status.OPEN: "neutral", Question.Status.ANSWERED: "ok", Question.Status.CLOSED: "neutral"}


def of_applicant(user: "User") -> list[OwnQuestion]:
    """The user's questions, latest first; two queries."""
    acts_now = Mandate.objects.in_force().filter(
        applicant=OuterRef("case_dossier__application__applicant"), user__email__iexact=OuterRef("email")
    )
    own = Question.objects.counted().filter(Exists(acts_now), case_dossier__in=letterbox.find_dossiers(user))
    written = Mail.objects.filter(direction=Mail.Direction.OUT).exclude(written="").order_by("at", "pk")
    shown = own.select_related("case_dossier__application").prefetch_related(
        Prefetch("mails", written, to_attr="answers")
    )
    return [as_asked(question) for question in shown.order_by("-asked_at", "-pk")[:SHOWN]]


def as_asked(question: Question) -> OwnQuestion:
    """A question as the page shows it; needs the prefetch of `of_applicant`."""
    if question.case_dossier is None:
        raise ValueError("only questions in a dossier are shown")
    answers: list[Mail] = getattr(question, "answers", [])
    return OwnQuestion(
        number=question.number,
        at=question.asked_at,
        by=question.email,
        label=str(question.get_status_display()),
        badge=BADGES[Question.Status(question.status)],
        dossier=str(question.case_dossier),
        application=question.case_dossier.application.key,
        answers=[OwnAnswer(mail.at, mail.written) for mail in answers],
    )

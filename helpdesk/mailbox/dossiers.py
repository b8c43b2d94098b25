"""The dossier to which a question belongs, and what the page of a case shows of questions in its dossier."""

import re
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.desk.related_panels import Part
from casework.models import Dossier
from exemptions.models import Applicant, Application, Mandate
from exemptions.search import Keys, find_keys
from helpdesk.mailbox.steps import ANSWER
from helpdesk.models import Question

if TYPE_CHECKING:
    from accounts.models import User


NUMBER = re.compile(r"\bZES-\d{4}-\d{6}\b", re.IGNORECASE)
QUESTION = re.compile(r"^V\W?(\d{4})\W?(\d{1,5})$", re.IGNORECASE)
SHOWN = 50


def find_dossier_number(*texts: str) -> str:
    """The first dossier number in these texts; empty if there is none."""
    found = next((match for text in texts for match in NUMBER.findall(text)), "")
    return found.upper()


def of_sender(number: str, email: str) -> Dossier | None:
    """The dossier, if the address belongs to the applicant or to somebody who currently acts for them."""
    if not number or not email:
        return None
    acting = Mandate.objects.in_force().filter(user__email__iexact=email).values("applicant_id")
    known = Applicant.objects.filter(Q(email__iexact=email) | Q(pk__in=acting))
    cases = Application.objects.filed().filter(dossier__number=number, applicant__in=known)
    return Dossier.objects.filter(pk__in=cases.values("dossier_id")).first()


def find_page(words: str, user: "User") -> str:
    """The page of the question with this number, for those who answer questions; otherwise empty."""
    found = find_by_number(words).values_list("number", flat=True).first() if user.has_perm(ANSWER) else None
    return reverse("question", args=[found]) if found else ""


def find_applications(words: str) -> Keys:
    """The application that the question with this number is about."""
    return find_keys(Q(dossier__in=find_by_number(words).values("case_dossier")))


def find_by_number(words: str) -> QuerySet[Question]:
    """The question with this number, such as V-2026-00007."""
    number = QUESTION.match(words.strip())
    bears = f"V-{number[1]}-{int(number[2]):05}" if number else ""
    found: QuerySet[Question] = Question.objects.filter(number=bears)
    return found


def find_dossier(number: str) -> Dossier | None:
    """The dossier, for an editor who has read the question and knows that it belongs there."""
    filed = Application.objects.filed().filter(dossier__number=find_dossier_number(number))
    return Dossier.objects.filter(pk__in=filed.values("dossier_id")).first()


def build_case_panel(case: Any, user: "User") -> Part | None:
    """The questions, latest first; only those who answer questions can open them from here. One query."""
    questions = Question.objects.counted().filter(case_dossier=case.dossier_id).order_by("-asked_at", "-pk")[:SHOWN]
    listed = list(questions)
    if not listed:
        return None
    context = {"questions": listed, "may_open": user.has_perm(ANSWER)}
    return Part("questions", _("Questions to the editors"), "mailbox/beside.html", context)

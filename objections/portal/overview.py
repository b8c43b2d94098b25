"""Objections on 'My applications': those that need action, and those that run."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _

from exemptions.models import Application
from exemptions.models.decision import ON_APPLICATION
from exemptions.portal import message_cards
from exemptions.portal.overview import RUNNING, TO_DO, Card
from objections.models import Objection, ObjectionStatus
from objections.portal import progress
from objections.steps.statuses import OPEN

if TYPE_CHECKING:
    from accounts.models import User

MOST = 50
URGENT = (ObjectionStatus.REPAIR, ObjectionStatus.HEARING_OFFERED)


def build_cards(user: "User", today: date) -> list[Card]:
    """Cards for unread messages and for objections, those that wait for the user first. Five queries."""
    urgent_first = Case(
        When(status__in=URGENT, then=Value(0)), When(status=ObjectionStatus.DRAFT, then=Value(1)), default=Value(2)
    )
    begun = Q(status=ObjectionStatus.DRAFT, decision__replaced_by=None, decision__revoked_at=None)
    mine = Objection.objects.of_applicant(user).filter(begun | Q(status__in=OPEN))
    listed = progress.with_all(mine).order_by(urgent_first, "decide_by", "pk")[:MOST]
    running = [build_card(case) for case in progress.build_cases(listed, today=today)]
    return [*build_message_cards(user), *running]


def build_message_cards(user: "User") -> list[Card]:
    """A card per objection with an unread message from the desk, in one query."""
    found = Objection.objects.of_applicant(user).with_unread_message().for_list().order_by("-pk")[: message_cards.MOST]
    title, sentence = _("New message about your objection"), _("We wrote you a message about this objection.")
    return [
        message_cards.build_message_card(one, title=title, sentence=sentence, application=one.application)
        for one in found
    ]


def find_objected_applications(applications: Iterable[Application]) -> set[int]:
    """Primary keys of the applications with an objection that was not withdrawn, in one query."""
    filed = Objection.objects.filed().exclude(status=ObjectionStatus.WITHDRAWN)
    about = filed.filter(decision__application__in=list(applications), decision__replaced_by=None)
    about = about.filter(decision__outcome__in=ON_APPLICATION)
    return set(about.values_list("decision__application", flat=True))


def build_card(case: progress.Case) -> Card:
    """An objection as a card."""
    application = case.objection.application
    return Card(
        group=TO_DO if case.action else RUNNING,
        title=case.title,
        plate=case.plate,
        number=str(case.objection.dossier),
        applicant=str(application.applicant or ""),
        url=case.url,
        label=case.label,
        badge=case.badge,
        next=case.next,
        action=case.action,
        last_day=case.answer_by,
        about=application.pk,
        applicant_pk=application.applicant_id,
    )
